import Lattice
import SecureMemory

/// Decrypts with the secret key, without a branch or an index that depends on a secret.
public struct Decryptor: Sendable {
  let secretKey: SecretKey

  /// A decryptor with the key.
  public init(_ secretKey: SecretKey) { self.secretKey = secretKey }

  /// round(t·c(s)/Q) modulo t, coefficient by coefficient.
  ///
  /// - Throws: `EvaluationError.parameterMismatch`, `.unexpectedPartCount`.
  public func decrypt(_ ciphertext: Ciphertext) throws(EvaluationError) -> Plaintext {
    let context = secretKey.context
    var phase = try phase(of: ciphertext)
    defer { phase.wipe() }
    return Plaintext(
      coefficients: context.scaledDown(
        &phase, try context.tools(level: ciphertext.level)),
      fingerprint: context.fingerprint)
  }

  /// c0 + c1·s + c2·s² in coefficients.
  func phase(of ciphertext: Ciphertext) throws(EvaluationError) -> RNSPolynomial<Coefficient> {
    let context = secretKey.context
    try context.check(ciphertext)
    let basis = try context.basis(level: ciphertext.level)
    return secretKey.withPolynomial(over: basis) { secret in
      // Horner's rule from the last part down.
      var phase = ciphertext.parts[ciphertext.partCount - 1]
      for part in ciphertext.parts.dropLast().reversed() {
        phase.multiply(secret)
        phase.add(part)
      }
      return phase.coefficients()
    }
  }

  /// log2 of the largest noise coefficient of a ciphertext, measured; a diagnostic for tests and
  /// parameter studies. Never show it to whoever sent the ciphertext: it is an oracle on the secret.
  package func measuredNoise(of ciphertext: Ciphertext) throws(EvaluationError) -> Double {
    let context = secretKey.context
    let message = try decrypt(ciphertext)
    var noise = try phase(of: ciphertext)
    noise.subtract(context.scaledUp(message, level: ciphertext.level))
    return noise.log2LargestCoefficient()
  }
}

extension Context {
  func check(_ plaintext: Plaintext) throws(EvaluationError) {
    guard plaintext.fingerprint == fingerprint else {
      throw .parameterMismatch(expected: fingerprint, found: plaintext.fingerprint)
    }
  }

  /// round(t·x/Q) modulo t for each coefficient x: −[t·x]_Q · Q^-1 modulo t, where [·]_Q is the
  /// centred remainder, taken to t by a base conversion. It leaves the digits of t·x in `x`.
  func scaledDown(_ x: inout RNSPolynomial<Coefficient>, _ tools: LevelTools) -> [UInt64] {
    var remainders = tools.toPlaintext.convert(&x, times: parameters.plaintextModulus)
    var span = remainders.mutableSpan
    Kernels.multiplyConstant(
      &span, tools.negativeInverseProduct, modulus: plaintextPlan.modulus)
    return remainders
  }

  func check(_ ciphertext: Ciphertext) throws(EvaluationError) {
    guard ciphertext.fingerprint == fingerprint else {
      throw .parameterMismatch(expected: fingerprint, found: ciphertext.fingerprint)
    }
    guard (2...3).contains(ciphertext.partCount) else {
      throw .unexpectedPartCount(expected: 2, found: ciphertext.partCount)
    }
  }
}
