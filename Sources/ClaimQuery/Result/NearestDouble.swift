import BigInteger

/// Doubles nearest to exact numbers, ties to even: rounded once, after exact arithmetic.
enum NearestDouble {
  /// The double nearest to dividend / divisor; nil when the divisor is not positive or no finite
  /// double is near. Zero when the quotient is nearest to it.
  static func quotient(_ dividend: BigInteger, _ divisor: BigInteger) -> Double? {
    guard let (bits, isExact, shift) = leadingBits(dividend.magnitude, divisor, count: 66) else {
      return nil
    }
    let magnitude = rounded(bits, isExact: isExact, exponent: -shift)
    return dividend.signum < 0 ? magnitude.map { -$0 } : magnitude
  }

  /// The double nearest to the square root of dividend / divisor; nil when the divisor is not
  /// positive or the dividend negative.
  static func squareRoot(_ dividend: BigInteger, _ divisor: BigInteger) -> Double? {
    guard dividend.signum >= 0,
      let (bits, isExact, shift) = leadingBits(dividend, divisor, count: 134),
      let root = bits.squareRoot
    else { return nil }
    return rounded(root, isExact: isExact && root * root == bits, exponent: -shift / 2)
  }

  /// At least `count` bits of the quotient times 2^`shift`, which is even.
  private static func leadingBits(
    _ dividend: BigInteger, _ divisor: BigInteger, count: Int
  ) -> (bits: BigInteger, isExact: Bool, shift: Int)? {
    let needed = count + 1 + divisor.bitCount - dividend.bitCount
    let shift = needed + (needed & 1)
    let top = shift > 0 ? dividend << shift : dividend
    let bottom = shift < 0 ? divisor << -shift : divisor
    return top.quotientAndRemainder(dividingBy: bottom)
      .map { ($0.quotient, $0.remainder.isZero, shift) }
  }

  /// The double nearest to a number from `bits` up to the next one, times 2^`exponent`.
  private static func rounded(_ bits: BigInteger, isExact: Bool, exponent: Int) -> Double? {
    guard !bits.isZero else { return 0 }
    let top = bits.bitCount - 1 + exponent
    guard top <= Double.greatestFiniteMagnitude.exponent else { return nil }
    // Below the normal numbers the last place stays where it is, and fewer bits are left.
    let kept = min(53, 53 + top - Double.leastNormalMagnitude.exponent)
    guard kept >= 0 else { return 0 }
    let dropped = bits.bitCount - kept
    var significand = UInt64((bits >> dropped).lowLimb)
    let rest = bits.lowBits(dropped)
    let half = BigInteger(1) << (dropped - 1)
    if rest > half || (rest == half && (!isExact || !significand.isMultiple(of: 2))) {
      significand += 1
    }
    let result = Double(sign: .plus, exponent: exponent + dropped, significand: Double(significand))
    return result.isFinite ? result : nil
  }
}

extension Numeric {
  /// The nearest double.
  ///
  /// - Throws: ``ResultError/doubleOverflow``; ``ResultError/doubleUnderflow`` for a number other
  ///   than zero that is nearest to it.
  package func nearestDouble() throws(ResultError) -> Double {
    guard let result = NearestDouble.quotient(unscaled, .powerOfTen(scale)) else {
      throw .doubleOverflow
    }
    guard result != 0 || signum == 0 else { throw .doubleUnderflow }
    return result
  }
}
