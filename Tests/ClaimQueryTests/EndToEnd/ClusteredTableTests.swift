import ClaimQuery
import EncryptedTable
import PlaintextOracle
import Testing

/// Tables whose chunks hold one clear key each, and tables with deleted records: what is skipped, masked
/// or read must not show in an answer.
@Suite struct ClusteredTableTests {
  private struct Question {
    let select: String
    var filter: String?
    var group: String?

    /// The query, over fewer records where there is a further condition.
    func sql(and condition: String? = nil) -> String {
      let conditions = [filter, condition].compactMap { $0 }.map { "(\($0))" }
      return "SELECT \(select) FROM claims"
        + (conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))")
        + (group.map { " GROUP BY \($0)" } ?? "")
    }
  }

  private static let questions = [
    Question(select: "count(*), sum(paid), avg(age)"),
    Question(select: "sex, count(*), sum(days)", filter: "site = 'S1'", group: "sex"),
    Question(
      select: "site, year, count(*), sum(paid)", filter: "race IN ('a', 'b')", group: "site, year"),
    Question(
      select: "count(*)", filter: "site <> 'S2' AND year BETWEEN 2006 AND 2007 AND sex = '1'"),
    Question(select: "count(*), sum(age)", filter: "NOT (site = 'S3') OR year IS NULL"),
    Question(
      select: "year, count(*), sum(copay), sum(visits)", filter: "year >= 2006", group: "year"),
    Question(
      select: "count(*) FILTER (WHERE site = 'S1'), sum(days) FILTER (WHERE year < 2007)"),
  ]

  private func hospital(rows: Int) async throws -> TestHospital {
    let schema = RandomClaims.schema.replacing(
      "columns:", with: "cluster_by: [site, year]\ncolumns:")
    let hospital = try TestHospital(schema: schema, degree: 256)
    var claims = RandomClaims(seed: 77)
    try await hospital.encrypt(csv: claims.csv(rows: rows), table: "clustered")
    return hospital
  }

  /// Compares all answers with the truth over the records that are left.
  private func expectTruth(of hospital: TestHospital, left: String? = nil) async throws {
    let oracle = try hospital.oracle()
    func sorted(_ rows: [[PlaintextOracle.Value]]) -> [[PlaintextOracle.Value]] {
      rows.sorted { "\($0)" < "\($1)" }
    }
    for question in ClusteredTableTests.questions {
      let answer = sorted(try await hospital.ask(question.sql()).values)
      let truth = sorted(try oracle.rows(question.sql(and: left)))
      #expect(answer.count == truth.count, "\(question.sql())")
      for (row, expected) in zip(answer, truth) {
        #expect(
          zip(row, expected).allSatisfy { $0.isClose(to: $1) },
          "\(question.sql())\nours: \(row)\ntruth: \(expected)")
      }
    }
  }

  @Test func unmixedChunksGiveTheSameAnswers() async throws {
    let hospital = try await hospital(rows: 2600)
    let table = try #require(hospital.tables.first)
    let uniform = try table.chunks.count { chunk in
      try table.clearStatistics(column: "site", chunk: chunk.index).hasOneValue
    }
    #expect(uniform > 3)
    try await expectTruth(of: hospital)
  }

  @Test func deletedRecordsCountInNoAnswer() async throws {
    let hospital = try await hospital(rows: 900)
    let table = try #require(hospital.tables.first)
    let deletion = try TableDeletion(
      where: "site = 'S1' OR year = 2006", schema: hospital.schema)
    let report = try deletion.run(on: table)
    #expect(report.deleted > 100)
    try hospital.reopenTables()
    try await expectTruth(of: hospital, left: "(site = 'S1' OR year = 2006) IS NOT TRUE")
  }
}
