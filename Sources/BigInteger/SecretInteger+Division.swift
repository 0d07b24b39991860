internal import CBigIntegerKernels
internal import CGMP

extension SecretInteger {
  /// The remainder by `divisor`, as wide as it. One of the two highest bits of the divisor's width is
  /// set, and its highest limb is not 0.
  package func remainder(dividingBy divisor: SecretInteger) -> SecretInteger {
    quotientAndRemainder(dividingBy: divisor).remainder
  }

  /// Quotient and remainder by `divisor`, of which one of the two highest bits of its width is set, and
  /// whose highest limb is not 0: the square of a prime whose highest bit is set may lack its own. The
  /// quotient is as wide as the dividend, the remainder as wide as the divisor.
  ///
  /// D. Knuth, "The Art of Computer Programming", volume 2, 4.3.1, algorithm D, with every correction
  /// calculated and then masked. GMP's own division looks up the divisor's highest bits in a table.
  package func quotientAndRemainder(
    dividingBy divisor: SecretInteger
  ) -> (quotient: SecretInteger, remainder: SecretInteger) {
    let dividend = resized(bitCount: max(bitCount, divisor.bitCount))
    let (count, divisorCount) = (dividend.limbCount, divisor.limbCount)
    // The divisor's highest bit moves to the top of its limb. How far follows from the width.
    let shift = UInt32(divisorCount * UInt.bitWidth - divisor.bitCount)
    // A zero below both changes no quotient, and gives the estimate its third limb in any case.
    let shifted = LimbBuffer(count: 1 + divisorCount)
    let work = LimbBuffer(count: 1 + count + 1)
    if shift > 0 {
      _ = __gmpn_lshift(shifted.pointer + 1, divisor.pointer, divisorCount, shift)
      work.pointer[1 + count] = __gmpn_lshift(work.pointer + 1, dividend.pointer, count, shift)
    } else {
      (shifted.pointer + 1).update(from: divisor.pointer, count: divisorCount)
      (work.pointer + 1).update(from: dividend.pointer, count: count)
    }

    // Once more by a bit where the divisor lacks its highest, which stays a secret.
    let lacksHighest = divisor.bit(divisor.bitCount - 1).negated
    _ = __gmpn_cnd_add_n(
      lacksHighest.bit, shifted.pointer + 1, shifted.pointer + 1, shifted.pointer + 1, divisorCount)
    _ = __gmpn_cnd_add_n(
      lacksHighest.bit, work.pointer + 1, work.pointer + 1, work.pointer + 1, count + 1)

    let (high, low) = (shifted.pointer[divisorCount], shifted.pointer[divisorCount - 1])
    let reciprocal = cryptally_reciprocal(high)
    let quotient = SecretInteger(bitCount: dividend.bitCount) { quotient in
      for place in (0...(count - divisorCount)).reversed() {
        let window = work.pointer + 1 + place
        let estimate = cryptally_quotient(window + divisorCount - 2, high, low, reciprocal)
        let excess = __gmpn_submul_1(window, shifted.pointer + 1, divisorCount, estimate)
        // The estimate may be 1 too large; then the difference is negative.
        let borrow = cryptally_borrow(window[divisorCount], excess)
        _ = __gmpn_cnd_add_n(borrow, window, window, shifted.pointer + 1, divisorCount)
        window[divisorCount] = 0
        quotient[place] = estimate &- borrow
      }
    }
    let remainder = SecretInteger(bitCount: divisor.bitCount) { remainder in
      if shift > 0 {
        _ = __gmpn_rshift(remainder, work.pointer + 1, divisorCount, shift)
      } else {
        remainder.update(from: work.pointer + 1, count: divisorCount)
      }
    }
    withExtendedLifetime((dividend, divisor, work, shifted)) {}
    return (quotient, remainder.halved.selected(if: lacksHighest, otherwise: remainder))
  }
}
