internal import CGMP

extension BigInteger {
  /// The number without its sign.
  package var magnitude: BigInteger { signum < 0 ? -self : self }

  /// The number multiplied by itself, `exponent` factors in all; 1 for an exponent of 0 or less.
  ///
  /// The result has about `exponent` times as many bits: the caller bounds them.
  package func raised(to exponent: Int) -> BigInteger {
    guard exponent > 0 else { return 1 }
    return withExtendedLifetime(self) {
      BigInteger.make(bitCapacity: 64) { __gmpz_pow_ui($0, pointer, UInt(exponent)) }
    }
  }

  /// The largest number whose square is not above this one; nil for a negative one.
  package var squareRoot: BigInteger? {
    guard signum >= 0 else { return nil }
    return withExtendedLifetime(self) {
      BigInteger.make(bitCapacity: bitCount / 2 + 1) { __gmpz_sqrt($0, pointer) }
    }
  }
}
