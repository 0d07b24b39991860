import ClaimQuery
import Foundation
import PlaintextOracle
import Testing

/// The whole story on real claims under real parameters.
@Suite struct ClaimDataTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The full extract where it stands beside the repository, else the shipped sample.
  private static var claims: (path: String, queries: String?) {
    let data = repository.deletingLastPathComponent().appending(path: "shared/data")
    let full = data.appending(path: "claims-dev.csv").path
    guard FileManager.default.fileExists(atPath: full) else {
      return (repository.appending(path: "Examples/claims/claims-sample.csv").path, nil)
    }
    return (full, data.appending(path: "queries-dev.json").path)
  }

  /// A query over the schema's columns, and where its truth stands in the published results: the
  /// query there, the row, and the fields in the order of the aggregates. Fields whose name ends in
  /// `paid` or starts with it are cents.
  private struct Question {
    let sql: String
    var published: (id: String, row: Int, fields: [String])?
    /// For grouped questions, the row of each group.
    var groupRows: [String: Int] = [:]
  }

  private static var questions: [Question] {
    var questions: [Question] = []
    for (row, year) in [2007, 2008, 2009, 2010].enumerated() {
      questions.append(
        Question(
          sql: "SELECT count(*) AS n, sum(paid) AS paid, avg(paid) AS mean FROM claims "
            + "WHERE admitted BETWEEN '\(year)-01-01' AND '\(year)-12-31'",
          published: ("Q01", row, ["n", "paid", "mean_paid"])))
    }
    questions.append(
      Question(
        sql: "SELECT count(*), sum(paid) FROM claims WHERE paid > 25000",
        published: ("Q04", 0, ["n_high", "paid_high"])))
    questions.append(
      Question(sql: "SELECT sum(paid) FROM claims", published: ("Q04", 0, ["paid_all"])))
    questions.append(
      Question(
        sql: "SELECT count(*), sum(paid), avg(paid) FROM claims WHERE diagnosis LIKE '250%'",
        published: ("Q06", 0, ["n", "paid", "mean_paid"])))
    let quarters = [("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")]
    for (index, quarter) in quarters.enumerated() {
      questions.append(
        Question(
          sql: "SELECT sex, count(*), sum(paid) FROM claims WHERE admitted BETWEEN "
            + "'2009-\(quarter.0)' AND '2009-\(quarter.1)' GROUP BY sex",
          published: ("Q09", 0, ["n", "paid"]),
          groupRows: ["1": 2 * index, "2": 2 * index + 1]))
    }
    questions.append(
      Question(
        sql: "SELECT count(*), sum(paid) FROM claims WHERE sex = '2' AND diabetes = '1' "
          + "AND paid BETWEEN 5000.00 AND 15000.00"))
    questions.append(
      Question(
        sql: "SELECT count(*), sum(paid) FROM claims "
          + "WHERE NOT (esrd = 'Y') AND NOT (primary_payer > 0)",
        published: ("Q12", 0, ["n", "paid"])))
    questions.append(
      Question(
        sql: "SELECT drg, count(*), sum(paid) FROM claims "
          + "WHERE drg IN ('469', '470', '871', '291', '292', '293') GROUP BY drg",
        published: ("Q13", 0, ["n", "paid"]),
        groupRows: ["291": 0, "292": 1, "293": 2, "469": 3, "470": 4, "871": 5]))
    // The remaining engine: packed Paillier records by a clear column.
    questions.append(
      Question(sql: "SELECT site, count(*), sum(deductible) FROM claims GROUP BY site"))
    return questions
  }

  @Test func answersAreExactAndSmallCellsWithheld() async throws {
    let claims = ClaimDataTests.claims
    let schema = try String(
      contentsOf: ClaimDataTests.repository.appending(path: "Examples/claims/claims.schema.yaml"),
      encoding: .utf8)
    let clock = ContinuousClock()
    let hospital = try TestHospital(schema: schema, degree: nil)
    let encrypting = try await clock.measure {
      try await hospital.encrypt(path: claims.path, table: "claims")
    }
    print("encrypted \(hospital.records.count) claims in \(encrypting)")
    let oracle = try hospital.oracle()
    let published = try claims.queries.map { try PublishedResults(contentsOf: $0) }
    for question in ClaimDataTests.questions {
      var bytes: [UInt8] = []
      let time = try await clock.measure { bytes = try await hospital.answerBytes(question.sql) }
      print("\(time): \(question.sql)")
      let answer = try hospital.open(bytes)
      let truth = try oracle.rows(question.sql)
      #expect(answer.rows.count == truth.count, "\(question.sql)")
      for (row, expected) in zip(answer.values, truth) {
        #expect(
          row.count == expected.count && zip(row, expected).allSatisfy { $0.isClose(to: $1) },
          "\(question.sql)\nours: \(row)\ntruth: \(expected)")
      }
      if let published, let reference = question.published {
        for row in answer.values {
          var values = row[...]
          var index = reference.row
          if !question.groupRows.isEmpty {
            guard case .text(let key)? = values.popFirst() else {
              Issue.record("\(question.sql): a group without a key")
              continue
            }
            index = try #require(question.groupRows[key])
          }
          for (value, field) in zip(values, reference.fields) {
            let expected = try #require(published.value(reference.id, row: index, field))
            #expect(value.isClose(to: expected), "\(question.sql): \(field)")
          }
        }
      }
      expectSuppressed(try hospital.open(bytes, minimumCohort: 11), against: answer, question.sql)
    }
  }

  /// At 11 a cell is withheld exactly when its own contributors are 1 to 10, since no two cells of
  /// these questions differ by so few.
  private func expectSuppressed(_ guarded: Answer, against open: Answer, _ sql: String) {
    for (row, other) in zip(guarded.rows, open.rows) {
      var contributors: Int64?
      for ((cell, value), label) in zip(zip(row, other), open.columns) {
        if ["n", "count"].contains(label), case .value(.integer(let count)) = value {
          contributors = count
        }
        if ["sex", "drg", "site"].contains(label) { continue }
        if let contributors, (1...10).contains(contributors) {
          #expect(cell == .withheld, "\(sql)")
        } else if cell != .withheld {
          #expect(cell == value, "\(sql)")
        }
      }
    }
  }
}

/// The published results of the reference queries; amounts there are cents.
private struct PublishedResults {
  private var rows: [String: [[String: Double]]] = [:]

  init(contentsOf path: String) throws {
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: path)))
    for query in (object as? [String: Any])?["queries"] as? [[String: Any]] ?? [] {
      guard let id = query["id"] as? String,
        let expected = query["expected"] as? [[String: Any]]
      else { continue }
      rows[id] = expected.map { row in
        row.compactMapValues { ($0 as? NSNumber)?.doubleValue }
      }
    }
  }

  func value(_ id: String, row: Int, _ field: String) -> PlaintextOracle.Value? {
    guard let rows = rows[id], rows.indices.contains(row), let value = rows[row][field] else {
      return nil
    }
    return field.contains("paid") ? .real(value / 100) : .integer(Int64(value))
  }
}
