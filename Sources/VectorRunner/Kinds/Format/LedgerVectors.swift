import ClaimKeys
import ClaimQuery
import SecureMemory

/// The ledger and its head.
struct LedgerVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let file: HexBytes
    /// The custodian's secret key and its passphrase.
    let secretKey: HexBytes
    let passphrase: HexBytes
    /// The nonce of heads.
    let headRandomness: HexBytes
  }

  struct Case: Decodable, Sendable {
    let input: EditedBytes
    /// Nil where it is not looked at.
    let head: HexBytes?
    let entries: [Entry]?
    let tornBytes: Int?
  }

  struct Entry: Decodable, Sendable {
    let time: Int64
    /// Of a refusal.
    let reason: String?
    let query: String
    let planDigest: HexBytes
    let tables: [TableFields]
    let policy: String
    let cells: Int
    let withheld: Int
    let cohorts: [Cohort]
    let spent: Int64?
    let left: Int64?
  }

  struct Cohort: Decodable, Sendable {
    let group: HexBytes
    let aggregate: Int
    let count: Int64
  }

  static let name = "format.ledger"

  private let group: Group
  private let keys: SecretKeySet

  init(_ group: Group) throws {
    self.group = group
    keys = try SecretKeySet(
      sealed: group.secretKey.bytes, passphrase: SecureBytes(copying: group.passphrase.bytes),
      source: "secret key", allowsTesting: true)
  }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let chain =
      try vector.head.map {
        try keys.ledgerChain(in: StoredLedger(ledger: bytes, head: $0.bytes))
      } ?? LedgerChain(bytes, publicKeys: keys.publicKeys, source: FileGroup.source)
    guard let entries = vector.entries, let tornBytes = vector.tornBytes else { return }
    try VectorCheck.equal("entries", chain.entries.count, entries.count)
    for (index, (found, expected)) in zip(chain.entries, entries).enumerated() {
      try VectorCheck.equal("index", found.index, index)
      try VectorCheck.equal("time", found.time, expected.time)
      try VectorCheck.equal("entries[\(index)]", found.event, expected.event())
    }
    try VectorCheck.equal("torn_bytes", chain.tornByteCount, tornBytes)
    try checkWriting(entries, bytes: bytes.dropLast(tornBytes), head: vector.head)
  }

  /// Begins with no entry and adds those of the vector; the head is that of one of the states.
  private func checkWriting(
    _ entries: [Entry], bytes: ArraySlice<UInt8>, head: HexBytes?
  ) throws {
    let beginning = Array(group.file.bytes.prefix(LedgerVectors.beginningByteCount))
    var chain = try LedgerChain(
      beginning, publicKeys: keys.publicKeys, source: FileGroup.source)
    var written = beginning
    for entry in entries {
      written += try chain.append(entry.event(), time: entry.time, signedBy: keys)
    }
    try VectorCheck.equal("written", written, Array(bytes))
    guard let head else { return }
    var source = ReplayedBytes(group.headRandomness.bytes)
    let read = try LedgerHead(sealed: head.bytes, by: keys, source: StoredLedger.headSource)
    try VectorCheck.equal("head", read.sealed(by: keys, insecureForTesting: &source), head)
  }

  /// An envelope with the 16 bytes of an identifier.
  private static let beginningByteCount = 136
}

extension LedgerVectors.Entry {
  func event() throws -> LedgerEvent {
    let cohorts = try self.cohorts.map { cohort in
      LedgerCohort(
        group: try LedgerVectors.Entry.digest(cohort.group), aggregate: cohort.aggregate,
        count: cohort.count)
    }
    var budget: LedgerBudget?
    if let spent, let left { budget = LedgerBudget(spentMillionths: spent, leftMillionths: left) }
    return LedgerEvent(
      outcome: reason.map { .refused(reason: $0) } ?? .opened, query: query,
      planDigest: try LedgerVectors.Entry.digest(planDigest),
      tables: try tables.map { try $0.reference() }, policy: policy, cellCount: cells,
      withheldCount: withheld, cohorts: cohorts, budget: budget)
  }

  private static func digest(_ field: HexBytes) throws(VectorMismatch) -> Digest {
    guard let digest = Digest(bytes: field.bytes) else {
      throw VectorMismatch(field: "entries", expected: "a digest", found: field.text)
    }
    return digest
  }
}
