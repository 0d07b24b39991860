import ClaimKeys
import SecureMemory
import Wire

/// The entries of a ledger's bytes, each signed by the custodian and bound to the one before it.
///
/// A ledger is an envelope with 16 random bytes, its beginning; then for every entry its length (UInt32),
/// its bytes and their Ed25519 signature.
public struct LedgerChain: Sendable {
  /// The entries in order.
  public private(set) var entries: [LedgerEntry] = []
  /// The digests of the entries; the beginning's first.
  private(set) var digests: [Digest]
  /// How many bytes beginning and entries have.
  private(set) var byteCount: Int
  /// Bytes behind the last whole entry, as a crash while writing leaves them.
  public private(set) var tornByteCount = 0
  private let custodian: VerifyingKey
  private let source: String

  private static let version: UInt16 = 1
  /// What an entry's signature is for.
  package static let context = "Cryptally ledger entry"
  private static let beginningDomain = "Cryptally ledger beginning"
  private static let identifierByteCount = 16
  private static let lengthByteCount = 4
  private static let entryLimit = 1 << 26

  /// The digest that the next entry names.
  package var lastDigest: Digest { digests[digests.count - 1] }

  /// The bytes of a new ledger.
  package static func beginning(publicKeys: PublicKeySet) -> [UInt8] {
    var source = SystemRandomSource()
    return Envelope.seal(
      kind: .ledger, version: version, isTesting: publicKeys.isTesting,
      parameterFingerprint: publicKeys.layoutFingerprint,
      keyFingerprint: publicKeys.fingerprint, payload: source.bytes(identifierByteCount))
  }

  /// Checks chain and signatures of a ledger. That none of its entries were taken away, only its head
  /// can tell.
  ///
  /// - Parameters:
  ///   - bytes: the ledger.
  ///   - publicKeys: those of the custodian.
  ///   - source: the ledger's name, for errors.
  /// - Throws: `LedgerError`, `WireError`.
  public init(_ bytes: [UInt8], publicKeys: PublicKeySet, source: String) throws {
    try self.init(bytes, publicKeys: publicKeys, source: source, sealedCount: nil)
  }

  /// - Parameter sealedCount: the entries that the head counts; only the one after them may be torn. Nil
  ///   without the head: then only bytes that are too few to be an entry count as torn.
  init(
    _ bytes: [UInt8], publicKeys: PublicKeySet, source: String, sealedCount: Int?
  ) throws {
    self.source = source
    custodian = publicKeys.custodian
    let count = try LedgerChain.beginningByteCount(bytes, publicKeys: publicKeys, source: source)
    byteCount = count
    digests = [Digest.of(Array(bytes[..<count]), domain: LedgerChain.beginningDomain)]
    while byteCount < bytes.count {
      let rest = bytes[byteCount...]
      do {
        try read(rest)
      } catch {
        // What was never counted by the head was never the entry of an answer that was shown.
        let isCutShort =
          if case .cutShort? = error as? LedgerError { true } else { false }
        guard rest.count <= LedgerChain.entryLimit,
          sealedCount.map({ $0 == entries.count }) ?? isCutShort
        else { throw error }
        tornByteCount = rest.count
        return
      }
    }
  }

  private static func beginningByteCount(
    _ bytes: [UInt8], publicKeys: PublicKeySet, source: String
  ) throws -> Int {
    let count = Envelope.overheadByteCount + identifierByteCount
    let envelope = try Envelope.open(
      Array(bytes.prefix(count)), expecting: .ledger, source: source,
      versions: version...version, allowsTesting: publicKeys.isTesting)
    guard envelope.keyFingerprint == publicKeys.fingerprint else {
      throw LedgerError.otherKey(
        ledger: source, expected: publicKeys.fingerprint, found: envelope.keyFingerprint)
    }
    return count
  }

  /// Reads the next entry, or throws and changes nothing.
  private mutating func read(_ rest: ArraySlice<UInt8>) throws {
    let index = entries.count
    var reader = BoundedReader(rest, source: "\(source), entry \(index)")
    guard rest.count >= LedgerChain.lengthByteCount else {
      throw LedgerError.cutShort(ledger: source, entry: index)
    }
    let length = Int(try reader.readUInt32(field: "length"))
    guard length <= LedgerChain.entryLimit else {
      throw LedgerError.entryTooLarge(ledger: source, entry: index)
    }
    guard length <= reader.remaining else {
      throw LedgerError.cutShort(ledger: source, entry: index)
    }
    let payload = try reader.readBytes(count: length, field: "entry")
    let signed = try SignedBody(payload, source: "\(source), entry \(index)")
    guard signed.isSigned(by: custodian, context: LedgerChain.context) else {
      throw LedgerError.badSignature(ledger: source, entry: index)
    }
    var body = BoundedReader(signed.body[...], source: "\(source), entry \(index)")
    let entry = try LedgerEntry(from: &body, source: "\(source), entry \(index)")
    guard entry.index == index, entry.previous == lastDigest else {
      throw LedgerError.brokenChain(ledger: source, entry: index)
    }
    add(entry, payload: signed.payload)
  }

  private mutating func add(_ entry: LedgerEntry, payload: [UInt8]) {
    entries.append(entry)
    digests.append(Digest.of(payload, domain: LedgerChain.context))
    byteCount += LedgerChain.lengthByteCount + payload.count
  }

  /// Adds an entry and gives the bytes that stand for it in the ledger.
  ///
  /// - Throws: `LedgerError.entryTooLarge`; then nothing was added.
  package mutating func append(
    _ event: LedgerEvent, time: Int64, signedBy keys: SecretKeySet
  ) throws(LedgerError) -> [UInt8] {
    let entry = LedgerEntry(
      index: entries.count, time: time, event: event, previous: lastDigest)
    var body = BoundedWriter()
    entry.write(to: &body)
    let payload = SignedBody(
      signing: body.bytes, context: LedgerChain.context, with: keys.signingKey
    ).payload
    guard payload.count <= LedgerChain.entryLimit else {
      throw .entryTooLarge(ledger: source, entry: entry.index)
    }
    var writer = BoundedWriter()
    writer.append(UInt32(payload.count))
    writer.append(bytes: payload)
    add(entry, payload: payload)
    tornByteCount = 0
    return writer.bytes
  }
}
