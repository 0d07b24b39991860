public import BigInteger

extension PublicKey {
  /// The largest magnitude of a signed number: ⌊n / 3⌋ − 1, as in python-paillier.
  ///
  /// The middle third of [0, n) has no meaning. A sum of two signed numbers that is too large for the
  /// key lands there, so it is noticed and not taken for a number of the other sign.
  public var maximumSignedMagnitude: BigInteger {
    (modulus.quotientAndRemainder(dividingBy: 3)?.quotient ?? 0) - 1
  }

  /// The plaintext of a signed number: itself, or n more when it is negative. The time depends on the
  /// number; that of ``Encryptor/encrypt(signed:)`` does not.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` unless |value| is at most
  ///   ``maximumSignedMagnitude``.
  public func plaintext(signed value: BigInteger) throws(PaillierError) -> BigInteger {
    let magnitude = value.signum < 0 ? -value : value
    guard magnitude <= maximumSignedMagnitude else { throw .plaintextOutOfRange(index: 0) }
    return value.signum < 0 ? value + modulus : value
  }

  /// The signed number of a plaintext: itself in the lowest third of [0, n), n less in the highest.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` unless the plaintext is in [0, n), and
  ///   ``PaillierError/overflow`` in the middle third.
  public func signed(_ plaintext: BigInteger) throws(PaillierError) -> BigInteger {
    guard plaintext.signum >= 0, plaintext < modulus else { throw .plaintextOutOfRange(index: 0) }
    let maximum = maximumSignedMagnitude
    if plaintext <= maximum { return plaintext }
    guard modulus - plaintext <= maximum else { throw .overflow }
    return plaintext - modulus
  }

  /// ``plaintext(signed:)`` in the fixed width of the modulus, without a branch on number or sign.
  func fixedWidth(signed value: BigInteger) throws(PaillierError) -> SecretInteger {
    guard let magnitude = SecretInteger(magnitudeOf: value, bitCount: bitCount),
      let maximum = SecretInteger(maximumSignedMagnitude, bitCount: bitCount),
      maximum.isLess(than: magnitude).negated.isTrue
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
