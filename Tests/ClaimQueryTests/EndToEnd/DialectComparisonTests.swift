import ClaimQuery
import ClaimSchema
import Foundation
import PlaintextOracle
import Testing
import _TestSupport

/// Generated queries over the whole dialect on encrypted tables, against other engines on the same
/// plaintext. `CRYPTALLY_LONG_TESTS` asks for many more of them.
@Suite struct DialectComparisonTests {
  private static let isLong = ProcessInfo.processInfo.environment["CRYPTALLY_LONG_TESTS"] != nil

  private func hospital(_ claims: inout RandomClaims) async throws -> TestHospital {
    let hospital = try TestHospital(schema: RandomClaims.schema, degree: 1024)
    try await hospital.encrypt(csv: claims.csv(rows: 1300), table: "a")
    try await hospital.encrypt(csv: claims.csv(rows: 300), table: "b")
    return hospital
  }

  /// The answer, or nil where the depth does not hold the query.
  private func ask(_ query: GeneratedQuery, _ hospital: TestHospital) async throws -> Answer? {
    do {
      return try await hospital.ask(query.sql.postgres)
    } catch let error as QueryError {
      switch error {
      case .tooDeep, .tooLarge: return nil
      default:
        Issue.record("\(query.sql.postgres): \(error)")
        return nil
      }
    }
  }

  @Test func answersEqualSQLite() async throws {
    var claims = RandomClaims(seed: 51)
    let hospital = try await hospital(&claims)
    let oracle = try hospital.oracle()
    var compared = 0
    var refused = 0
    while compared < 200 {
      let query = claims.wholeQuery()
      guard query.isPortable else { continue }
      guard let answer = try await ask(query, hospital) else {
        refused += 1
        try #require(refused < 400)
        continue
      }
      let truth = try oracle.rows(query.sql.sqlite)
      expectEqual(answer, truth, query)
      compared += 1
    }
    print("compared \(compared) queries with SQLite, \(refused) too deep")
  }

  private func expectEqual(
    _ answer: Answer, _ truth: [[PlaintextOracle.Value]], _ query: GeneratedQuery
  ) {
    var ours = answer.values
    var theirs = truth
    if !query.isOrdered {
      let keys = { (row: [PlaintextOracle.Value]) in "\(row.prefix(query.keyCount))" }
      ours.sort { keys($0) < keys($1) }
      theirs.sort { keys($0) < keys($1) }
    }
    guard ours.count == theirs.count else {
      Issue.record("\(query.sql.postgres): \(ours.count) rows, truth has \(theirs.count)")
      return
    }
    for (row, other) in zip(ours, theirs) {
      #expect(
        row.count == other.count && zip(row, other).allSatisfy { $0.isClose(to: $1) },
        "\(query.sql.postgres)\nours: \(row)\ntruth: \(other)")
    }
  }

  @Test(.enabled(if: isLong && PostgresServer.installation != nil))
  func answersEqualPostgres() async throws {
    let programs = try #require(PostgresServer.installation)
    var claims = RandomClaims(seed: 52)
    let hospital = try await hospital(&claims)
    let server = try PostgresServer(programs: programs)
    let setUp = try PostgresClaims(hospital).statements
    var queries: [GeneratedQuery] = []
    var answers: [Answer] = []
    var refused = 0
    while queries.count < 2000 {
      let query = claims.wholeQuery()
      guard let answer = try await ask(query, hospital) else {
        refused += 1
        try #require(refused < 4000)
        continue
      }
      queries.append(query)
      answers.append(answer)
    }
    let truths = try server.answers(to: setUp + queries.map(\.sql.postgres)).dropFirst(setUp.count)
    try #require(truths.count == queries.count)
    var exact = 0
    for ((query, answer), truth) in zip(zip(queries, answers), truths) {
      guard case .rows(let rows) = truth else {
        Issue.record("\(query.sql.postgres): PostgreSQL says \(truth)")
        continue
      }
      let ours = answer.rows.map { $0.map(\.text) }
      if compare(ours, rows, query) { exact += 1 }
    }
    print(
      "compared \(queries.count) queries with PostgreSQL, \(exact) to the last digit, "
        + "\(refused) too deep")
    #expect(exact * 100 > queries.count * 95)
  }

  /// Whether all cells are the same text; reports those that are not even the same number.
  private func compare(
    _ ours: [[String?]], _ theirs: [[String?]], _ query: GeneratedQuery
  ) -> Bool {
    let key = { (row: [String?]) in "\(row.prefix(query.keyCount))" }
    let ours = query.isOrdered ? ours : ours.sorted { key($0) < key($1) }
    let theirs = query.isOrdered ? theirs : theirs.sorted { key($0) < key($1) }
    guard ours != theirs else { return true }
    let isClose =
      ours.count == theirs.count
      && zip(ours, theirs).allSatisfy { row, other in
        row.count == other.count
          && zip(row, other).allSatisfy { a, b in
            guard a != b else { return true }
            // A sum of which no record has decimals is printed without them by PostgreSQL.
            guard let a, let b, let x = Double(a), let y = Double(b) else { return false }
            return abs(x - y) <= 1e-12 * max(1, abs(x), abs(y))
          }
      }
    #expect(isClose, "\(query.sql.postgres)\nours: \(ours)\nPostgreSQL: \(theirs)")
    return false
  }
}

/// The same claims as a table of PostgreSQL.
struct PostgresClaims {
  let statements: [String]

  init(_ hospital: TestHospital) throws {
    let columns = hospital.schema.columns.filter { $0.protection != .drop }
    let names = columns.map { column in
      let type =
        switch column.type {
        case .text, .category, .code: "text"
        case .date: "date"
        case .integer: "integer"
        case .money(let scale, _, _): "numeric(18, \(scale))"
        }
      return "\(column.name) \(type)"
    }
    var statements = ["CREATE TABLE claims (\(names.joined(separator: ", ")))"]
    for start in stride(from: 0, to: hospital.records.count, by: 200) {
      let rows = hospital.records[start..<min(start + 200, hospital.records.count)].map { record in
        let cells = zip(columns, record.cells).map { PostgresClaims.literal($0, $1) }
        return "(\(cells.joined(separator: ", ")))"
      }
      statements.append("INSERT INTO claims VALUES \(rows.joined(separator: ", "))")
    }
    self.statements = statements
  }

  private static func literal(_ column: Column, _ cell: CellValue) -> String {
    switch (column.type, cell) {
    case (_, .null): "NULL"
    case (.category(let values?), .category(let index)): "'\(values[index])'"
    case (_, .category(let index)): "'\(index)'"
    case (_, .code(let text)), (_, .text(let text)): "'\(text)'"
    case (_, .date(let day)): "'\(day)'"
    case (.money(let scale, _, _), .number(let number)): ExactDecimal.text(number, scale: scale)
    case (_, .number(let number)): String(number)
    }
  }
}
