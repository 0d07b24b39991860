import Lattice
import SecureMemory

/// Encrypts with the public key.
public struct Encryptor: Sendable {
  /// The context of the public key.
  public let context: Context
  private let publicKey: PublicKey
  private let pool = PolynomialPool()

  /// An encryptor for the key. It keeps memory for its next encryption.
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
    var small = Samplers.ternary(degree: degree, using: &source)
    var masking = pool.take(basis, Coefficient.self)
    masking.setSmallCoefficients(small)
    small.wipe()
    var mask = masking.takeEvaluation()
    defer {
      mask.wipe()
      pool.giveBack(&mask)
    }
    small = Samplers.centredBinomial(degree: degree, using: &source)
    var noisy = RNSPolynomial<Coefficient>(uninitialized: basis)
    noisy.setSmallCoefficients(small)
    small.wipe()
    var scaled = pool.take(basis, Coefficient.self)
    context.scaleUp(plaintext, into: &scaled, pool: pool)
    noisy.add(scaled)
    scaled.wipe()
    pool.giveBack(&scaled)
    var first = noisy.takeEvaluation()
    first.addProduct(publicKey.first, mask)
    var second = smallPolynomial(
      Samplers.centredBinomial(degree: degree, using: &source), basis: basis)
    second.addProduct(publicKey.second, mask)
    return Ciphertext(parts: [first, second], fingerprint: context.fingerprint)
  }

  /// A fresh encryption of zero.
  public func encryptZero() -> Ciphertext {
    var source = SystemRandomSource()
    return encryptZero(insecureForTesting: &source)
  }

  /// The same from a given source of randomness, for vectors and tests.
  package func encryptZero(
    insecureForTesting source: inout some RandomSource
  ) -> Ciphertext {
    encryptChecked(
      Plaintext(
        coefficients: [UInt64](repeating: 0, count: context.slotCount),
        fingerprint: context.fingerprint),
      using: &source)
  }
}

extension Context {
  /// round(Q·m/t) modulo each prime: with r the centred remainder of Q·m modulo t, Q·m − r is
  /// divisible by t, and Q is 0 modulo each prime, so the quotient is −r·t^-1.
  /// In memory of the pool, over the basis of `level`.
  func scaledUp(
    _ plaintext: Plaintext, level: Int, pool: PolynomialPool
  ) -> RNSPolynomial<Coefficient> {
    // Levels come from existing ciphertexts and contexts, so the basis is there.
    var scaled = pool.take((try? basis(level: level)) ?? topBasis, Coefficient.self)
    scaleUp(plaintext, into: &scaled, pool: pool)
    return scaled
  }

  /// The same over the basis of `scaled`, one of the levels'.
  func scaleUp(
    _ plaintext: Plaintext, into scaled: inout RNSPolynomial<Coefficient>, pool: PolynomialPool
  ) {
    guard let tools = try? tools(level: scaled.basis.count) else { return }
    scaled.setCentredLift(
      of: plaintext.coefficients, times: tools.productModuloPlaintext,
      modulo: plaintextPlan.modulus, pool: pool)
    scaled.multiply(byConstants: tools.negativeInversePlaintextModulus)
  }
}
