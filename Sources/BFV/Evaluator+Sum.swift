import Lattice

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
