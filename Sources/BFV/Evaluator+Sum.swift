import Lattice
import Wire

extension Evaluator {
  /// How many operands a kernel adds up in one pass over the sum.
  private static let termsPerPass = 8

  /// The sum of any number of ciphertexts, reduced once for several of them.
  /// - Throws: `EvaluationError.emptyInput`, `.parameterMismatch`, `.levelMismatch`,
  ///   `.unexpectedPartCount` unless all have two parts.
  public func sum(_ ciphertexts: [Ciphertext]) throws(EvaluationError) -> Ciphertext {
    guard let head = ciphertexts.first else { throw .emptyInput }
    for ciphertext in ciphertexts {
      try checkTwoParts(ciphertext)
      try checkPair(ciphertext, head)
    }
    var result = head
    for start in stride(from: 1, to: ciphertexts.count, by: Evaluator.termsPerPass) {
      let count = min(Evaluator.termsPerPass, ciphertexts.count - start)
      for part in 0..<2 {
        result.parts[part].addSum(count: count) { ciphertexts[start + $0].parts[part] }
      }
    }
    return result
  }

  /// a += a serialized ciphertext, straight from its bytes: it is unpacked into memory that the
  /// evaluator keeps, not into a ciphertext of its own. Every residue is checked before `a` changes.
  /// - Throws: `WireError` as `Ciphertext.init`, `EvaluationError.parameterMismatch`,
  ///   `.levelMismatch`, `.unexpectedPartCount`.
  public func add(
    serialized reader: inout BoundedReader, to a: inout Ciphertext
  ) throws {
    try checkTwoParts(a)
    let basis = try Ciphertext.readHeader(context: context, from: &reader)
    guard basis.count == a.level else {
      throw EvaluationError.levelMismatch(a.level, basis.count)
    }
    var first = pool.take(basis, Evaluation.self)
    var second = pool.take(basis, Evaluation.self)
    defer {
      pool.giveBack(&first)
      pool.giveBack(&second)
    }
    try first.read(from: &reader, field: Ciphertext.partField)
    try second.read(from: &reader, field: Ciphertext.partField)
    a.parts[0].add(first)
    a.parts[1].add(second)
  }

  /// The sum of ciphertexts each times its plaintext, reduced once for several of them.
  /// - Throws: `EvaluationError.emptyInput`, `.countMismatch`, `.parameterMismatch`, `.levelMismatch`,
  ///   `.unexpectedPartCount` unless all ciphertexts have two parts.
  public func innerProduct(
    _ ciphertexts: [Ciphertext], _ plaintexts: [PreparedPlaintext]
  ) throws(EvaluationError) -> Ciphertext {
    guard let head = ciphertexts.first else { throw .emptyInput }
    guard ciphertexts.count == plaintexts.count else {
      throw .countMismatch(ciphertexts.count, plaintexts.count)
    }
    for (ciphertext, plaintext) in zip(ciphertexts, plaintexts) {
      try checkTwoParts(ciphertext)
      try checkPair(ciphertext, head)
      try check(plaintext, level: head.level)
    }
    let basis = try context.basis(level: head.level)
    var result = Ciphertext(
      parts: [RNSPolynomial(basis: basis), RNSPolynomial(basis: basis)],
      fingerprint: context.fingerprint)
    for start in stride(from: 0, to: ciphertexts.count, by: Evaluator.termsPerPass) {
      let count = min(Evaluator.termsPerPass, ciphertexts.count - start)
      for part in 0..<2 {
        result.parts[part].addProducts(
          count: count, of: { ciphertexts[start + $0].parts[part] },
          { plaintexts[start + $0].polynomial })
      }
    }
    return result
  }
}
