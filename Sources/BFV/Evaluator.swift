import Lattice
import SecureMemory

/// Computes on ciphertexts, with public material only.
///
/// Operations on the same kinds of operands are grouped by file: `Evaluator+Multiply`,
/// `Evaluator+Rotate`, `Evaluator+SlotSum`, `Evaluator+ModulusSwitch`, `Evaluator+Totals`,
/// `Evaluator+Sum`. They are deterministic.
///
/// An evaluator keeps the memory of intermediate results for the next operation, so keep the evaluator
/// too: once warm, operations in place allocate nothing, but for the sum with a plaintext. It is safe to
/// share between threads.
public struct Evaluator: Sendable {
  /// The context that all operands must share.
  public let context: Context
  let pool = PolynomialPool()

  /// An evaluator for ciphertexts of the context.
  public init(_ context: Context) { self.context = context }

  /// a += b.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`.
  public func add(_ b: Ciphertext, to a: inout Ciphertext) throws(EvaluationError) {
    try checkPair(a, b)
    for index in 0..<min(a.partCount, b.partCount) { a.parts[index].add(b.parts[index]) }
    for index in a.partCount..<max(a.partCount, b.partCount) { a.parts.append(b.parts[index]) }
  }

  /// a −= b.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`.
  public func subtract(_ b: Ciphertext, from a: inout Ciphertext) throws(EvaluationError) {
    try checkPair(a, b)
    for index in 0..<min(a.partCount, b.partCount) { a.parts[index].subtract(b.parts[index]) }
    for index in a.partCount..<max(a.partCount, b.partCount) {
      a.parts.append(b.parts[index])
      a.parts[index].negate()
    }
  }

  /// a = −a.
  /// - Throws: `EvaluationError.parameterMismatch`.
  public func negate(_ a: inout Ciphertext) throws(EvaluationError) {
    try context.check(a)
    for index in a.parts.indices { a.parts[index].negate() }
  }

  /// a *= weight, a small signed integer.
  /// - Throws: `EvaluationError.parameterMismatch`.
  public func multiply(_ a: inout Ciphertext, by weight: Int64) throws(EvaluationError) {
    try context.check(a)
    for index in a.parts.indices { a.parts[index].multiply(by: weight) }
  }

  /// a += plaintext.
  /// - Throws: `EvaluationError.parameterMismatch`.
  public func add(_ plaintext: Plaintext, to a: inout Ciphertext) throws(EvaluationError) {
    try context.check(a)
    try context.check(plaintext)
    var scaled = context.scaledUp(plaintext, level: a.level, pool: pool).evaluation()
    a.parts[0].add(scaled)
    scaled.wipe()
    pool.giveBack(&scaled)
  }

  /// Lifts a plaintext for products at `level`.
  /// - Throws: `EvaluationError.unsupportedLevel`, `.parameterMismatch`.
  public func prepare(
    _ plaintext: Plaintext, level: Int
  ) throws(EvaluationError) -> PreparedPlaintext {
    try context.check(plaintext)
    let basis = try context.basis(level: level)
    let lifted = RNSPolynomial<Coefficient>(
      centredLiftOf: plaintext.coefficients, modulo: context.plaintextPlan.modulus, basis: basis)
    return PreparedPlaintext(polynomial: lifted.evaluation(), fingerprint: context.fingerprint)
  }

  /// a *= plaintext.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`.
  public func multiply(
    _ a: inout Ciphertext, by plaintext: PreparedPlaintext
  ) throws(EvaluationError) {
    try context.check(a)
    try check(plaintext, level: a.level)
    for index in a.parts.indices { a.parts[index].multiply(plaintext.polynomial) }
  }

  func check(_ plaintext: PreparedPlaintext, level: Int) throws(EvaluationError) {
    guard plaintext.fingerprint == context.fingerprint else {
      throw .parameterMismatch(expected: context.fingerprint, found: plaintext.fingerprint)
    }
    guard plaintext.polynomial.basis.count == level else {
      throw .levelMismatch(level, plaintext.polynomial.basis.count)
    }
  }

  func checkPair(_ a: Ciphertext, _ b: Ciphertext) throws(EvaluationError) {
    try context.check(a)
    try context.check(b)
    guard a.level == b.level else { throw .levelMismatch(a.level, b.level) }
  }

  func checkTwoParts(_ a: Ciphertext) throws(EvaluationError) {
    try context.check(a)
    guard a.partCount == 2 else { throw .unexpectedPartCount(expected: 2, found: a.partCount) }
  }

  func checkKey(_ keyFingerprint: Digest) throws(EvaluationError) {
    guard keyFingerprint == context.fingerprint else {
      throw .parameterMismatch(expected: context.fingerprint, found: keyFingerprint)
    }
  }
}
