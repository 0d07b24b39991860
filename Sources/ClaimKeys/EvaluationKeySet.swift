import BFV
import SecureMemory
import Wire

/// What a server needs to evaluate queries, and nothing that decrypts: the file `evaluation.key`.
public struct EvaluationKeySet: Sendable {
  /// The public keys, for re-randomizing answers.
  public let publicKeys: PublicKeySet
  /// Takes products back to two parts; nil when the schema has no encrypted columns.
  public let relinearization: RelinearizationKey?
  /// For packing many totals; nil where the schema's queries do not need it.
  public let galois: GaloisKeys?
  private let signed: SignedBody

  private static let version: UInt16 = 1
  /// What the custodian's signature is for.
  package static let context = "Cryptally evaluation key"
  private static let fileLimit = 1 << 32

  init(
    publicKeys: PublicKeySet, relinearization: RelinearizationKey?, galois: GaloisKeys?,
    signingKey: SigningKey
  ) {
    self.publicKeys = publicKeys
    self.relinearization = relinearization
    self.galois = galois
    var writer = BoundedWriter()
    writer.append(lengthPrefixed: publicKeys.serialized())
    writer.append(relinearization != nil)
    relinearization?.write(to: &writer)
    writer.append(galois != nil)
    galois?.write(to: &writer)
    signed = SignedBody(signing: writer.bytes, context: EvaluationKeySet.context, with: signingKey)
  }

  /// The file's bytes.
  public func serialized() -> [UInt8] {
    Envelope.seal(
      kind: .evaluationKey, version: EvaluationKeySet.version, isTesting: publicKeys.isTesting,
      parameterFingerprint: publicKeys.layoutFingerprint, keyFingerprint: publicKeys.fingerprint,
      payload: signed.payload)
  }

  /// Reads a file's bytes, checks every field and the custodian's signature.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError`, `KeyError`, `PaillierError`.
  public init(serialized bytes: [UInt8], source: String) throws {
    try self.init(serialized: bytes, source: source, allowsTesting: false)
  }

  package init(serialized bytes: [UInt8], source: String, allowsTesting: Bool) throws {
    let envelope = try Envelope.open(
      bytes, expecting: .evaluationKey, source: source, allowsTesting: allowsTesting)
    signed = try SignedBody(envelope.payload, source: source)
    var reader = BoundedReader(signed.body[...], source: source)
    publicKeys = try PublicKeySet(
      serialized: Array(
        reader.readLengthPrefixed(limit: signed.body.count, field: "public key")),
      source: source, allowsTesting: allowsTesting)
    guard publicKeys.fingerprint == envelope.keyFingerprint else {
      throw KeyError.keyMismatch(
        what: source, expected: envelope.keyFingerprint, found: publicKeys.fingerprint)
    }
    guard publicKeys.layoutFingerprint == envelope.parameterFingerprint else {
      throw KeyError.schemaMismatch(
        what: source, expected: envelope.parameterFingerprint, found: publicKeys.layoutFingerprint)
    }
    guard signed.isSigned(by: publicKeys.custodian, context: EvaluationKeySet.context) else {
      throw KeyError.badSignature(source: source)
    }
    guard envelope.isTesting == publicKeys.isTesting else {
      throw KeyError.inconsistent(source: source, part: "the mark of keys made for tests")
    }
    let context = publicKeys.lattice?.context
    if try reader.readBool(field: "relinearization key flag") {
      guard let context else { throw KeyError.inconsistent(source: source, part: "lattice key") }
      relinearization = try RelinearizationKey(context: context, from: &reader)
    } else {
      guard context == nil else {
        throw KeyError.inconsistent(source: source, part: "relinearization key")
      }
      relinearization = nil
    }
    if try reader.readBool(field: "Galois keys flag") {
      guard let context else { throw KeyError.inconsistent(source: source, part: "Galois keys") }
      galois = try GaloisKeys(context: context, from: &reader)
    } else {
      galois = nil
    }
    try reader.finish()
  }

  /// Reads the file.
  ///
  /// - Throws: as `init(serialized:source:)`, and `SecureMemoryError`.
  public init(contentsOf path: String) throws {
    try self.init(
      serialized: AtomicFile.read(path, limit: EvaluationKeySet.fileLimit), source: path)
  }
}
