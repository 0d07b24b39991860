import BigInteger

/// The scales are PostgreSQL 15's (`src/backend/utils/adt/numeric.c`).
extension Numeric {
  /// The sum, at the larger scale.
  package func plus(_ other: Numeric) throws(ResultError) -> Numeric {
    let scale = max(scale, other.scale)
    return try Numeric(unscaled: units(scale) + other.units(scale), scale: scale)
  }

  /// The difference, at the larger scale.
  package func minus(_ other: Numeric) throws(ResultError) -> Numeric {
    try plus(other.negated())
  }

  /// The product; its scale is the sum of both, and it is exact unless that passes 16,383.
  package func times(_ other: Numeric) throws(ResultError) -> Numeric {
    let exact = unscaled * other.unscaled
    let excess = max(0, scale + other.scale - Numeric.mostDecimals)
    return try Numeric(
      unscaled: BigInteger.roundedQuotient(exact, .powerOfTen(excess)),
      scale: scale + other.scale - excess)
  }

  /// The quotient, rounded half away from zero at ``divisionScale(by:)``.
  ///
  /// - Throws: ``ResultError/divisionByZero``.
  package func divided(by divisor: Numeric) throws(ResultError) -> Numeric {
    guard divisor.signum != 0 else { throw .divisionByZero }
    return try divided(by: divisor, scale: divisionScale(by: divisor))
  }

  /// The quotient, rounded half away from zero to `scale` decimals.
  func divided(by divisor: Numeric, scale: Int) throws(ResultError) -> Numeric {
    let shift = scale + divisor.scale - self.scale
    return try Numeric(
      unscaled: BigInteger.roundedQuotient(
        unscaled * .powerOfTen(max(0, shift)), divisor.unscaled * .powerOfTen(max(0, -shift))),
      scale: scale)
  }

  /// What is left of the division with a quotient rounded towards zero, at the larger scale: it has
  /// the dividend's sign.
  ///
  /// - Throws: ``ResultError/divisionByZero``.
  package func remainder(dividingBy divisor: Numeric) throws(ResultError) -> Numeric {
    let scale = max(scale, divisor.scale)
    let (a, b) = (units(scale), divisor.units(scale))
    let quotient = try BigInteger.truncatedQuotient(a, b)
    return try Numeric(unscaled: a - quotient * b, scale: scale)
  }

  /// The number of the opposite sign, at its scale.
  package func negated() throws(ResultError) -> Numeric {
    try Numeric(unscaled: -unscaled, scale: scale)
  }

  /// The number in units of 10^-`scale`, which is not below its own.
  private func units(_ scale: Int) -> BigInteger {
    unscaled * .powerOfTen(scale - self.scale)
  }
}

extension Numeric {
  /// At least this many significant digits are calculated.
  static let leastDigits = 16
  /// At most this many decimals are chosen for a quotient or root.
  static let mostChosenDecimals = 1000

  /// The decimals of a quotient: at least 16 significant digits by an estimate that sees whole digits
  /// of base 10,000 only, and at least those of both operands. PostgreSQL's `select_div_scale`.
  func divisionScale(by divisor: Numeric) -> Int {
    let (top, bottom) = (leadingDigit, divisor.leadingDigit)
    // Of equal leading digits the dividend is taken for the smaller.
    let weight = top.weight - bottom.weight - (top.digit <= bottom.digit ? 1 : 0)
    let scale = max(Numeric.leastDigits - 4 * weight, scale, divisor.scale)
    return min(scale, Numeric.mostChosenDecimals)
  }

  /// The first digit in base 10,000 and the power of 10,000 that it stands at; zeros for 0.
  var leadingDigit: (digit: Int, weight: Int) {
    guard signum != 0 else { return (0, 0) }
    let digits = unscaled.magnitude.decimal.utf8
    let exponent = digits.count - 1 - scale
    let weight = exponent >> 2
    var digit = 0
    var rest = digits.makeIterator()
    for _ in 0...(exponent & 3) {
      digit = digit * 10 + (rest.next().map { Int($0) - 48 } ?? 0)
    }
    return (digit, weight)
  }
}
