import BFV
import ClaimKeys
import ClaimQuery
import ClaimSchema
import EncryptedTable
import SecureMemory
import Testing
import _TestSupport

/// Answers are read as they were written, whatever they carry.
@Suite struct AnswerLawTests {
  private let keys: SecretKeySet
  private let server = ServerKey()
  private let totals: [EncryptedTotals]

  init() throws {
    let schema = try Schema.parse(
      yaml: """
        table: claims
        capacity: 500
        depth: 0
        columns:
          SEX: { type: category, protect: encrypted, values: ["1", "2"] }
        """, source: "test schema")
    keys = try SecretKeySet.generate(
      for: TableLayout(insecureForTesting: schema, degree: 1024), server: server.verifyingKey)
    let encryptor = Encryptor(try #require(keys.publicKeys.lattice))
    let evaluator = Evaluator(encryptor.context)
    totals = try (1...3).map { count in
      try evaluator.extractTotals(
        encryptor.encryptZero(), count: count, noise: encryptor.context.noiseModel.fresh,
        totalsInAnswer: count, rerandomizingWith: encryptor)
    }
  }

  /// What an answer is made of, besides its keys.
  private struct Parts: CustomStringConvertible {
    let query: String
    let tables: [TableReference]
    let groups: [[String?]]
    let totals: [Int]
    let paillier: [[UInt8]]
    let isTesting: Bool

    init(_ choices: inout Choices) throws {
      query = choices.text(of: "SELECT é'\u{0}😀", count: 0...12)
      tables = try choices.array(count: 0...3) { choices in
        TableReference(
          identifier: try present(
            TableIdentifier(bytes: choices.bytes(count: 16...16)), "an identifier"),
          snapshot: Digest.of(choices.bytes(count: 0...2), domain: "answer laws"),
          recordCount: choices.integer(in: 0...(1 << 40) - 1),
          largestPersonCount: choices.optional { $0.integer(in: 1...(1 << 40) - 1) })
      }
      let width = choices.pick(4)
      groups = choices.array(count: 0...4) { choices in
        choices.array(count: width...width) { choices in
          choices.optional { $0.text(of: "a'\u{0}漢", count: 0...4) }
        }
      }
      totals = choices.array(count: 0...4) { $0.pick(3) }
      paillier = choices.array(count: 0...3) { $0.bytes(count: 0...20) }
      isTesting = choices.bool()
    }

    var description: String {
      "'\(query)', \(tables), \(groups), totals \(totals), Paillier \(paillier), \(isTesting)"
    }
  }

  @Test func answersAreReadAsTheyWereWritten() throws {
    let digests = (0..<2).map { Digest.of([UInt8($0)], domain: "answer laws") }
    try Property("an answer is read as it was written", runs: 300) {
      try Parts(&$0)
    } holds: { parts in
      let answer = EncryptedAnswer(
        canonicalText: parts.query, tables: parts.tables, planDigest: digests[0],
        clearGroups: parts.groups, evaluationDigest: digests[1],
        latticeTotals: parts.totals.map { totals[$0] }, paillierTotals: parts.paillier,
        publicKeys: keys.publicKeys, isTesting: parts.isTesting, signingKey: server.signingKey)
      let bytes = answer.serialized()
      let read = try EncryptedAnswer(
        serialized: bytes, source: "answer", publicKeys: keys.publicKeys,
        allowsTesting: parts.isTesting)
      try agree(read.canonicalText, parts.query, "the query")
      try agree(read.tables, parts.tables, "the tables")
      try agree(read.planDigest, digests[0], "the plan's digest")
      try agree(read.evaluationDigest, digests[1], "the evaluation's digest")
      try agree(read.clearGroups, parts.groups, "the groups")
      try agree(read.latticeTotals.map(\.count), parts.totals.map { $0 + 1 }, "the totals")
      try agree(read.paillierTotals, parts.paillier, "the Paillier totals")
      try agree(read.server, server.verifyingKey, "the server")
      try hold(read.serialized() == bytes, "written again, the bytes are others")
    }.check()
  }
}
