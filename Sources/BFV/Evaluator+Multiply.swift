import Lattice

extension Evaluator {
  /// The product in three parts.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`, `.unexpectedPartCount`.
  public func multiply(_ a: Ciphertext, _ b: Ciphertext) throws(EvaluationError) -> Ciphertext {
    var accumulator = try makeProductAccumulator(level: a.level)
    try accumulator.accumulate(a, b)
    return try accumulator.finishThreeParts()
  }

  /// Takes a product back to two parts.
  /// - Throws: `EvaluationError.parameterMismatch`, `.unexpectedPartCount`.
  public func relinearize(
    _ a: Ciphertext, using key: RelinearizationKey
  ) throws(EvaluationError) -> Ciphertext {
    try context.check(a)
    try checkKey(key.fingerprint)
    guard a.partCount == 3 else {
      if a.partCount == 2 { return a }
      throw .unexpectedPartCount(expected: 3, found: a.partCount)
    }
    let (first, second) = try switchKey(a.parts[2], using: key.key)
    var result = a
    result.parts.removeLast()
    result.parts[0].add(first)
    result.parts[1].add(second)
    return result
  }

  /// An accumulator for sums of products at `level`.
  /// - Throws: `EvaluationError.unsupportedLevel`.
  public func makeProductAccumulator(level: Int) throws(EvaluationError) -> ProductAccumulator {
    try ProductAccumulator(context: context, tools: context.tools(level: level))
  }

  /// Takes one part from the key's source secret to the secret: the two parts to add.
  func switchKey(
    _ part: RNSPolynomial<Evaluation>, using key: KeySwitchKey
  ) throws(EvaluationError) -> (RNSPolynomial<Evaluation>, RNSPolynomial<Evaluation>) {
    let tools = try context.tools(level: part.basis.count)
    let basis = tools.switchingBasis
    let coefficients = part.coefficients()
    var first = RNSPolynomial<Evaluation>(basis: basis)
    var second = first
    for index in 0..<tools.basis.count {
      let digit = RNSPolynomial<Coefficient>(
        centredLiftOf: Array(coefficients.limb(index)), modulo: tools.basis.moduli[index],
        basis: basis
      ).evaluation()
      first.addProduct(digit, key.digits[index].first.selecting(tools))
      second.addProduct(digit, key.digits[index].second.selecting(tools))
    }
    return (
      first.dividedByLastPrime(onto: tools.basis), second.dividedByLastPrime(onto: tools.basis)
    )
  }
}

extension RNSPolynomial {
  /// The limbs of the ciphertext primes of a level and of the special prime, which stands last.
  func selecting(_ tools: LevelTools) -> RNSPolynomial {
    guard basis.count > tools.switchingBasis.count else { return self }
    let kept = residues.prefix(tools.basis.count * degree) + residues.suffix(degree)
    return RNSPolynomial(basis: tools.switchingBasis, reducedResidues: Array(kept))
  }
}
