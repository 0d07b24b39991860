internal import CGMP

extension BigInteger {
  /// The greatest common divisor, which is not negative.
  public func greatestCommonDivisor(with other: BigInteger) -> BigInteger {
    withExtendedLifetime((self, other)) {
      BigInteger.make(bitCapacity: max(bitCount, other.bitCount)) {
        __gmpz_gcd($0, pointer, other.pointer)
      }
    }
  }

  /// The inverse in [0, modulus); nil when there is none or the modulus is not positive.
  public func inverse(modulo modulus: BigInteger) -> BigInteger? {
    guard modulus.signum > 0 else { return nil }
    var exists = false
    let result = withExtendedLifetime((self, modulus)) {
      BigInteger.make(bitCapacity: modulus.bitCount + 64) {
        exists = __gmpz_invert($0, pointer, modulus.pointer) != 0
      }
    }
    return exists ? result : nil
  }

  /// The power modulo a positive `modulus`, in [0, modulus), for a public base and exponent: the
  /// time depends on both. Nil for a negative exponent or a modulus that is not positive.
  public func power(
    variableTime exponent: BigInteger, modulo modulus: BigInteger
  ) -> BigInteger? {
    guard modulus.signum > 0, exponent.signum >= 0 else { return nil }
    return withExtendedLifetime((self, exponent, modulus)) {
      BigInteger.make(bitCapacity: modulus.bitCount + 64) {
        __gmpz_powm($0, pointer, exponent.pointer, modulus.pointer)
      }
    }
  }

  /// True when the number passes trial division, the Baillie-PSW test and 16 further Miller-Rabin
  /// rounds. A composite number that was drawn at random passes with a probability far below
  /// 2^-128. Not for numbers that somebody else chose. Takes a time that depends on the number.
  package var isProbablePrime: Bool {
    // Of the rounds that are asked for, GMP takes the first 24 as done by Baillie-PSW.
    withExtendedLifetime(self) { __gmpz_probab_prime_p(pointer, 24 + 16) > 0 }
  }

  /// True when the number is a^b for some b > 1. Takes a time that depends on the number.
  package var isPerfectPower: Bool {
    withExtendedLifetime(self) { __gmpz_perfect_power_p(pointer) != 0 }
  }

  /// The product of all primes up to `limit`.
  package static func primorial(_ limit: UInt) -> BigInteger {
    BigInteger.make(bitCapacity: 2 * Int(limit) + 64) { __gmpz_primorial_ui($0, limit) }
  }
}
