import BigInteger

/// A Paillier private key: the primes p and q, and what decryption by CRT calculates from them once.
///
/// All of it is in memory that is wiped when the key is released; it has no description.
public final class PrivateKey: Sendable {
  /// The public key that belongs to it.
  public let publicKey: PublicKey

  let p: SecretInteger
  let q: SecretInteger
  let halfP: DecryptionHalf
  let halfQ: DecryptionHalf
  /// p⁻¹ mod q.
  let inverseOfP: SecretInteger

  /// What errors call a key that comes from no file.
  static let ownSource = "private key"

  /// Checks the primes and calculates the rest.
  ///
  /// gcd(n, φ(n)) = 1 needs no check of its own: p divides (p − 1)(q − 1) only if it divides q − 1,
  /// and an odd q − 1 = p is the only multiple of p of its size.
  ///
  /// - Throws: ``PaillierError/invalidPrivateKey(source:)`` unless p and q have half the modulus's bits each,
  ///   their highest bit set, lie apart and pass a Fermat test, and for keys with short exponents have
  ///   their two highest bits set and are 3 modulo 4 with gcd(p − 1, q − 1) = 2.
  init(
    p: SecretInteger, q: SecretInteger, supportsShortExponents: Bool, isInsecureForTesting: Bool,
    source: String = PrivateKey.ownSource
  ) throws(PaillierError) {
    let bitCount = p.bitCount
    let highBitCount = supportsShortExponents ? 2 : 1
    guard p.bitCount == q.bitCount, bitCount >= 32,
      KeyRules.areDistinct(p, q),
      [p, q].allSatisfy({ KeyRules.isAdmittedPrime($0, highBitCount: highBitCount) }),
      !supportsShortExponents || KeyRules.fitShortExponents(p, q)
    else { throw .invalidPrivateKey(source: source) }

    let modulus = p.multiplied(by: q).declassified()
    publicKey =
      isInsecureForTesting
      ? try PublicKey(
        insecureForTesting: modulus, supportsShortExponents: supportsShortExponents)
      : try PublicKey(modulus: modulus, supportsShortExponents: supportsShortExponents)

    let (inverseOfP, hasInverse) = p.remainder(dividingBy: q).inverse(modulo: q)
    guard hasInverse.isTrue, let halfP = DecryptionHalf(prime: p, cofactor: q),
      let halfQ = DecryptionHalf(prime: q, cofactor: p)
    else { throw .invalidPrivateKey(source: source) }
    self.p = p
    self.q = q
    self.inverseOfP = inverseOfP
    self.halfP = halfP
    self.halfQ = halfQ
  }

  /// A key of given primes, of any size from 32 bits each.
  package convenience init(
    insecureForTesting p: BigInteger, _ q: BigInteger, supportsShortExponents: Bool
  ) throws(PaillierError) {
    guard let fixedP = SecretInteger(p, bitCount: p.bitCount),
      let fixedQ = SecretInteger(q, bitCount: q.bitCount)
    else { throw .invalidPrivateKey(source: PrivateKey.ownSource) }
    try self.init(
      p: fixedP, q: fixedQ, supportsShortExponents: supportsShortExponents,
      isInsecureForTesting: true)
  }

  /// The parts as they are, for keys with a fault on purpose.
  private init(
    faultyInsecureForTesting key: PrivateKey, halfP: DecryptionHalf, inverseOfP: SecretInteger
  ) {
    publicKey = key.publicKey
    p = key.p
    q = key.q
    halfQ = key.halfQ
    self.halfP = halfP
    self.inverseOfP = inverseOfP
  }

  /// Numbers modulo n² from those modulo p² and q². Nil for a faulty key.
  func combination() -> ResidueCombination? {
    ResidueCombination(
      halfP.modulus, halfQ.modulus, bitCount: publicKey.ring.squaredModulus.bitCount)
  }

  /// A copy with one bit of one calculated part flipped: what a fault in memory would leave.
  package func withFaultInsecureForTesting(_ fault: KeyFault) -> PrivateKey {
    switch fault {
    case .inverseOfP:
      PrivateKey(
        faultyInsecureForTesting: self, halfP: halfP,
        inverseOfP: inverseOfP.flippingBitInsecureForTesting(1))
    case .exponent, .squaredPrime, .coefficient:
      PrivateKey(
        faultyInsecureForTesting: self, halfP: halfP.withFaultInsecureForTesting(fault),
        inverseOfP: inverseOfP)
    }
  }
}

/// The part of a private key that a test puts a fault into.
package enum KeyFault: CaseIterable, Sendable {
  case exponent
  case squaredPrime
  case coefficient
  case inverseOfP
}
