import BigInteger

/// Decryption modulo the square of one prime p of the key n = p · q.
///
/// u = c^(p − 1) mod p² is 1 modulo p, and m mod p = L(u) · h mod p with L(u) = (u − 1) / p and
/// h = L((1 + n)^(p − 1) mod p²)⁻¹ = (−q)⁻¹ mod p.
struct DecryptionHalf: Sendable {
  private let prime: SecretInteger
  /// q mod p.
  private let cofactor: SecretInteger
  private let squaredPrime: SecretInteger
  /// p − 1.
  private let exponent: SecretInteger
  /// h.
  private let coefficient: SecretInteger

  /// Nil when q has no inverse modulo p. Both primes have their highest bit set.
  init?(prime: SecretInteger, cofactor: SecretInteger) {
    let reduced = cofactor.remainder(dividingBy: prime)
    let (coefficient, exists) =
      prime.subtracting(reduced).difference
      .resized(bitCount: prime.bitCount).inverse(modulo: prime)
    guard exists.isTrue else { return nil }
    self.init(
      prime: prime, cofactor: reduced, squaredPrime: prime.multiplied(by: prime),
      exponent: prime.subtracting(SecretInteger.one).difference.resized(bitCount: prime.bitCount),
      coefficient: coefficient)
  }

  private init(
    prime: SecretInteger, cofactor: SecretInteger, squaredPrime: SecretInteger,
    exponent: SecretInteger, coefficient: SecretInteger
  ) {
    self.prime = prime
    self.cofactor = cofactor
    self.squaredPrime = squaredPrime
    self.exponent = exponent
    self.coefficient = coefficient
  }

  /// m mod p, and whether every check held.
  ///
  /// - Parameters:
  ///   - ciphertext: c in (0, n²), a unit.
  ///   - complement: n² − c.
  func decrypt(
    _ ciphertext: SecretInteger, complement: SecretInteger
  ) -> (residue: SecretInteger, isSound: SecretCondition) {
    // The base is reduced twice, from c and from −c: a fault in one does not fit the other.
    let base = ciphertext.remainder(dividingBy: squaredPrime)
    let opposite = complement.remainder(dividingBy: squaredPrime)
    let isReduced = base.adding(opposite).isEqual(to: squaredPrime)

    let power = base.power(exponent, modulo: squaredPrime)
    let (quotient, remainder) = power.quotientAndRemainder(dividingBy: prime)
    let isPower = remainder.isEqual(to: SecretInteger.one)

    let logarithm = quotient.resized(bitCount: prime.bitCount)
    let residue = logarithm.multiplied(by: coefficient).remainder(dividingBy: prime)
    // m · (−q) ≡ L(u), so m · q + L(u) is a multiple of p.
    let isLogarithm = residue.multiplied(by: cofactor).adding(logarithm)
      .remainder(dividingBy: prime).isZero
    return (residue, isReduced.and(isPower).and(isLogarithm))
  }

  /// A copy with the low bit of one part flipped.
  func withFaultInsecureForTesting(_ fault: KeyFault) -> DecryptionHalf {
    DecryptionHalf(
      prime: prime, cofactor: cofactor,
      squaredPrime: fault == .squaredPrime
        ? squaredPrime.flippingBitInsecureForTesting(1) : squaredPrime,
      exponent: fault == .exponent ? exponent.flippingBitInsecureForTesting(1) : exponent,
      coefficient: fault == .coefficient
        ? coefficient.flippingBitInsecureForTesting(1) : coefficient)
  }
}
