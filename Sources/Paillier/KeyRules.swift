import BigInteger

/// What the primes of a key must be. Calculated without branches on them; only the verdict shows.
enum KeyRules {
  /// |p − q| must have one of its highest bits among this many.
  private static let distanceBitCount = 100

  /// Whether |p − q| is at least 2^(bits − 100), as FIPS 186-5 has it: n would be easy to factor by
  /// Fermat's method otherwise. For test keys of fewer than 200 bits: whether they differ.
  static func areDistinct(_ p: SecretInteger, _ q: SecretInteger) -> Bool {
    let (forward, isNegative) = p.subtracting(q)
    let (backward, _) = q.subtracting(p)
    let distance = backward.selected(if: isNegative, otherwise: forward)
    let first = p.bitCount >= 2 * distanceBitCount ? p.bitCount - distanceBitCount : 0
    return distance.hasNoBits(from: first).negated.isTrue
  }

  /// Whether the number is odd, has its highest bits set and satisfies 2^(p − 1) ≡ 1 mod p. The test is
  /// for damage, not for primes that somebody chose to deceive the key's owner.
  ///
  /// - Parameter highBitCount: 2 for primes that this package made, 1 for others': their product may
  ///   then be a bit short, which shows in the modulus.
  static func isAdmittedPrime(_ p: SecretInteger, highBitCount: Int) -> Bool {
    let shape = (1...highBitCount).reduce(p.bit(0)) { $0.and(p.bit(p.bitCount - $1)) }
    // The rest divides by p, so its shape is settled before.
    guard shape.isTrue else { return false }
    let (exponent, _) = p.subtracting(SecretInteger.one)
    let power = MontgomeryModulus(secret: p)
      .power(.two, exponent.resized(bitCount: p.bitCount))
    return power.isEqual(to: SecretInteger.one).isTrue
  }

  /// Whether p ≡ q ≡ 3 mod 4 and gcd(p − 1, q − 1) = 2: (p − 1) / 2 and (q − 1) / 2 are then odd and
  /// coprime, so the one has an inverse modulo the other.
  static func fitShortExponents(_ p: SecretInteger, _ q: SecretInteger) -> Bool {
    guard p.bit(1).and(q.bit(1)).isTrue else { return false }
    // p is odd: halving drops the 1 that would be subtracted. One bit narrower, so that the highest
    // limb is not 0.
    let halfP = p.halved.resized(bitCount: p.bitCount - 1)
    let halfQ = q.halved.resized(bitCount: q.bitCount - 1)
    return halfP.remainder(dividingBy: halfQ).inverse(modulo: halfQ).exists.isTrue
  }
}
