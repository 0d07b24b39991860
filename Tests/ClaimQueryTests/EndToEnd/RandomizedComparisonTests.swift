import ClaimQuery
import PlaintextOracle
import Testing

@Suite struct RandomizedComparisonTests {
  /// At least 200 generated queries on encrypted tables against SQLite on the same plaintext.
  @Test func encryptedAnswersEqualPlaintextAnswers() async throws {
    var claims = RandomClaims(seed: 20_080_101)
    let hospital = try TestHospital(schema: RandomClaims.schema, degree: 1024)
    try await hospital.encrypt(csv: claims.csv(rows: 1300), table: "a")
    try await hospital.encrypt(csv: claims.csv(rows: 300), table: "b")
    let oracle = try hospital.oracle()
    var compared = 0
    var refused = 0
    var withheld = 0
    while compared < 200 {
      let sql = claims.query()
      let bytes: [UInt8]
      do {
        bytes = try await hospital.answerBytes(sql)
      } catch let error as QueryError {
        // Depth 3 does not hold every predicate; what is refused must say so.
        switch error {
        case .tooDeep, .tooLarge: refused += 1
        default: Issue.record("\(sql): \(error)")
        }
        try #require(refused < 200)
        continue
      }
      let answer = try hospital.open(bytes)
      expectEqual(answer.values, try oracle.rows(sql), sql)
      withheld += try checkSuppression(hospital.open(bytes, minimumCohort: 11), answer, sql)
      compared += 1
    }
    #expect(withheld > 50)
    print("compared \(compared) queries, \(refused) too deep, \(withheld) cells withheld at 11")
  }

  private func expectEqual(
    _ ours: [[PlaintextOracle.Value]], _ truth: [[PlaintextOracle.Value]], _ sql: String
  ) {
    // SQLite puts NULL keys first, PostgreSQL last; everything else is in the same order.
    let sortedOurs = ours.sorted { "\($0)" < "\($1)" }
    let sortedTruth = truth.sorted { "\($0)" < "\($1)" }
    guard sortedOurs.count == sortedTruth.count else {
      Issue.record("\(sql): \(ours.count) rows, truth has \(truth.count)")
      return
    }
    for (row, other) in zip(sortedOurs, sortedTruth) {
      #expect(
        row.count == other.count && zip(row, other).allSatisfy { $0.isClose(to: $1) },
        "\(sql)\nours: \(row)\ntruth: \(other)")
    }
  }

  /// Under a cohort of 11 every cell is as without suppression or withheld, and no shown count is
  /// from 1 to 10.
  private func checkSuppression(_ guarded: Answer, _ open: Answer, _ sql: String) throws -> Int {
    try #require(guarded.rows.count == open.rows.count)
    for (row, other) in zip(guarded.rows, open.rows) {
      for ((cell, value), label) in zip(zip(row, other), open.columns) where cell != .withheld {
        #expect(cell == value, "\(sql)")
        guard label == "count", case .value(.integer(let count)) = cell else { continue }
        #expect(!(1...10).contains(count), "\(sql)")
      }
    }
    return guarded.withheld.count
  }
}
