import Lattice

extension Evaluator {
  /// Drops primes until `level` are left; the plaintext stays, the noise shrinks with the modulus.
  /// - Throws: `EvaluationError.unsupportedLevel`, `.parameterMismatch`.
  public func switchModulus(
    _ a: Ciphertext, to level: Int
  ) throws(EvaluationError) -> Ciphertext {
    var result = a
    try switchModulus(&result, to: level)
    // A copy of its own size, for those who keep many.
    for index in result.parts.indices { result.parts[index] = result.parts[index].compacted() }
    return result
  }

  /// The same in place. The memory of the dropped primes' residues is kept.
  /// - Throws: `EvaluationError.unsupportedLevel`, `.parameterMismatch`.
  public func switchModulus(_ a: inout Ciphertext, to level: Int) throws(EvaluationError) {
    try context.check(a)
    guard level <= a.level, level >= 1 else {
      throw .unsupportedLevel(level, available: a.level)
    }
    while a.level > level {
      guard let dropping = try context.tools(level: a.level).dropping else { return }
      for index in a.parts.indices { dropping.divide(&a.parts[index], pool: pool) }
    }
  }
}
