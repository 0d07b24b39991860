internal import CGMP

extension BigInteger {
  /// The sum.
  public static func + (a: BigInteger, b: BigInteger) -> BigInteger {
    withExtendedLifetime((a, b)) {
      make(bitCapacity: max(a.bitCount, b.bitCount) + 1) { __gmpz_add($0, a.pointer, b.pointer) }
    }
  }

  /// The difference.
  public static func - (a: BigInteger, b: BigInteger) -> BigInteger {
    withExtendedLifetime((a, b)) {
      make(bitCapacity: max(a.bitCount, b.bitCount) + 1) { __gmpz_sub($0, a.pointer, b.pointer) }
    }
  }

  /// The product.
  public static func * (a: BigInteger, b: BigInteger) -> BigInteger {
    withExtendedLifetime((a, b)) {
      make(bitCapacity: a.bitCount + b.bitCount) { __gmpz_mul($0, a.pointer, b.pointer) }
    }
  }

  /// The number of the opposite sign.
  public static prefix func - (a: BigInteger) -> BigInteger {
    withExtendedLifetime(a) { make(bitCapacity: a.bitCount) { __gmpz_neg($0, a.pointer) } }
  }

  /// Adds `b`.
  public static func += (a: inout BigInteger, b: BigInteger) {
    a.update { __gmpz_add($0, $0, b.pointer) }
    withExtendedLifetime(b) {}
  }

  /// Subtracts `b`.
  public static func -= (a: inout BigInteger, b: BigInteger) {
    a.update { __gmpz_sub($0, $0, b.pointer) }
    withExtendedLifetime(b) {}
  }

  /// Multiplies by `b`.
  public static func *= (a: inout BigInteger, b: BigInteger) { a = a * b }

  /// The number times 2 to the power of `bits`; a negative count shifts the other way.
  public static func << (a: BigInteger, bits: Int) -> BigInteger {
    bits < 0
      ? a >> bits.magnitudeAsInt
      : withExtendedLifetime(a) {
        make(bitCapacity: a.bitCount + bits) { __gmpz_mul_2exp($0, a.pointer, UInt(bits)) }
      }
  }

  /// The number divided by 2 to the power of `bits`, rounded towards negative infinity.
  public static func >> (a: BigInteger, bits: Int) -> BigInteger {
    bits < 0
      ? a << bits.magnitudeAsInt
      : withExtendedLifetime(a) {
        make(bitCapacity: a.bitCount) { __gmpz_fdiv_q_2exp($0, a.pointer, UInt(bits)) }
      }
  }

  /// The number modulo 2 to the power of `bits`, which is not negative.
  public func lowBits(_ bits: Int) -> BigInteger {
    withExtendedLifetime(self) {
      BigInteger.make(bitCapacity: bits) { __gmpz_fdiv_r_2exp($0, pointer, UInt(max(0, bits))) }
    }
  }

  /// The remainder in [0, modulus); nil unless the modulus is positive.
  public func reduced(modulo modulus: BigInteger) -> BigInteger? {
    guard modulus.signum > 0 else { return nil }
    return withExtendedLifetime((self, modulus)) {
      BigInteger.make(bitCapacity: modulus.bitCount + 64) {
        __gmpz_fdiv_r($0, pointer, modulus.pointer)
      }
    }
  }

  /// Quotient and remainder of the division rounded towards negative infinity; nil unless the
  /// divisor is positive.
  public func quotientAndRemainder(
    dividingBy divisor: BigInteger
  ) -> (quotient: BigInteger, remainder: BigInteger)? {
    guard divisor.signum > 0 else { return nil }
    var (quotient, remainder) = (BigInteger(), BigInteger())
    withExtendedLifetime((self, divisor)) {
      quotient.update { q in
        remainder.update { r in __gmpz_fdiv_qr(q, r, pointer, divisor.pointer) }
      }
    }
    return (quotient, remainder)
  }

  /// Changes the number in place, in limbs that no other copy shares.
  private mutating func update(_ body: (UnsafeMutablePointer<__mpz_struct>) -> Void) {
    if !isKnownUniquelyReferenced(&storage) {
      let original = self
      storage = Storage(bitCapacity: original.bitCount + 64)
      withExtendedLifetime(original) { __gmpz_set(storage.pointer, original.pointer) }
    }
    body(storage.pointer)
  }
}

extension Int {
  /// The magnitude; `Int.max` for `Int.min`.
  fileprivate var magnitudeAsInt: Int { Int(clamping: magnitude) }
}
