import BFV
import ClaimKeys
import ClaimQuery
import EncryptedTable
import SecureMemory
import Wire

/// Answers: a file, or what its server signs; and their opening.
struct AnswerCheck: DecoderCheck {
  static let name = "query.answer"
  static let refusals: [any Error.Type] = [WireError.self, AnswerError.self, QueryError.self]
  static let byteLimit = 16384

  private let fixture: DecoderFixture

  init() throws { fixture = try DecoderFixture.shared.get() }

  func seeds() throws -> [[UInt8]] {
    try ["SELECT count(*) FROM claims", "SELECT site, count(*) FROM claims GROUP BY site"]
      .map { text in
        let plan = try Planner(schema: fixture.schema).plan(SQLParser.parse(text))
        let table = TableReference(
          identifier: .random(), snapshot: Digest.of([3], domain: "seed"), recordCount: 40)
        let answer = EncryptedAnswer(
          canonicalText: plan.canonicalText, tables: [table], planDigest: plan.digest,
          clearGroups: plan.groupColumns.isEmpty ? [[]] : [["A"], [nil]],
          evaluationDigest: Digest.of([4], domain: "seed"),
          latticeTotals: [try EncryptedTotalsCheck.sample(fixture)],
          paillierTotals: [], publicKeys: fixture.keys.publicKeys, isTesting: true,
          signingKey: fixture.server.signingKey)
        let payload = try Envelope.open(
          answer.serialized(), expecting: .answer, source: Self.source, allowsTesting: true
        ).payload
        return try SignedBody(payload, source: Self.source).body
      }
  }

  func run(_ input: [UInt8]) throws {
    let file = DecoderFixture.isFile(input) ? input : signed(input)
    let answer = try decoded(file)
    try DecoderDefect.unless(answer.serialized() == file, "written again it is another file")
    let again = try decoded(resigned(answer))
    try DecoderDefect.unless(
      again.latticeTotals.map(\.count) == answer.latticeTotals.map(\.count)
        && again.clearGroups == answer.clearGroups
        && again.paillierTotals == answer.paillierTotals && again.tables == answer.tables,
      "its fields written again are others")
    _ = try fixture.keys.openWithoutLedgerForTesting(again)
  }

  private func decoded(_ file: [UInt8]) throws -> EncryptedAnswer {
    try EncryptedAnswer(
      serialized: file, source: Self.source, publicKeys: fixture.keys.publicKeys,
      allowsTesting: true)
  }

  /// The file with a body, whose server is the fixture's.
  private func signed(_ body: [UInt8]) -> [UInt8] {
    let server = fixture.server.verifyingKey.bytes
    let body = body.count >= server.count ? body.dropLast(server.count) + server : body
    return fixture.file(
      .answer,
      payload: SignedBody(
        signing: body, context: EncryptedAnswer.context,
        bindings: [fixture.keys.publicKeys.fingerprint, fixture.keys.layout.fingerprint],
        with: fixture.server.signingKey
      ).payload)
  }

  /// The same answer under the plan that its query has, so that it can be opened.
  private func resigned(_ answer: EncryptedAnswer) -> [UInt8] {
    let plan = try? Planner(schema: fixture.schema).plan(SQLParser.parse(answer.canonicalText))
    return EncryptedAnswer(
      canonicalText: plan?.canonicalText ?? answer.canonicalText, tables: answer.tables,
      planDigest: plan?.digest ?? answer.planDigest, clearGroups: answer.clearGroups,
      evaluationDigest: answer.evaluationDigest, latticeTotals: answer.latticeTotals,
      paillierTotals: answer.paillierTotals, publicKeys: fixture.keys.publicKeys,
      isTesting: true, signingKey: fixture.server.signingKey
    ).serialized()
  }
}
