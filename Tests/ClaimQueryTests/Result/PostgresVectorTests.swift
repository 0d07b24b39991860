import ClaimQuery
import Foundation
import Testing

/// What PostgreSQL answers, to the last digit.
@Suite struct PostgresVectorTests {
  @Test(arguments: PostgresCase.Kind.allCases)
  func resultsAreThoseOfPostgres(_ kind: PostgresCase.Kind) throws {
    let cases = try PostgresCase.all().filter { $0.kind == kind }
    try #require(cases.count >= 10)
    for vector in cases {
      let answer = try vector.answer()
      #expect(
        answer == vector.value || isClose(answer, vector), "\(vector.name) \(vector.arguments)")
    }
  }

  /// PostgreSQL adds up pairs in doubles: its own last digits are not exact.
  private func isClose(_ answer: String, _ vector: PostgresCase) -> Bool {
    guard vector.kind == .pair, let ours = number(answer), let theirs = number(vector.value) else {
      return false
    }
    return abs(ours - theirs) <= 1e-12 * abs(theirs)
  }

  private func number(_ value: String) -> Double? {
    value.hasPrefix("double:") ? Double(value.dropFirst("double:".count)) : nil
  }
}
