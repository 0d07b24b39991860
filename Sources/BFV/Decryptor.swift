import Lattice
import SecureMemory

/// Decrypts with the secret key, without a branch or an index that depends on a secret.
public struct Decryptor: Sendable {
  let secretKey: SecretKey
  let pool = PolynomialPool()

  /// A decryptor with the key. It keeps memory, wiped, for its next decryption.
  public init(_ secretKey: SecretKey) { self.secretKey = secretKey }

  /// round(t·c(s)/Q) modulo t, coefficient by coefficient.
  ///
  /// - Throws: `EvaluationError.parameterMismatch`, `.unexpectedPartCount`.
  public func decrypt(_ ciphertext: Ciphertext) throws(EvaluationError) -> Plaintext {
    let context = secretKey.context
    var phase = try phase(of: ciphertext)
    defer { discard(&phase) }
    var digits = pool.take(phase.basis, Coefficient.self)
    defer { discard(&digits) }
    let tools = try context.tools(level: ciphertext.level)
    tools.toPlaintext.writeDigits(of: phase, into: &digits)
    return Plaintext(
      coefficients: context.scaledDown(digits: digits, tools), fingerprint: context.fingerprint)
  }

  /// c0 + c1·s + c2·s².
  func phase(of ciphertext: Ciphertext) throws(EvaluationError) -> RNSPolynomial<Evaluation> {
    let context = secretKey.context
    try context.check(ciphertext)
    var phase = pool.take(try context.basis(level: ciphertext.level), Evaluation.self)
    // Horner's rule from the last part down.
    let parts = ciphertext.parts
    secretKey.withPolynomial { secret in
      phase.setProduct(parts[parts.count - 1], secret)
      for part in parts.dropFirst().dropLast().reversed() {
        phase.add(part)
        phase.multiply(secret)
      }
    }
    phase.add(parts[0])
    return phase
  }

  /// Wipes a polynomial and keeps its memory.
  func discard<Form>(_ polynomial: inout RNSPolynomial<Form>) {
    polynomial.wipe()
    pool.giveBack(&polynomial)
  }

  /// log2 of the largest noise coefficient of a ciphertext, measured against what it decrypts to; a
  /// diagnostic for tests and parameter studies. Never show it to whoever sent the ciphertext: it is an
  /// oracle on the secret.
  package func measuredNoise(of ciphertext: Ciphertext) throws(EvaluationError) -> Double {
    try measuredNoise(of: ciphertext, encrypting: decrypt(ciphertext))
  }

  /// The same against the plaintext that the ciphertext should hold: it shows noise, too, that has
  /// grown beyond what decrypts.
  package func measuredNoise(
    of ciphertext: Ciphertext, encrypting message: Plaintext
  ) throws(EvaluationError) -> Double {
    let context = secretKey.context
    try context.check(message)
    var noise = try phase(of: ciphertext).coefficients()
    defer { discard(&noise) }
    var scaled = context.scaledUp(message, level: ciphertext.level, pool: pool)
    defer { discard(&scaled) }
    noise.subtract(scaled)
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
  /// centred remainder, taken to t by a base conversion from the digits of t·x.
  func scaledDown(
    digits: RNSPolynomial<Coefficient>, _ tools: LevelTools
  ) -> [UInt64] {
    var messages = [UInt64](unsafeUninitializedCapacity: digits.degree) { $1 = digits.degree }
    var span = messages.mutableSpan
    tools.toPlaintext.convert(digits: digits, into: &span)
    return messages
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
