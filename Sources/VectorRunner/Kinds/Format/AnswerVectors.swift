import BFV
import ClaimKeys
import ClaimQuery
import EncryptedTable
import SecureMemory
import Wire

/// Answers of servers.
struct AnswerVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let file: HexBytes
    let acceptsTesting: Bool
    /// The file of the public keys that answers are read under.
    let publicKey: HexBytes
  }

  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let query: String?
    let tables: [TableFields]?
    let planDigest: HexBytes?
    let clearGroups: [[String?]]?
    let evaluationDigest: HexBytes?
    let latticeTotals: [Totals]?
    let paillierTotals: [HexBytes]?
    /// Of the server's signing key.
    let serverSeed: HexBytes?
  }

  struct Totals: Decodable, Sendable {
    let level: Int
    let count: Int
    let bytes: HexBytes
  }

  static let name = "format.answer"

  private let group: Group
  private let keys: PublicKeySet

  init(_ group: Group) throws {
    self.group = group
    keys = try PublicKeySet(
      serialized: group.publicKey.bytes, source: "public key", allowsTesting: true)
  }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let answer =
      group.acceptsTesting
      ? try EncryptedAnswer(
        serialized: bytes, source: FileGroup.source, publicKeys: keys, allowsTesting: true)
      : try EncryptedAnswer(serialized: bytes, source: FileGroup.source, publicKeys: keys)
    guard answer.hasValidSignature else { throw AnswerError.badSignature }
    guard let query = vector.query, let tables = vector.tables,
      let planDigest = vector.planDigest, let clearGroups = vector.clearGroups,
      let evaluationDigest = vector.evaluationDigest, let latticeTotals = vector.latticeTotals,
      let paillierTotals = vector.paillierTotals, let serverSeed = vector.serverSeed
    else { return }
    try VectorCheck.equal("query", answer.canonicalText, query)
    try VectorCheck.equal("tables", answer.tables, try tables.map { try $0.reference() })
    try VectorCheck.equal("plan_digest", answer.planDigest.bytes, planDigest)
    try VectorCheck.equal("clear_groups", answer.clearGroups, clearGroups)
    try VectorCheck.equal("evaluation_digest", answer.evaluationDigest.bytes, evaluationDigest)
    try VectorCheck.equal("lattice_totals", answer.latticeTotals.count, latticeTotals.count)
    for (found, expected) in zip(answer.latticeTotals, latticeTotals) {
      try check(found, expected)
    }
    try VectorCheck.equal(
      "paillier_totals", answer.paillierTotals, paillierTotals.map(\.bytes))
    let server = try SigningKey(seed: SecureBytes(copying: serverSeed.bytes))
    try VectorCheck.equal("server", answer.server, server.verifyingKey)
    let written = EncryptedAnswer(
      canonicalText: answer.canonicalText, tables: answer.tables, planDigest: answer.planDigest,
      clearGroups: answer.clearGroups, evaluationDigest: answer.evaluationDigest,
      latticeTotals: answer.latticeTotals, paillierTotals: answer.paillierTotals,
      publicKeys: keys, isTesting: group.acceptsTesting, signingKey: server)
    try VectorCheck.equal("written", written.serialized(), bytes)
  }

  private func check(_ totals: EncryptedTotals, _ expected: Totals) throws(VectorMismatch) {
    try VectorCheck.equal("level", totals.level, expected.level)
    try VectorCheck.equal("count", totals.count, expected.count)
    var writer = BoundedWriter()
    totals.write(to: &writer)
    try VectorCheck.equal("bytes", writer.bytes, expected.bytes)
  }
}
