public import BigInteger

extension PrivateKey {
  /// The plaintext in [0, n).
  ///
  /// By CRT, in a time that does not depend on key, ciphertext or plaintext, of a blinded ciphertext. A
  /// calculation that went wrong anywhere would give the primes away together with its result, so every
  /// step is checked and a fault is refused.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)`` before the secret is touched, then only
  ///   ``PaillierError/refused``.
  public func decrypt(_ ciphertext: Ciphertext) throws(PaillierError) -> BigInteger {
    try decrypt([ciphertext])[0]
  }

  /// The plaintexts in [0, n) of ciphertexts, in their order, on all cores: faster than one by one.
  ///
  /// - Throws: as ``decrypt(_:)-(Ciphertext)``; then nothing was decrypted.
  public func decrypt(_ ciphertexts: [Ciphertext]) throws(PaillierError) -> [BigInteger] {
    for ciphertext in ciphertexts { try publicKey.check(ciphertext) }
    let plaintexts = concurrentChunks(of: ciphertexts, count: halfP.modulus.batchCount) {
      decryptChecked($0)
    }
    // One verdict for all, so that it does not tell which.
    guard plaintexts.count == ciphertexts.count,
      plaintexts.reduce(SecretCondition.always, { $0.and($1.isSound) }).isTrue
    else { throw .refused }
    return plaintexts.map { $0.value.declassified() }
  }

  /// The plaintext as a signed number of at most ``PublicKey/maximumSignedMagnitude``.
  ///
  /// - Throws: as ``decrypt(_:)-(Ciphertext)``, and ``PaillierError/overflow``.
  public func decryptSigned(_ ciphertext: Ciphertext) throws(PaillierError) -> BigInteger {
    try publicKey.signed(decrypt(ciphertext))
  }

  /// m and whether every check held, of ciphertexts of this key; fewer when one is no number modulo
  /// n².
  private func decryptChecked(_ ciphertexts: [Ciphertext]) -> [DecryptionHalf.Residue] {
    let square = publicKey.ring.fixedSquaredModulus
    let fixed = ciphertexts.compactMap {
      SecretInteger($0.value, bitCount: square.bitCount)
    }
    let complements = fixed.map { square.subtracting($0).difference }
    return zip(
      halfP.decrypt(fixed, complements: complements),
      halfQ.decrypt(fixed, complements: complements)
    ).map(combined)
  }

  private func combined(
    _ ofP: DecryptionHalf.Residue, _ ofQ: DecryptionHalf.Residue
  ) -> DecryptionHalf.Residue {
    // m = m_p + p · ((m_q − m_p) · p⁻¹ mod q), with q added so that nothing is negative.
    let distance = ofQ.value.adding(q).subtracting(ofP.value.remainder(dividingBy: q)).difference
    let multiple = distance.remainder(dividingBy: q).multiplied(by: inverseOfP)
      .remainder(dividingBy: q)
    let plaintext = p.multiplied(by: multiple).adding(ofP.value)
    return DecryptionHalf.Residue(
      value: plaintext,
      isSound: ofP.isSound.and(ofQ.isSound)
        .and(plaintext.remainder(dividingBy: p).isEqual(to: ofP.value))
        .and(plaintext.remainder(dividingBy: q).isEqual(to: ofQ.value))
        .and(plaintext.isLess(than: publicKey.ring.fixedModulus)))
  }
}
