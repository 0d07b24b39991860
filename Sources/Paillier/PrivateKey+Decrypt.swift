public import BigInteger

extension PrivateKey {
  /// The plaintext in [0, n).
  ///
  /// By CRT, in a time that does not depend on key, ciphertext or plaintext. A calculation that went
  /// wrong anywhere would give the primes away together with its result, so every step is checked and
  /// a fault is refused.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)`` before the secret is touched, then only
  ///   ``PaillierError/refused``.
  public func decrypt(_ ciphertext: Ciphertext) throws(PaillierError) -> BigInteger {
    try publicKey.check(ciphertext)
    let square = publicKey.ring.fixedSquaredModulus
    guard let fixed = SecretInteger(ciphertext.value, bitCount: square.bitCount) else {
      throw .refused
    }
    let complement = square.subtracting(fixed).difference
    let (residueP, isSoundP) = halfP.decrypt(fixed, complement: complement)
    let (residueQ, isSoundQ) = halfQ.decrypt(fixed, complement: complement)

    // m = m_p + p · ((m_q − m_p) · p⁻¹ mod q), with q added so that nothing is negative.
    let distance = residueQ.adding(q).subtracting(residueP.remainder(dividingBy: q)).difference
    let multiple = distance.remainder(dividingBy: q).multiplied(by: inverseOfP)
      .remainder(dividingBy: q)
    let plaintext = p.multiplied(by: multiple).adding(residueP)

    let isSound = isSoundP.and(isSoundQ)
      .and(plaintext.remainder(dividingBy: p).isEqual(to: residueP))
      .and(plaintext.remainder(dividingBy: q).isEqual(to: residueQ))
      .and(plaintext.isLess(than: publicKey.ring.fixedModulus))
    guard isSound.isTrue else { throw .refused }
    return plaintext.declassified()
  }

  /// The plaintext as a signed number of at most ``PublicKey/maximumSignedMagnitude``.
  ///
  /// - Throws: as ``decrypt(_:)``, and ``PaillierError/overflow``.
  public func decryptSigned(_ ciphertext: Ciphertext) throws(PaillierError) -> BigInteger {
    try publicKey.signed(decrypt(ciphertext))
  }
}
