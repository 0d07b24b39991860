import BigInteger

/// How summed values lie in slots: whole, or as limbs whose sums fit the plaintext modulus. A value is
/// Σ limb_i · 2^(bits·i); all limbs but the last are in [0, 2^bits), the last is signed.
package struct ValueEncoding: Hashable, Sendable {
  /// Bits of every limb but the last.
  package let limbBits: Int
  package let limbCount: Int

  /// The fewest limbs for values up to `largest` in magnitude, below 2^127, whose sums over `capacity`
  /// records stay below half of `plaintextModulus`; nil when not even one bit fits.
  package init?(largest: UInt128, capacity: Int, plaintextModulus: UInt64) {
    let limit = (plaintextModulus - 1) / 2 / UInt64(capacity)
    guard limit >= 1 else { return nil }
    if largest <= UInt128(limit) {
      (limbBits, limbCount) = (63, 1)
      return
    }
    // Limbs are at most 2^bits − 1; the last one may be −2^bits at a negative end.
    let bits = UInt64.bitWidth - 1 - limit.leadingZeroBitCount
    guard bits >= 1 else { return nil }
    var count = 2
    while largest >> UInt128(bits * (count - 1)) >= 1 << UInt128(bits) { count += 1 }
    (limbBits, limbCount) = (bits, count)
  }

  /// The limbs of a value. Shifts and masks only: its time does not depend on the value.
  package func limbs(of value: Int128) -> [Int64] {
    guard limbCount > 1 else { return [Int64(truncatingIfNeeded: value)] }
    return (0..<limbCount).map { index in
      let shifted = value >> Int128(limbBits * index)
      return Int64(
        truncatingIfNeeded: index == limbCount - 1 ? shifted : shifted & ((1 << limbBits) - 1))
    }
  }

  /// The value of a sum of limbs.
  package func value(ofLimbSums sums: [Int64]) -> BigInteger {
    sums.reversed().reduce(into: BigInteger()) { result, sum in
      result = (result << limbBits) + BigInteger(sum)
    }
  }
}
