import ClaimKeys
import ClaimQuery
import EncryptedTable
import Foundation
import SecureMemory
import Testing

/// A second copy of the tables shows whether a server evaluated what it signed.
@Suite struct AuditTests {
  private static let schema = """
    table: claims
    capacity: 3000
    depth: 1
    columns:
      SITE: { type: category, protect: clear }
      SEX: { type: category, protect: encrypted, values: ["1", "2"], nullable: false }
      PAID: { type: integer, range: [0, 100], protect: encrypted }
      COPAY: { type: money, scale: 2, range: [0, 500.00], protect: paillier }
    """
  private static let lattice =
    "SELECT site, sum(paid), count(*) FROM claims WHERE sex = '1' GROUP BY site"
  private static let paillier = "SELECT site, sum(copay), count(site) FROM claims GROUP BY site"

  private let hospital: TestHospital
  private let executor: QueryExecutor
  private let audit: AnswerAudit

  init() async throws {
    hospital = try TestHospital(schema: AuditTests.schema, degree: 1024)
    executor = QueryExecutor(keys: hospital.evaluationKeys, serverKey: hospital.server)
    audit = AnswerAudit(keys: hospital.evaluationKeys)
    try await hospital.encrypt(csv: AuditTests.rows(1500, from: 0), table: "a")
    try await hospital.encrypt(csv: AuditTests.rows(40, from: 7), table: "b")
  }

  private static func rows(_ count: Int, from start: Int) -> String {
    let lines = (start..<start + count).map {
      "\($0 % 3 == 0 ? "" : "S\($0 % 3)"),\($0 % 2 + 1),\($0 % 101),\($0 % 500).25"
    }
    return "SITE,SEX,PAID,COPAY\n" + lines.joined(separator: "\n") + "\n"
  }

  private func copies(_ names: [String] = ["a", "b"]) throws -> [EncryptedTable] {
    try names.map { name in
      let copy = hospital.folder.appending(path: "\(name)-\(UUID().uuidString)")
      try FileManager.default.copyItem(at: hospital.folder.appending(path: name), to: copy)
      return try EncryptedTable(opening: copy.path, allowsTesting: true)
    }
  }

  private func forged(
    from answer: EncryptedAnswer, tables: [TableReference]? = nil, plan: Digest? = nil,
    evaluation: Digest? = nil, groups: [[String?]]? = nil
  ) -> EncryptedAnswer {
    EncryptedAnswer(
      canonicalText: answer.canonicalText, tables: tables ?? answer.tables,
      planDigest: plan ?? answer.planDigest, clearGroups: groups ?? answer.clearGroups,
      evaluationDigest: evaluation ?? answer.evaluationDigest,
      latticeTotals: answer.latticeTotals, paillierTotals: answer.paillierTotals,
      publicKeys: hospital.keys.publicKeys, isTesting: true,
      signingKey: hospital.server.signingKey)
  }

  @Test(arguments: [lattice, paillier])
  func honestAnswersAreTheSame(sql: String) async throws {
    let answer = try await executor.answer(sql, on: hospital.tables)
    try await audit.check(answer, against: copies())
    // The order of the tables does not matter, nor does the way through a file.
    let read = try EncryptedAnswer(
      serialized: answer.serialized(), source: "answer", publicKeys: hospital.keys.publicKeys,
      allowsTesting: true)
    try await audit.check(read, against: copies(["b", "a"]))
    // Evaluating twice gives the same sums in other ciphertexts.
    let again = try await executor.answer(sql, on: hospital.tables)
    #expect(again.evaluationDigest == answer.evaluationDigest)
    #expect(again.serialized() != answer.serialized())
  }

  @Test func anEmptyPaillierSumIsTheSameToo() async throws {
    let answer = try await executor.answer(
      "SELECT sum(copay), count(*) FROM claims WHERE site = 'nowhere'", on: hospital.tables)
    try await audit.check(answer, against: copies())
  }

  @Test(arguments: [
    (lattice, "SELECT site, sum(paid), count(*) FROM claims WHERE sex = '2' GROUP BY site"),
    (paillier, "SELECT site, sum(copay) FROM claims WHERE site = 'S1' GROUP BY site"),
  ])
  func anotherEvaluationIsFound(sql: String, other: String) async throws {
    // A total of another query, under the text and plan of this one.
    let answer = try await executor.answer(sql, on: hospital.tables)
    let exchanged = try await executor.answer(other, on: hospital.tables).evaluationDigest
    let forgery = forged(from: answer, evaluation: exchanged)
    let copies = try copies()
    await #expect(
      throws: AuditError.evaluation(signed: exchanged, found: answer.evaluationDigest)
    ) { try await audit.check(forgery, against: copies) }
  }

  @Test func anotherSnapshotIsNamed() async throws {
    let answer = try await executor.answer(AuditTests.lattice, on: hospital.tables)
    let path = hospital.folder.appending(path: "more.csv")
    try Data(AuditTests.rows(3, from: 2000).utf8).write(to: path)
    let before = try copies()
    let longer = before[0].path
    _ = try await TableEncryption(
      schema: hospital.schema, publicKeys: hospital.keys.publicKeys
    ).encrypt(path.path, into: longer, options: EncryptionOptions(appends: true))
    let copy = try EncryptedTable(opening: longer, allowsTesting: true)
    await #expect(
      throws: AuditError.snapshot(
        path: longer, signed: answer.tables[0].snapshot, found: copy.snapshotDigest)
    ) { try await audit.check(answer, against: [copy, before[1]]) }
  }

  @Test func otherTablesAreNamed() async throws {
    let answer = try await executor.answer(AuditTests.lattice, on: [hospital.tables[0]])
    let both = try copies()
    await #expect(throws: AuditError.tableNotInAnswer(path: both[1].path)) {
      try await audit.check(answer, against: both)
    }
    let wide = try await executor.answer(AuditTests.lattice, on: hospital.tables)
    await #expect(
      throws: AuditError.tableMissing(identifier: answer.tables[0].identifier.description)
    ) { try await audit.check(wide, against: [both[1]]) }
  }

  @Test func whatDoesNotBelongTogetherIsNamed() async throws {
    let answer = try await executor.answer(AuditTests.lattice, on: hospital.tables)
    let copies = try copies()
    let other = Digest.of([1], domain: "test")
    await #expect(throws: AuditError.plan(signed: other, found: answer.planDigest)) {
      try await audit.check(forged(from: answer, plan: other), against: copies)
    }
    await #expect(throws: AuditError.clearGroups) {
      try await audit.check(
        forged(from: answer, groups: answer.clearGroups.reversed()), against: copies)
    }
    var bytes = answer.serialized()
    let stranger = try TestHospital(schema: AuditTests.schema, degree: 1024)
    await #expect(throws: AnswerError.self) {
      try await AnswerAudit(keys: stranger.evaluationKeys).check(
        EncryptedAnswer(
          serialized: bytes, source: "answer", publicKeys: stranger.keys.publicKeys,
          allowsTesting: true), against: copies)
    }
    bytes[bytes.count / 2] ^= 1
    await #expect(throws: (any Error).self) {
      try await audit.check(
        EncryptedAnswer(
          serialized: bytes, source: "answer", publicKeys: hospital.keys.publicKeys,
          allowsTesting: true), against: copies)
    }
  }
}
