import BigInteger

/// The exact sums that variances are calculated from.
package struct Moments: Hashable, Sendable {
  /// Whether the values are all there are or a sample of them.
  package enum Kind: Sendable {
    case population
    case sample
  }

  /// The values that are not NULL.
  package let count: BigInteger
  /// Their sum, in units of 10^-`scale`.
  package let sum: BigInteger
  /// The sum of their squares, in units of 10^-(2 · `scale`).
  package let sumOfSquares: BigInteger
  /// The decimals of a value: the largest scale among them.
  package let scale: Int

  package init(count: BigInteger, sum: BigInteger, sumOfSquares: BigInteger, scale: Int) {
    self.count = count
    self.sum = sum
    self.sumOfSquares = sumOfSquares
    self.scale = scale
  }

  /// SQL's `var_pop` and `var_samp`: NULL over no value, and over one for a sample.
  ///
  /// - Throws: ``ResultError/contradictoryTotals`` for sums that no values have.
  package func variance(_ kind: Kind) throws(ResultError) -> ResultValue {
    try spread(kind).map { .numeric($0.variance) } ?? .null
  }

  /// SQL's `stddev_pop` and `stddev_samp`: the root of the rounded variance, at its scale. NULL where
  /// the variance is.
  ///
  /// - Throws: ``ResultError/contradictoryTotals`` for sums that no values have.
  package func standardDeviation(_ kind: Kind) throws(ResultError) -> ResultValue {
    guard let (variance, scale) = try spread(kind) else { return .null }
    return .numeric(try variance.squareRoot(scale: scale))
  }

  /// (N·Σx² − (Σx)²) / N², or over N(N − 1), and its scale, after PostgreSQL's
  /// `numeric_stddev_internal`. A variance of zero has scale 0.
  private func spread(
    _ kind: Kind
  ) throws(ResultError) -> (variance: Numeric, scale: Int)? {
    guard (0...Numeric.mostDecimals).contains(scale) else { throw .numericOverflow }
    let deviation = count * sumOfSquares - sum * sum
    guard count.signum >= 0, deviation.signum >= 0, count > 1 || deviation.isZero else {
      throw .contradictoryTotals
    }
    let weight = kind == .population ? count : count - 1
    guard weight.signum > 0 else { return nil }
    guard !deviation.isZero else { return (Numeric(0), 0) }
    let dividend = try Numeric(unscaled: deviation, scale: 2 * scale)
    let divisor = try Numeric(unscaled: count * weight, scale: 0)
    let places = dividend.divisionScale(by: divisor)
    return (try dividend.divided(by: divisor, scale: places), places)
  }
}
