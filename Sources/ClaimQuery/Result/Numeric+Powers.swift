import BigInteger

extension Numeric {
  /// The square root with at least 16 significant digits and at least this scale, as PostgreSQL's
  /// `sqrt(numeric)`.
  ///
  /// - Throws: ``ResultError/squareRootOfNegative``.
  package func squareRoot() throws(ResultError) -> Numeric {
    let wholeDigits = (leadingDigit.weight + 1) * 2 - 1
    let scale = max(Numeric.leastDigits - wholeDigits, scale, 0)
    return try squareRoot(scale: min(scale, Numeric.mostChosenDecimals))
  }

  /// The square root, rounded to `scale` decimals.
  func squareRoot(scale: Int) throws(ResultError) -> Numeric {
    // One decimal more, cut off, decides the rounding: no root lies exactly between.
    let shift = 2 * (scale + 1) - self.scale
    let radicand = try BigInteger.truncatedQuotient(
      unscaled * .powerOfTen(max(0, shift)), .powerOfTen(max(0, -shift)))
    guard let root = radicand.squareRoot else { throw .squareRootOfNegative }
    return try Numeric(unscaled: BigInteger.roundedQuotient(root, 10), scale: scale)
  }

  /// The power by a whole exponent, rounded to 16 decimals or the base's scale if that is more, as
  /// PostgreSQL's `power(numeric, numeric)`.
  ///
  /// - Throws: ``ResultError/fractionalPower`` for other exponents,
  ///   ``ResultError/powerTooLong`` for a result whose exact digits are more than about a million,
  ///   ``ResultError/zeroToNegativePower``, ``ResultError/negativeToFractionalPower``.
  package func raised(to exponent: Numeric) throws(ResultError) -> Numeric {
    if signum == 0, exponent.signum < 0 { throw .zeroToNegativePower }
    let scale = min(max(Numeric.leastDigits, scale), Numeric.mostChosenDecimals)
    guard exponent == (try exponent.truncated(places: 0)) else {
      if signum == 0 { return try Numeric(unscaled: 0, scale: Numeric.leastDigits) }
      throw signum < 0 ? .negativeToFractionalPower : .fractionalPower
    }
    guard let count = Int64(exactly: try exponent.rounded(places: 0).unscaled.magnitude),
      let times = Int32(exactly: count).map(Int.init),
      unscaled.bitCount * times <= Numeric.mostPowerBits,
      self.scale * times <= Numeric.mostPowerBits
    else { throw .powerTooLong }
    let digits = unscaled.raised(to: times)
    let decimals = BigInteger.powerOfTen(self.scale * times)
    let (top, bottom) = exponent.signum < 0 ? (decimals, digits) : (digits, decimals)
    return try Numeric(
      unscaled: BigInteger.roundedQuotient(top * .powerOfTen(scale), bottom), scale: scale)
  }

  /// Keeps an exact power within a fraction of a second.
  private static let mostPowerBits = 4_000_000
}
