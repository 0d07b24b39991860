public import BigInteger

extension PublicKey {
  /// The plaintext of a signed number: itself, or n more when it is negative. The time depends on the
  /// number; that of ``Encryptor/encrypt(signed:)`` does not.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` unless |value| < n / 2.
  public func plaintext(signed value: BigInteger) throws(PaillierError) -> BigInteger {
    let magnitude = value.signum < 0 ? -value : value
    guard magnitude + magnitude < modulus else { throw .plaintextOutOfRange(index: 0) }
    return value.signum < 0 ? value + modulus : value
  }

  /// The signed number of a plaintext: itself below n / 2, otherwise n less.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` unless the plaintext is in [0, n).
  public func signed(_ plaintext: BigInteger) throws(PaillierError) -> BigInteger {
    guard plaintext.signum >= 0, plaintext < modulus else { throw .plaintextOutOfRange(index: 0) }
    return plaintext + plaintext < modulus ? plaintext : plaintext - modulus
  }

  /// ``plaintext(signed:)`` in the fixed width of the modulus, without a branch on number or sign.
  func fixedWidth(signed value: BigInteger) throws(PaillierError) -> SecretInteger {
    guard let magnitude = SecretInteger(magnitudeOf: value, bitCount: bitCount),
      magnitude.adding(magnitude).isLess(than: ring.fixedModulus).isTrue
    else { throw .plaintextOutOfRange(index: 0) }
    return ring.fixedModulus.subtracting(magnitude).difference
      .selected(if: SecretCondition(isNegative: value), otherwise: magnitude)
      .resized(bitCount: bitCount)
  }

  /// The plaintext in the fixed width of the modulus, if it is in [0, n).
  func fixedWidth(
    _ plaintext: BigInteger, index: Int
  ) throws(PaillierError) -> SecretInteger {
    guard let fixed = SecretInteger(plaintext, bitCount: bitCount),
      fixed.isLess(than: ring.fixedModulus).isTrue
    else { throw .plaintextOutOfRange(index: index) }
    return fixed
  }
}
