#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RNSPolynomial where Form == Coefficient {
  /// log2 of the largest absolute value of a centred coefficient, to 2^-16; −∞ for zero.
  ///
  /// By the Chinese remainder theorem as fractions: x / Q is the sum of y_i / q_i modulo 1 for the digits
  /// y_i = [x·(Q / q_i)^-1]_q_i. The sums are in fixed point with so many bits that they tell single
  /// integers apart, and every prime takes part, so that no size goes unseen. Not constant in time: for
  /// diagnostics.
  package func log2LargestCoefficient() -> Double {
    var digits = self
    digits.multiply(
      byConstants: basis.moduli.enumerated().map { index, modulus in
        modulus.inverse(basis.cofactor(index, modulo: modulus))
      })
    // Each reciprocal is low by less than one unit, each digit below 2^61, and there are at most 2^6 of
    // them: together less than 2^67 units, which are to be less than 2^-20.
    let wordCount = (Int(basis.log2Product.rounded(.up)) + 67 + 20 + 63) / 64
    let reciprocals = basis.moduli.flatMap { $0.reciprocal(wordCount: wordCount) }
    let largest = withExtendedLifetime(digits) {
      FractionSum.largest(
        of: (0..<basis.count).map { digits.limb($0) }, count: degree, reciprocals,
        wordCount: wordCount)
    }
    let logarithm = largest + basis.log2Product
    // The sum for zero is not quite zero.
    return logarithm < -1 ? -.infinity : logarithm
  }
}

extension Modulus {
  /// The first words of 1 / q in binary, most significant first, rounded down.
  fileprivate func reciprocal(wordCount: Int) -> [UInt64] {
    var remainder: UInt64 = 1
    return (0..<wordCount).map { _ in
      let division = value.dividingFullWidth((remainder, 0))
      remainder = division.remainder
      return division.quotient
    }
  }
}

/// Sums of fractions modulo 1, in fixed point over several words, most significant first.
private enum FractionSum {
  /// log2 of the largest distance to the next integer of Σ digits[i][k]·reciprocals[i] for k < `count`.
  static func largest(
    of digits: [UnsafePointer<UInt64>], count: Int, _ reciprocals: [UInt64], wordCount: Int
  ) -> Double {
    var largest = -Double.infinity
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { sum in
      reciprocals.withUnsafeBufferPointer { reciprocals in
        for position in 0..<count {
          sum.initialize(repeating: 0)
          for (index, limb) in digits.enumerated() {
            add(limb[position], reciprocals, from: index * wordCount, to: sum)
          }
          largest = max(largest, log2Distance(sum))
        }
      }
    }
    return largest
  }

  /// Adds a digit times a reciprocal, modulo 1.
  private static func add(
    _ digit: UInt64, _ reciprocals: UnsafeBufferPointer<UInt64>, from start: Int,
    to sum: UnsafeMutableBufferPointer<UInt64>
  ) {
    var carry: UInt64 = 0
    for word in (0..<sum.count).reversed() {
      // A product of two words leaves room for two more words.
      let product = digit.multipliedFullWidth(by: reciprocals[start + word])
      let (low, carriesOnce) = product.low.addingReportingOverflow(carry)
      let (total, carriesTwice) = sum[word].addingReportingOverflow(low)
      sum[word] = total
      carry = product.high &+ (carriesOnce ? 1 : 0) &+ (carriesTwice ? 1 : 0)
    }
  }

  /// log2 of the distance to the next integer: of the fraction, or of 1 less it. Its first two words
  /// that are not zero are enough.
  private static func log2Distance(_ fraction: UnsafeMutableBufferPointer<UInt64>) -> Double {
    // The complement of all bits is 1 less the fraction, but for one unit.
    let mask: UInt64 = fraction[0] >> 63 == 1 ? .max : 0
    guard let first = fraction.indices.first(where: { fraction[$0] != mask }) else {
      return -.infinity
    }
    let high = Double(fraction[first] ^ mask)
    let low = first + 1 < fraction.count ? Double(fraction[first + 1] ^ mask) : 0
    return log2(high + low * 0x1p-64) - Double(64 * (first + 1))
  }
}
