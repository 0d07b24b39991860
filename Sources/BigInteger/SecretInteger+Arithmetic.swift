internal import CGMP

extension SecretInteger {
  /// The product, as wide as both together.
  package func multiplied(by other: SecretInteger) -> SecretInteger {
    let (long, short) = limbCount >= other.limbCount ? (self, other) : (other, self)
    let count = long.limbCount + short.limbCount
    let product = LimbBuffer(count: count)
    withScratch(__gmpn_sec_mul_itch(long.limbCount, short.limbCount)) { scratch in
      __gmpn_sec_mul(
        product.pointer, long.pointer, long.limbCount, short.pointer, short.limbCount, scratch)
    }
    withExtendedLifetime((long, short)) {}
    // The widths add up in bits, which may be a limb less than the limbs' sum.
    return SecretInteger(bitCount: bitCount + other.bitCount) { limbs in
      limbs.update(
        from: product.pointer,
        count: min(count, SecretInteger.limbCount(bits: bitCount + other.bitCount)))
    }
  }

  /// The sum, one bit wider than the wider of both.
  package func adding(_ other: SecretInteger) -> SecretInteger {
    let width = max(bitCount, other.bitCount) + 1
    let (a, b) = (resized(bitCount: width), other.resized(bitCount: width))
    return SecretInteger(bitCount: width) { result in
      _ = __gmpn_add_n(result, a.pointer, b.pointer, a.limbCount)
      withExtendedLifetime((a, b)) {}
    }
  }

  /// The difference modulo 2 to the width in limbs of the wider of both, and whether it borrowed,
  /// that is whether `other` is the larger.
  package func subtracting(
    _ other: SecretInteger
  ) -> (difference: SecretInteger, borrowed: SecretCondition) {
    let width = max(bitCount, other.bitCount)
    let (a, b) = (resized(bitCount: width), other.resized(bitCount: width))
    var borrow: UInt = 0
    let difference = SecretInteger(bitCount: a.limbCount * UInt.bitWidth) { result in
      borrow = __gmpn_sub_n(result, a.pointer, b.pointer, a.limbCount)
      withExtendedLifetime((a, b)) {}
    }
    return (difference, SecretCondition(bit: borrow))
  }

  /// The power modulo an odd public `modulus` whose highest limb is not 0. Every bit of the exponent's
  /// width counts as if it were set.
  ///
  /// GMP looks up the modulus's lowest and highest bits in tables: powers modulo a secret are
  /// ``MontgomeryModulus/power(_:_:)``.
  package func power(
    _ exponent: SecretInteger, publicModulus modulus: SecretInteger
  ) -> SecretInteger {
    let count = modulus.limbCount
    return SecretInteger(bitCount: modulus.bitCount) { result in
      let bits = UInt(exponent.bitCount)
      withScratch(__gmpn_sec_powm_itch(limbCount, bits, count)) { scratch in
        __gmpn_sec_powm(
          result, pointer, limbCount, exponent.pointer, bits, modulus.pointer, count, scratch)
      }
      withExtendedLifetime((self, exponent, modulus)) {}
    }
  }

  /// The inverse modulo an odd `modulus` as wide as the number, which is below it, and whether
  /// there is one.
  package func inverse(
    modulo modulus: SecretInteger
  ) -> (inverse: SecretInteger, exists: SecretCondition) {
    let count = modulus.limbCount
    // GMP destroys its argument.
    let work = resized(bitCount: modulus.bitCount).copied()
    var exists: Int32 = 0
    let inverse = SecretInteger(bitCount: modulus.bitCount) { result in
      withScratch(__gmpn_sec_invert_itch(count)) { scratch in
        exists = __gmpn_sec_invert(
          result, work.pointer, modulus.pointer, count, UInt(2 * count * UInt.bitWidth), scratch)
      }
      withExtendedLifetime(modulus) {}
    }
    return (inverse, SecretCondition(bit: exists == 0 ? 0 : 1))
  }

  /// Half the number, rounded down, as wide as it.
  package var halved: SecretInteger {
    SecretInteger(bitCount: bitCount) { result in
      for index in 0..<limbCount {
        let above = index + 1 < limbCount ? pointer[index + 1] << UInt(UInt.bitWidth - 1) : 0
        result[index] = pointer[index] >> 1 | above
      }
      withExtendedLifetime(buffer) {}
    }
  }

  /// The number in another width. The caller knows that it fits: bits beyond it are cut off.
  package func resized(bitCount width: Int) -> SecretInteger {
    if width == bitCount { return self }
    return SecretInteger(bitCount: width) { result in
      result.update(
        from: pointer, count: min(limbCount, SecretInteger.limbCount(bits: width)))
      withExtendedLifetime(buffer) {}
    }
  }

  /// `self` where the condition holds, otherwise `other`; as wide as the wider of both.
  package func selected(
    if condition: SecretCondition, otherwise other: SecretInteger
  ) -> SecretInteger {
    let width = max(bitCount, other.bitCount)
    let (a, b) = (resized(bitCount: width), other.resized(bitCount: width))
    let mask = 0 &- condition.bit
    return SecretInteger(bitCount: width) { result in
      for index in 0..<a.limbCount {
        result[index] = a.pointer[index] & mask | b.pointer[index] & ~mask
      }
      withExtendedLifetime((a, b)) {}
    }
  }

  func copied() -> LimbBuffer {
    let copy = LimbBuffer(count: limbCount)
    copy.pointer.update(from: pointer, count: limbCount)
    withExtendedLifetime(buffer) {}
    return copy
  }

  /// Calls `body` with as many limbs as GMP asks for, which are wiped afterwards.
  func withScratch(_ count: Int, _ body: (UnsafeMutablePointer<UInt>) -> Void) {
    let scratch = LimbBuffer(count: count)
    body(scratch.pointer)
    withExtendedLifetime(scratch) {}
  }
}
