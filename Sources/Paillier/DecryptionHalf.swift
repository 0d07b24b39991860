import BigInteger

/// Decryption modulo the square of one prime p of the key n = p · q.
///
/// u = c^(p − 1) mod p² is 1 modulo p, and m mod p = L(u) · h mod p with L(u) = (u − 1) / p and
/// h = L((1 + n)^(p − 1) mod p²)⁻¹ = (−q)⁻¹ mod p.
struct DecryptionHalf: Sendable {
  let modulus: SquareModulus
  private let blinding: Blinding
  /// q mod p.
  private let cofactor: SecretInteger
  /// p², apart from that of `modulus`: a fault in one does not fit the other.
  private let squaredPrime: SecretInteger
  /// p − 1.
  private let exponent: SecretInteger
  /// h.
  private let coefficient: SecretInteger

  private var prime: SecretInteger { modulus.root }

  /// Nil when q has no inverse modulo p. Both primes have their highest bit set.
  init?(prime: SecretInteger, cofactor: SecretInteger) {
    let reduced = cofactor.remainder(dividingBy: prime)
    let (coefficient, exists) =
      prime.subtracting(reduced).difference
      .resized(bitCount: prime.bitCount).inverse(modulo: prime)
    guard exists.isTrue else { return nil }
    self.init(
      modulus: SquareModulus(secret: prime), cofactor: reduced,
      squaredPrime: prime.multiplied(by: prime),
      exponent: prime.subtracting(SecretInteger.one).difference.resized(bitCount: prime.bitCount),
      coefficient: coefficient)
  }

  private init(
    modulus: SquareModulus, cofactor: SecretInteger, squaredPrime: SecretInteger,
    exponent: SecretInteger, coefficient: SecretInteger
  ) {
    self.modulus = modulus
    blinding = Blinding(modulus: modulus)
    self.cofactor = cofactor
    self.squaredPrime = squaredPrime
    self.exponent = exponent
    self.coefficient = coefficient
  }

  /// What decryption modulo one prime found.
  struct Residue: Sendable {
    /// m mod p.
    let value: SecretInteger
    /// Whether every check held.
    let isSound: SecretCondition
  }

  /// m mod p of each ciphertext.
  ///
  /// - Parameters:
  ///   - ciphertexts: c in (0, n²), units.
  ///   - complements: n² − c of each.
  func decrypt(
    _ ciphertexts: [SecretInteger], complements: [SecretInteger]
  ) -> [Residue] {
    // The bases are reduced twice, from c and from −c: a fault in one does not fit the other.
    let bases = ciphertexts.map { $0.remainder(dividingBy: squaredPrime) }
    let areReduced = zip(bases, complements).map { base, complement in
      base.adding(complement.remainder(dividingBy: squaredPrime)).isEqual(to: squaredPrime)
    }
    let powers = modulus.powers(of: blinding.blinded(bases), exponent)
    return zip(powers, areReduced).map { power, isReduced in
      residue(of: power, isReduced: isReduced)
    }
  }

  private func residue(of power: SecretInteger, isReduced: SecretCondition) -> Residue {
    let (quotient, remainder) = power.quotientAndRemainder(dividingBy: prime)
    let isPower = remainder.isEqual(to: SecretInteger.one)

    let logarithm = quotient.resized(bitCount: prime.bitCount)
    let value = logarithm.multiplied(by: coefficient).remainder(dividingBy: prime)
    // m · (−q) ≡ L(u), so m · q + L(u) is a multiple of p.
    let isLogarithm = value.multiplied(by: cofactor).adding(logarithm)
      .remainder(dividingBy: prime).isZero
    return Residue(value: value, isSound: isReduced.and(isPower).and(isLogarithm))
  }

  /// A copy with the low bit of one part flipped.
  func withFaultInsecureForTesting(_ fault: KeyFault) -> DecryptionHalf {
    DecryptionHalf(
      modulus: modulus, cofactor: cofactor,
      squaredPrime: fault == .squaredPrime
        ? squaredPrime.flippingBitInsecureForTesting(1) : squaredPrime,
      exponent: fault == .exponent ? exponent.flippingBitInsecureForTesting(1) : exponent,
      coefficient: fault == .coefficient
        ? coefficient.flippingBitInsecureForTesting(1) : coefficient)
  }
}
