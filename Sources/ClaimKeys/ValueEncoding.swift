/// How a summed column's values lie in slots: whole, or as limbs whose sums fit the plaintext
/// modulus. A value is Σ limb_i · 2^(bits·i); all limbs but the last are in [0, 2^bits), the last is
/// signed.
package struct ValueEncoding: Hashable, Sendable {
  /// Bits of every limb but the last.
  package let limbBits: Int
  package let limbCount: Int

  /// The fewest limbs for values up to `largest` in magnitude whose sums over `capacity` records
  /// stay below half of `plaintextModulus`; nil when not even one bit fits.
  package init?(largest: UInt64, capacity: Int, plaintextModulus: UInt64) {
    let limit = (plaintextModulus - 1) / 2 / UInt64(capacity)
    guard limit >= 1 else { return nil }
    if largest <= limit {
      (limbBits, limbCount) = (63, 1)
      return
    }
    // Limbs are at most 2^bits − 1; the last one may be −2^bits at a negative end.
    let bits = UInt64.bitWidth - 1 - limit.leadingZeroBitCount
    guard bits >= 1 else { return nil }
    var count = 2
    while largest >> UInt64(bits * (count - 1)) >= 1 << UInt64(bits) { count += 1 }
    (limbBits, limbCount) = (bits, count)
  }

  /// The limbs of a value. Shifts and masks only: its time does not depend on the value.
  package func limbs(of value: Int64) -> [Int64] {
    guard limbCount > 1 else { return [value] }
    return (0..<limbCount).map { index in
      let shifted = value >> Int64(limbBits * index)
      return index == limbCount - 1 ? shifted : shifted & (((1 << Int64(limbBits)) - 1))
    }
  }

  /// The value of a sum of limbs; nil when it is beyond 64 bits, which no sum of values is.
  package func value(ofLimbSums sums: [Int64]) -> Int64? {
    var result: Int64 = 0
    for (index, sum) in sums.enumerated().reversed() {
      let (shifted, shiftOverflow) = result.multipliedReportingOverflow(
        by: index == sums.count - 1 ? 1 : 1 << Int64(limbBits))
      let (next, overflow) = shifted.addingReportingOverflow(sum)
      guard !shiftOverflow, !overflow else { return nil }
      result = next
    }
    return result
  }
}
