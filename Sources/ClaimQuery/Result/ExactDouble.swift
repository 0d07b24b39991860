import BigInteger

/// A finite double taken apart: its magnitude is `significand` · 2^`exponent`.
struct ExactDouble {
  let significand: BigInteger
  let exponent: Int
  /// True when the next double below is half as far away as the next one above.
  let isPowerOfTwo: Bool

  init(_ value: Double) {
    let isNormal = value.exponentBitPattern > 0
    let leading: UInt64 = isNormal ? 1 << UInt64(Double.significandBitCount) : 0
    significand = BigInteger(value.significandBitPattern | leading)
    exponent = Int(max(1, value.exponentBitPattern)) - 1075
    isPowerOfTwo = value.significandBitPattern == 0 && value.exponentBitPattern > 1
  }
}
