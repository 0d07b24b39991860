import BigInteger
import ClaimQuery
import Testing
import _TestSupport

@Suite struct SuppressionRuleTests {
  @Test(arguments: [
    (11, 1, 11), (11, 12, 121), (2, 12, 13), (1, 12, 1), (11, 0, 11), (0, 5, 1),
    (Int.max, 3, Int.max), (Int.max, 1, Int.max),
  ])
  func thresholdsCountPeople(cohort: Int, perPerson: Int, records: Int) {
    let threshold = CohortThreshold(minimumCohort: cohort, recordsPerPerson: perPerson)
    #expect(threshold.records == Int64(records))
    #expect(!threshold.isTelling(0))
    #expect(!threshold.isTelling(Int64(records)))
    #expect(threshold.isTelling(1) == (records > 1))
    #expect(threshold.isTelling(Int64(records) - 1) == (records > 1))
  }

  @Test(
    arguments: [
      // Nothing withheld, nothing more.
      ([20, 30], [true, true], [true, true]),
      // One alone follows by subtraction, however large.
      ([20, 30, 15], [true, true, false], [false, true, false]),
      ([5, 30, 20], [false, true, true], [false, true, false]),
      // Two that are together too few take a third.
      ([3, 4, 30, 20], [false, false, true, true], [false, false, true, false]),
      // Two that are enough stay two.
      ([5, 6, 30], [false, false, true], [false, false, true]),
      // Where there are no more, all are withheld.
      ([5], [false], [false]), ([5, 11], [false, true], [false, false]),
      // Zeros hide nothing and are not withheld.
      ([5, 0, 30, 40], [false, true, true, true], [false, true, false, true]),
      ([0, 30], [false, true], [false, true]),
      // Of equal ones the first.
      ([5, 20, 20], [false, true, true], [false, false, true]),
      ([], [], []),
    ] as [([Int64], [Bool], [Bool])])
  func rowsThatWouldFollowAreWithheldToo(counts: [Int64], shown: [Bool], expected: [Bool]) {
    let rule = RowSuppression(threshold: CohortThreshold(minimumCohort: 11))
    #expect(rule.shown(counts: counts, shown: shown) == expected)
  }

  @Test(
    arguments: [
      // Twenty equal values: 20 − √2·√20 = 13.7 ≥ 0.1·4.47.
      (20, 20, 1000, true),
      // Two equal values: 2 − √2·√2 = 0, so no percentage is met.
      (2, 2, 1, false),
      // One value: 1 − √2 < 0.
      (5, 25, 1, false), (0, 0, 10_000, true),
      // Σx = 3, Σx² = 3: 3 − √6 = 0.5505; √3 = 1.7321: 31.78 percent is met, 31.79 is not.
      (3, 3, 3178, true), (3, 3, 3179, false),
      (-1, 1, 1, false), (1, -1, 1, false),
    ] as [(Int, Int, Int, Bool)])
  func dominanceIsDecidedExactly(sum: Int, squares: Int, hundredths: Int, isAdmitted: Bool) {
    let rule = DominanceRule(hundredths: hundredths)
    #expect(rule.admits(sum: BigInteger(sum), squares: BigInteger(squares)) == isAdmitted)
    // Units do not matter.
    let cents: BigInteger = 1_000_000_007
    #expect(
      rule.admits(sum: BigInteger(sum) * cents, squares: BigInteger(squares) * cents * cents)
        == isAdmitted)
  }

  @Test func dominanceNeverAdmitsWhatTheTrueContributorsForbid() {
    var random = SeededGenerator(seed: 5)
    var admitted = 0
    for _ in 0..<2000 {
      let values = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        Int.random(in: 0...Int.random(in: 0...1000, using: &random), using: &random)
      }.sorted(by: >)
      let rule = DominanceRule(hundredths: 2000)
      let sum = values.reduce(0, +)
      guard
        rule.admits(
          sum: BigInteger(sum), squares: BigInteger(values.reduce(0) { $0 + $1 * $1 }))
      else { continue }
      admitted += 1
      let others = sum - values[0] - (values.count > 1 ? values[1] : 0)
      #expect(100 * others >= 20 * values[0])
    }
    #expect(admitted > 200)
  }

  @Test(arguments: [
    (0, 5, 0, 0), (2, 5, 0, 0), (3, 5, 0, 5), (12, 5, 0, 10), (13, 5, 0, 15), (-2, 5, 0, 0),
    (-3, 5, 0, -5), (5, 10, 0, 10), (-5, 10, 0, -10), (15, 10, 0, 20), (17, 1, 0, 17),
    (123_456, 5, 2, 123_500), (123_249, 5, 2, 123_000), (250, 5, 2, 500), (249, 5, 2, 0),
    (17, 1, 2, 17),
  ])
  func roundsToTheNearestMultiple(number: Int, base: Int, scale: Int, expected: Int) {
    #expect(
      Rounding(base: base).rounded(BigInteger(number), scale: scale) == BigInteger(expected))
  }
}
