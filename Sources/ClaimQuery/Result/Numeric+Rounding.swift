import BigInteger

extension Numeric {
  /// Rounded half away from zero to `places` decimals, which becomes the scale; to tens, hundreds and
  /// so on by a negative number, with scale 0. PostgreSQL's `round`.
  package func rounded(places: Int) throws(ResultError) -> Numeric {
    try cut(places, by: BigInteger.roundedQuotient)
  }

  /// The same with the digits behind left out. PostgreSQL's `trunc`.
  package func truncated(places: Int) throws(ResultError) -> Numeric {
    try cut(places, by: BigInteger.truncatedQuotient)
  }

  /// The nearest whole number not above. PostgreSQL's `floor`.
  package func floor() throws(ResultError) -> Numeric {
    guard let (whole, _) = unscaled.quotientAndRemainder(dividingBy: .powerOfTen(scale)) else {
      throw .divisionByZero
    }
    return try Numeric(unscaled: whole, scale: 0)
  }

  /// The nearest whole number not below. PostgreSQL's `ceil`.
  package func ceiling() throws(ResultError) -> Numeric {
    try negated().floor().negated()
  }

  private func cut(
    _ places: Int, by divide: (BigInteger, BigInteger) throws(ResultError) -> BigInteger
  ) throws(ResultError) -> Numeric {
    // Beyond these there is nothing to round to, and nothing left.
    let places = min(max(places, -Numeric.mostWholeDigits - 1), Numeric.mostDecimals)
    guard places < scale else {
      return try Numeric(unscaled: unscaled * .powerOfTen(places - scale), scale: places)
    }
    let kept = try divide(unscaled, .powerOfTen(scale - places))
    return try Numeric(unscaled: kept * .powerOfTen(max(0, -places)), scale: max(0, places))
  }
}

extension BigInteger {
  /// 10^`exponent`; 1 for a negative exponent.
  static func powerOfTen(_ exponent: Int) -> BigInteger { BigInteger(10).raised(to: exponent) }

  /// The quotient rounded half away from zero.
  static func roundedQuotient(
    _ dividend: BigInteger, _ divisor: BigInteger
  ) throws(ResultError) -> BigInteger {
    let step = divisor.magnitude
    return try truncatedQuotient(
      dividend.signed((dividend.magnitude << 1) + step), divisor.signed(step << 1))
  }

  /// The quotient rounded towards zero.
  static func truncatedQuotient(
    _ dividend: BigInteger, _ divisor: BigInteger
  ) throws(ResultError) -> BigInteger {
    guard
      let (quotient, _) = dividend.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
    else { throw .divisionByZero }
    return dividend.signum * divisor.signum < 0 ? -quotient : quotient
  }

  /// `magnitude` with this number's sign.
  private func signed(_ magnitude: BigInteger) -> BigInteger { signum < 0 ? -magnitude : magnitude }
}
