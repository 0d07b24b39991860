import Lattice

extension Evaluator {
  /// Drops primes until `level` are left; the plaintext stays, the noise shrinks with the modulus.
  /// - Throws: `EvaluationError.unsupportedLevel`, `.parameterMismatch`.
  public func switchModulus(
    _ a: Ciphertext, to level: Int
  ) throws(EvaluationError) -> Ciphertext {
    try context.check(a)
    guard level <= a.level, level >= 1 else {
      throw .unsupportedLevel(level, available: a.level)
    }
    var result = a
    while result.level > level {
      let basis = try context.basis(level: result.level - 1)
      for index in result.parts.indices {
        result.parts[index] = result.parts[index].dividedByLastPrime(onto: basis)
      }
    }
    return result
  }
}
