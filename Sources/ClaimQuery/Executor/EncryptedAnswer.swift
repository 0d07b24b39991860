import BFV
import ClaimKeys
import EncryptedTable
import Paillier
import SecureMemory
import Wire

/// A table as an answer names it.
public struct TableReference: Hashable, Sendable {
  /// The table's random identifier.
  package let identifier: TableIdentifier
  /// The digest of its published data when it was queried.
  public let snapshot: Digest
  /// Its records then.
  public let recordCount: Int
  /// The most records that one person can have in it; nil where the schema names no person, and while
  /// the table has taken nothing.
  public let largestPersonCount: Int?

  package init(
    identifier: TableIdentifier, snapshot: Digest, recordCount: Int,
    largestPersonCount: Int? = nil
  ) {
    self.identifier = identifier
    self.snapshot = snapshot
    self.recordCount = recordCount
    self.largestPersonCount = largestPersonCount
  }
}

/// The answer to a query, encrypted and signed by the server: totals and nothing else.
///
/// What the totals mean is not in it: the custodian plans the query again.
public struct EncryptedAnswer: Sendable {
  /// The query in canonical text.
  public let canonicalText: String
  /// The tables that were queried.
  public let tables: [TableReference]
  /// The digest of the server's plan.
  public let planDigest: Digest
  /// The keys of the clear grouping columns, one list for each clear group.
  public let clearGroups: [[String?]]
  /// The digest of what was added up, before it was re-randomized: an audit compares it.
  public let evaluationDigest: Digest
  /// All lattice totals: by clear group, hidden group, total, limb; one by one or packed.
  package let latticeTotals: [EncryptedTotals]
  /// By clear group: the masked sums of the Paillier blocks that the plan asks for.
  package let paillierTotals: [[UInt8]]
  /// The server that signed.
  public let server: VerifyingKey
  /// The fingerprint of the public key.
  public let keyFingerprint: Digest
  /// The fingerprint of the tables' layout.
  public let layoutFingerprint: Digest
  let isTesting: Bool
  private let signed: SignedBody

  private static let version: UInt16 = 1
  /// What the signature is for.
  package static let context = "Cryptally answer"
  /// Far above any answer: 4,096 groups with many totals each, sent one by one.
  package static let fileLimit = 1 << 34
  private static let groupLimit = 1 << 20
  static let textLimit = 1 << 17

  package init(
    canonicalText: String, tables: [TableReference], planDigest: Digest, clearGroups: [[String?]],
    evaluationDigest: Digest, latticeTotals: [EncryptedTotals], paillierTotals: [[UInt8]],
    publicKeys: PublicKeySet, isTesting: Bool, signingKey: SigningKey
  ) {
    self.canonicalText = canonicalText
    self.tables = tables
    self.planDigest = planDigest
    self.clearGroups = clearGroups
    self.evaluationDigest = evaluationDigest
    self.latticeTotals = latticeTotals
    self.paillierTotals = paillierTotals
    server = signingKey.verifyingKey
    keyFingerprint = publicKeys.fingerprint
    layoutFingerprint = publicKeys.layoutFingerprint
    self.isTesting = isTesting
    var writer = BoundedWriter()
    writer.append(string: canonicalText)
    EncryptedAnswer.write(tables, to: &writer)
    writer.append(planDigest)
    writer.append(UInt32(clearGroups.first?.count ?? 0))
    writer.append(UInt32(clearGroups.count))
    for key in clearGroups.joined() {
      writer.append(key != nil)
      if let key { writer.append(string: key) }
    }
    writer.append(evaluationDigest)
    writer.append(UInt32(latticeTotals.count))
    for totals in latticeTotals { totals.write(to: &writer) }
    writer.append(UInt32(paillierTotals.count))
    for total in paillierTotals { writer.append(lengthPrefixed: total) }
    writer.append(bytes: server.bytes)
    signed = SignedBody(
      signing: writer.bytes, context: EncryptedAnswer.context,
      bindings: [keyFingerprint, layoutFingerprint], with: signingKey)
  }

  /// Whether the signature is the named server's over everything in the answer.
  package var hasValidSignature: Bool {
    signed.isSigned(
      by: server, context: EncryptedAnswer.context,
      bindings: [keyFingerprint, layoutFingerprint])
  }

  /// The file's bytes.
  public func serialized() -> [UInt8] {
    Envelope.seal(
      kind: .answer, version: EncryptedAnswer.version, isTesting: isTesting,
      parameterFingerprint: layoutFingerprint, keyFingerprint: keyFingerprint,
      payload: signed.payload)
  }

  /// Reads a file's bytes for a custodian. The keys are compared first, then every field is checked;
  /// the signature is checked when the answer is opened.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError`, `AnswerError.otherKey`, `.otherLayout`.
  public init(serialized bytes: [UInt8], source: String, publicKeys: PublicKeySet) throws {
    try self.init(
      serialized: bytes, source: source, publicKeys: publicKeys, allowsTesting: false)
  }

  package init(
    serialized bytes: [UInt8], source: String, publicKeys: PublicKeySet, allowsTesting: Bool
  ) throws {
    let envelope = try Envelope.open(
      bytes, expecting: .answer, source: source, allowsTesting: allowsTesting)
    guard envelope.keyFingerprint == publicKeys.fingerprint else {
      throw AnswerError.otherKey(
        expected: publicKeys.fingerprint, found: envelope.keyFingerprint)
    }
    guard envelope.parameterFingerprint == publicKeys.layoutFingerprint else {
      throw AnswerError.otherLayout(
        expected: publicKeys.layoutFingerprint, found: envelope.parameterFingerprint)
    }
    keyFingerprint = envelope.keyFingerprint
    layoutFingerprint = envelope.parameterFingerprint
    isTesting = envelope.isTesting
    signed = try SignedBody(envelope.payload, source: source)
    var reader = BoundedReader(signed.body[...], source: source)
    canonicalText = try reader.readString(limit: EncryptedAnswer.textLimit, field: "query")
    tables = try EncryptedAnswer.readTables(&reader)
    planDigest = try reader.readDigest(field: "plan digest")
    clearGroups = try EncryptedAnswer.readGroups(&reader)
    evaluationDigest = try reader.readDigest(field: "evaluation digest")
    latticeTotals = try EncryptedAnswer.readLatticeTotals(
      &reader, context: publicKeys.lattice?.context)
    let paillierCount = try reader.readCount(
      atMost: EncryptedAnswer.groupLimit, field: "number of Paillier totals")
    paillierTotals = try (0..<paillierCount).map { _ in
      Array(try reader.readLengthPrefixed(limit: 4096, field: "Paillier total"))
    }
    let key = try reader.readBytes(count: VerifyingKey.byteCount, field: "server key")
    guard let server = VerifyingKey(bytes: key) else {
      throw reader.invalid(field: "server key", problem: "it is not an Ed25519 key")
    }
    self.server = server
    try reader.finish()
  }

  static func write(_ tables: [TableReference], to writer: inout BoundedWriter) {
    writer.append(UInt32(tables.count))
    for table in tables {
      writer.append(bytes: table.identifier.bytes)
      writer.append(table.snapshot)
      writer.append(UInt64(table.recordCount))
      writer.append(UInt64(table.largestPersonCount ?? 0))
    }
  }

  static func readTables(
    _ reader: inout BoundedReader
  ) throws(WireError) -> [TableReference] {
    var tables: [TableReference] = []
    for _ in 0..<(try reader.readCount(atMost: 1 << 16, field: "number of tables")) {
      let bytes = try reader.readBytes(
        count: TableIdentifier.byteCount, field: "table identifier")
      let snapshot = try reader.readDigest(field: "table snapshot")
      let records = try readRecordCount(&reader, field: "table records")
      let largest = try readRecordCount(&reader, field: "records of one person")
      guard let identifier = TableIdentifier(bytes: bytes) else {
        throw reader.invalid(field: "table identifier", problem: "it has the wrong length")
      }
      tables.append(
        TableReference(
          identifier: identifier, snapshot: snapshot, recordCount: records,
          largestPersonCount: largest == 0 ? nil : largest))
    }
    return tables
  }

  private static func readRecordCount(
    _ reader: inout BoundedReader, field: String
  ) throws(WireError) -> Int {
    let count = try reader.readUInt64(field: field)
    guard count < 1 << 40 else { throw reader.invalid(field: field, problem: "there are too many") }
    return Int(count)
  }

  static func readGroups(
    _ reader: inout BoundedReader
  ) throws(WireError) -> [[String?]] {
    let width = try reader.readCount(atMost: 16, field: "number of clear grouping columns")
    let count = try reader.readCount(atMost: groupLimit, field: "number of clear groups")
    var groups: [[String?]] = []
    for _ in 0..<count {
      var keys: [String?] = []
      for _ in 0..<width {
        keys.append(
          try reader.readBool(field: "group key flag")
            ? try reader.readString(limit: 1 << 20, field: "group key") : nil)
      }
      groups.append(keys)
    }
    return groups
  }

  private static func readLatticeTotals(
    _ reader: inout BoundedReader, context: Context?
  ) throws(WireError) -> [EncryptedTotals] {
    let count = try reader.readCount(atMost: groupLimit, field: "number of totals")
    guard count > 0 else { return [] }
    guard let context else {
      throw reader.invalid(field: "number of totals", problem: "this key has no lattice part")
    }
    var totals: [EncryptedTotals] = []
    for _ in 0..<count { totals.append(try EncryptedTotals(context: context, from: &reader)) }
    return totals
  }
}
