import BigInteger
import ClaimQuery
import Foundation
import Testing

@Suite struct MomentsTests {
  /// The sums over pairs (x, y) of whole numbers.
  private func moments(_ pairs: [(Int, Int)], scaleX: Int = 0, scaleY: Int = 0) -> PairMoments {
    func sum(_ term: (Int, Int) -> Int) -> BigInteger {
      BigInteger(pairs.reduce(0) { $0 + term($1.0, $1.1) })
    }
    return PairMoments(
      count: BigInteger(pairs.count), sumX: sum { x, _ in x }, sumY: sum { _, y in y },
      sumOfProducts: sum { $0 * $1 }, sumOfSquaresX: sum { x, _ in x * x },
      sumOfSquaresY: sum { _, y in y * y }, scaleX: scaleX, scaleY: scaleY)
  }

  @Test func straightLinesCorrelateExactly() throws {
    let line = (0..<17).map { (1 + 7 * $0, 3 + 21 * $0) }
    #expect(try moments(line).correlation() == .double(1))
    #expect(try moments(line.map { ($0, -$1) }, scaleX: 2).correlation() == .double(-1))
    // Deviations of (1, 1), (2, 3), (3, 2) are 3, 6 and 6: one half.
    #expect(try moments([(1, 1), (2, 3), (3, 2)]).correlation() == .double(0.5))
    #expect(try moments([(1, 0), (2, 0), (3, 1)]).correlation() == .double(0.75.squareRoot()))
    #expect(try moments([(1, 1), (2, 3), (3, 2)]).populationCovariance() == .double(1.0 / 3))
    #expect(
      try moments([(1, 1), (2, 3), (3, 2)], scaleX: 2, scaleY: 1).populationCovariance()
        == .double(1.0 / 3000))
  }

  @Test func nothingToCompareIsNull() throws {
    #expect(try moments([]).correlation() == .null)
    #expect(try moments([]).populationCovariance() == .null)
    #expect(try moments([(5, 6)]).correlation() == .null)
    #expect(try moments([(5, 6)]).populationCovariance() == .double(0))
    // What is the same in all records has no correlation, whatever its decimals.
    #expect(try moments([(12_345, 1), (12_345, 0), (12_345, 1)], scaleX: 2).correlation() == .null)
    #expect(try moments([(1, 12_345), (0, 12_345)]).correlation() == .null)
  }

  /// Deviations of 1 and 1 about 10^15 vanish in doubles.
  @Test func largeMeansLoseNothing() throws {
    let far = 1_000_000_000_000_000
    let sums = { (values: [BigInteger]) in values.reduce(BigInteger(0), +) }
    let x: [BigInteger] = [far, far + 1, far + 2].map { BigInteger($0) }
    let y: [BigInteger] = [far, far + 2, far + 1].map { BigInteger($0) }
    let pairs = PairMoments(
      count: 3, sumX: sums(x), sumY: sums(y), sumOfProducts: sums(zip(x, y).map { $0 * $1 }),
      sumOfSquaresX: sums(x.map { $0 * $0 }), sumOfSquaresY: sums(y.map { $0 * $0 }),
      scaleX: 2, scaleY: 2)
    #expect(try pairs.correlation() == .double(0.5))
    let moments = Moments(
      count: 3, sum: sums(x), sumOfSquares: sums(x.map { $0 * $0 }), scale: 2)
    #expect(try moments.variance(.sample).text() == "0.000100000000000000000000")
    #expect(try moments.standardDeviation(.sample).text() == "0.010000000000000000000000")
  }

  /// Quotients about the middle between two doubles go to the even one, and a trace more goes up.
  @Test func doublesAreRoundedOnce() throws {
    let two53 = 9_007_199_254_740_992
    let least = Double.leastNonzeroMagnitude
    let texts: [(String, Double)] = [
      ("9007199254740993", Double(two53)), ("9007199254740993.0000000001", Double(two53 + 2)),
      ("9007199254740995", Double(two53 + 4)), ("-9007199254740993", -Double(two53)),
      ("4.9e-324", least), ("2.4703282292062328e-324", least), ("7.4e-324", least),
      ("2.225073858507201e-308", Double.leastNormalMagnitude - least), ("0.1", 0.1), ("0", 0),
      ("1.7976931348623158e308", .greatestFiniteMagnitude),
    ]
    for (text, value) in texts {
      #expect(try Numeric(literal: text).nearestDouble() == value, "\(text)")
    }
    #expect(throws: ResultError.doubleUnderflow) {
      try Numeric(literal: "2.4703282292062327e-324").nearestDouble()
    }
    #expect(throws: ResultError.doubleOverflow) {
      try Numeric(literal: "1.797693134862315808e308").nearestDouble()
    }
  }

  @Test func meansAndSumsOverNothingAreNull() throws {
    let nothing = ExactTotal(count: 0, sum: 0, scale: 2)
    #expect(try nothing.mean() == .null)
    #expect(try nothing.value(as: .numeric) == .null)
    let total = ExactTotal(count: 3, sum: 1000, scale: 2)
    #expect(try total.mean().text() == "3.3333333333333333")
    #expect(try total.value(as: .numeric).text() == "10.00")
    #expect(try ExactTotal(count: 2, sum: -7, scale: 0).value(as: .integer) == .integer(-7))
    #expect(throws: ResultError.integerOutOfRange(typeName: "bigint")) {
      try ExactTotal(count: 2, sum: BigInteger(1) << 63, scale: 0).value(as: .integer)
    }
    #expect(throws: ResultError.noCast(from: .numeric, to: "text")) {
      try total.value(as: .text)
    }
    let one = Moments(count: 1, sum: 5, sumOfSquares: 25, scale: 0)
    #expect(try one.variance(.sample) == .null)
    #expect(try one.variance(.population).text() == "0")
    #expect(try one.standardDeviation(.population).text() == "0")
    #expect(try Moments(count: 0, sum: 0, sumOfSquares: 0, scale: 2).variance(.population) == .null)
  }

  @Test func sumsThatNoRecordsHaveAreRefused() {
    let impossible: [Moments] = [
      Moments(count: 2, sum: 10, sumOfSquares: 49, scale: 0),
      Moments(count: -2, sum: 0, sumOfSquares: 0, scale: 0),
      Moments(count: 1, sum: 2, sumOfSquares: 5, scale: 0),
      Moments(count: 0, sum: 1, sumOfSquares: 0, scale: 0),
    ]
    for moments in impossible {
      #expect(throws: ResultError.contradictoryTotals) { try moments.variance(.population) }
      #expect(throws: ResultError.contradictoryTotals) { try moments.standardDeviation(.sample) }
    }
    #expect(throws: ResultError.contradictoryTotals) {
      try ExactTotal(count: -1, sum: 0, scale: 0).mean()
    }
    #expect(throws: ResultError.contradictoryTotals) {
      try ExactTotal(count: 0, sum: 1, scale: 0).value(as: .numeric)
    }
    // A correlation of 2.
    let pairs = PairMoments(
      count: 2, sumX: 0, sumY: 0, sumOfProducts: 4, sumOfSquaresX: 2, sumOfSquaresY: 2, scaleX: 0,
      scaleY: 0)
    #expect(throws: ResultError.contradictoryTotals) { try pairs.correlation() }
    #expect(throws: ResultError.contradictoryTotals) { try pairs.populationCovariance() }
    let scaled = PairMoments(
      count: 2, sumX: 0, sumY: 0, sumOfProducts: 1, sumOfSquaresX: 2, sumOfSquaresY: 2,
      scaleX: .max, scaleY: 1)
    #expect(throws: ResultError.numericOverflow) { try scaled.populationCovariance() }
    #expect(throws: ResultError.numericOverflow) {
      try Moments(count: 2, sum: 1, sumOfSquares: 1, scale: .max).variance(.sample)
    }
  }
}
