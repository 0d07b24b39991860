import BigInteger

/// The exact sums over pairs of values that covariance and correlation are calculated from. The
/// results are `double precision`, rounded once from the exact value.
package struct PairMoments: Hashable, Sendable {
  /// The pairs of which neither value is NULL.
  package let count: BigInteger
  /// In units of 10^-`scaleX`.
  package let sumX: BigInteger
  /// In units of 10^-`scaleY`.
  package let sumY: BigInteger
  /// The sum of the products, in units of 10^-(`scaleX` + `scaleY`).
  package let sumOfProducts: BigInteger
  /// In units of 10^-(2 · `scaleX`); nil where only the covariance is wanted.
  package let sumOfSquaresX: BigInteger?
  /// In units of 10^-(2 · `scaleY`); nil where only the covariance is wanted.
  package let sumOfSquaresY: BigInteger?
  package let scaleX: Int
  package let scaleY: Int

  package init(
    count: BigInteger, sumX: BigInteger, sumY: BigInteger, sumOfProducts: BigInteger,
    sumOfSquaresX: BigInteger?, sumOfSquaresY: BigInteger?, scaleX: Int, scaleY: Int
  ) {
    self.count = count
    self.sumX = sumX
    self.sumY = sumY
    self.sumOfProducts = sumOfProducts
    self.sumOfSquaresX = sumOfSquaresX
    self.sumOfSquaresY = sumOfSquaresY
    self.scaleX = scaleX
    self.scaleY = scaleY
  }

  /// SQL's `covar_pop`: (N·Σxy − Σx·Σy) / N²; NULL over no pair.
  ///
  /// - Throws: ``ResultError/contradictoryTotals`` for sums that no pairs have,
  ///   ``ResultError/doubleOverflow``.
  package func populationCovariance() throws(ResultError) -> ResultValue {
    let together =
      sumOfSquaresX == nil ? count * sumOfProducts - sumX * sumY : try deviations().together
    guard count.signum >= 0 else { throw .contradictoryTotals }
    guard !count.isZero else { return .null }
    let units = BigInteger.powerOfTen(scaleX + scaleY)
    guard let value = NearestDouble.quotient(together, count * count * units) else {
      throw .doubleOverflow
    }
    return .double(value)
  }

  /// SQL's `corr`, from −1 to 1; NULL when the values of one side are all the same, and over no pair.
  ///
  /// - Throws: ``ResultError/contradictoryTotals`` for sums that no pairs have, and without sums of
  ///   squares.
  package func correlation() throws(ResultError) -> ResultValue {
    let (together, ofX, ofY) = try deviations()
    guard !ofX.isZero, !ofY.isZero else { return .null }
    guard let magnitude = NearestDouble.squareRoot(together * together, ofX * ofY) else {
      throw .contradictoryTotals
    }
    return .double(together.signum < 0 ? -magnitude : magnitude)
  }

  /// N·Σxy − Σx·Σy, N·Σx² − (Σx)² and N·Σy² − (Σy)².
  private func deviations() throws(ResultError) -> (
    together: BigInteger, ofX: BigInteger, ofY: BigInteger
  ) {
    let decimals = 0...Numeric.mostDecimals
    guard decimals.contains(scaleX), decimals.contains(scaleY) else { throw .numericOverflow }
    guard let sumOfSquaresX, let sumOfSquaresY else { throw .contradictoryTotals }
    let together = count * sumOfProducts - sumX * sumY
    let ofX = count * sumOfSquaresX - sumX * sumX
    let ofY = count * sumOfSquaresY - sumY * sumY
    // The square of the first is at most the product of the others, by Cauchy and Schwarz.
    guard count.signum >= 0, ofX.signum >= 0, ofY.signum >= 0, together * together <= ofX * ofY,
      count > 1 || (ofX.isZero && ofY.isZero)
    else { throw .contradictoryTotals }
    return (together, ofX, ofY)
  }
}
