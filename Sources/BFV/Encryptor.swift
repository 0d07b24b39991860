import Lattice
import SecureMemory

/// Encrypts with the public key.
public struct Encryptor: Sendable {
  /// The context of the public key.
  public let context: Context
  private let publicKey: PublicKey

  /// An encryptor for the key.
  public init(_ publicKey: PublicKey) {
    self.publicKey = publicKey
    context = publicKey.context
  }

  /// (b·u + e0 + round(Q·m/t), a·u + e1) with a ternary u (Fan and Vercauteren 2012; the plaintext is
  /// scaled by rounding as in Kim, Polyakov, Zucca 2021).
  ///
  /// - Throws: `EvaluationError.parameterMismatch`.
  public func encrypt(_ plaintext: Plaintext) throws(EvaluationError) -> Ciphertext {
    var source = SystemRandomSource()
    return try encrypt(plaintext, insecureForTesting: &source)
  }

  /// The same from a given source of randomness, for vectors and tests.
  package func encrypt(
    _ plaintext: Plaintext, insecureForTesting source: inout some RandomSource
  ) throws(EvaluationError) -> Ciphertext {
    try context.check(plaintext)
    return encryptChecked(plaintext, using: &source)
  }

  private func encryptChecked(
    _ plaintext: Plaintext, using source: inout some RandomSource
  ) -> Ciphertext {
    let basis = context.topBasis
    let degree = basis.degree
    var mask = smallPolynomial(Samplers.ternary(degree: degree, using: &source), basis: basis)
    defer { mask.wipe() }
    var small = Samplers.centredBinomial(degree: degree, using: &source)
    var noisy = RNSPolynomial<Coefficient>(basis: basis, smallCoefficients: small)
    small.wipe()
    noisy.add(context.scaledUp(plaintext, level: basis.count))
    var first = noisy.evaluation()
    first.addProduct(publicKey.first, mask)
    var second = smallPolynomial(
      Samplers.centredBinomial(degree: degree, using: &source), basis: basis)
    second.addProduct(publicKey.second, mask)
    return Ciphertext(parts: [first, second], fingerprint: context.fingerprint)
  }

  /// A fresh encryption of zero.
  public func encryptZero() -> Ciphertext {
    var source = SystemRandomSource()
    return encryptChecked(
      Plaintext(
        coefficients: [UInt64](repeating: 0, count: context.slotCount),
        fingerprint: context.fingerprint),
      using: &source)
  }
}

extension Context {
  /// round(Q·m/t) modulo each prime: with r the centred remainder of Q·m modulo t, Q·m − r is
  /// divisible by t, and Q is 0 modulo each prime, so the quotient is −r·t^-1.
  func scaledUp(_ plaintext: Plaintext, level: Int) -> RNSPolynomial<Coefficient> {
    // Levels come from existing ciphertexts and contexts, so the tools are there.
    guard let tools = try? tools(level: level) else {
      return RNSPolynomial(basis: topBasis)
    }
    return plaintext.scaledUp(tools, plaintextModulus: plaintextPlan.modulus)
  }
}

extension Plaintext {
  fileprivate func scaledUp(
    _ tools: LevelTools, plaintextModulus: Modulus
  ) -> RNSPolynomial<Coefficient> {
    var remainder = coefficients
    var span = remainder.mutableSpan
    Kernels.multiplyConstant(
      &span, tools.productModuloPlaintext, modulus: plaintextModulus)
    var lifted = RNSPolynomial<Coefficient>(
      centredLiftOf: remainder, modulo: plaintextModulus, basis: tools.basis)
    lifted.multiply(byConstants: tools.negativeInversePlaintextModulus)
    remainder.wipe()
    return lifted
  }
}
