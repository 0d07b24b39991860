import Lattice

extension Evaluator {
  /// The product in three parts.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`, `.unexpectedPartCount`.
  public func multiply(_ a: Ciphertext, _ b: Ciphertext) throws(EvaluationError) -> Ciphertext {
    var result = Ciphertext(parts: [], fingerprint: context.fingerprint)
    try multiply(a, b, into: &result)
    return result
  }

  /// The product in three parts, in the memory of `result` where it fits.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`, `.unexpectedPartCount`.
  public func multiply(
    _ a: Ciphertext, _ b: Ciphertext, into result: inout Ciphertext
  ) throws(EvaluationError) {
    try checkTwoParts(a)
    try checkTwoParts(b)
    try checkPair(a, b)
    let tools = try context.tools(level: a.level)
    var sum = TensorSum(basis: tools.basis, pool: pool)
    var extendedSum = TensorSum(basis: tools.extensionBasis, pool: pool)
    sum.add((a.parts[0], a.parts[1]), (b.parts[0], b.parts[1]))
    addExtended(a, b, to: &extendedSum, tools)
    setParts(of: &result, count: 3, tools.basis)
    for part in 0..<3 {
      scaleDown(sum, extendedSum, part: part, into: &result.parts[part], tools)
    }
    sum.giveBack(to: pool)
    extendedSum.giveBack(to: pool)
  }

  /// Takes a product back to two parts.
  /// - Throws: `EvaluationError.parameterMismatch`, `.unexpectedPartCount`.
  public func relinearize(
    _ a: Ciphertext, using key: RelinearizationKey
  ) throws(EvaluationError) -> Ciphertext {
    var result = a
    try relinearize(&result, using: key)
    return result
  }

  /// The same in place; two parts stay as they are.
  /// - Throws: `EvaluationError.parameterMismatch`, `.unexpectedPartCount`.
  public func relinearize(
    _ a: inout Ciphertext, using key: RelinearizationKey
  ) throws(EvaluationError) {
    try context.check(a)
    try checkKey(key.fingerprint)
    guard a.partCount == 3 else {
      if a.partCount == 2 { return }
      throw .unexpectedPartCount(expected: 3, found: a.partCount)
    }
    let tools = try context.tools(level: a.level)
    var third = a.parts.removeLast()
    var switched = pool.take(tools.basis, Evaluation.self)
    var product = pool.take(tools.switchingBasis, Evaluation.self)
    var otherProduct = pool.take(tools.switchingBasis, Evaluation.self)
    tools.switching.multiply(
      third, key.key.rows, into: &product, &otherProduct, pool: pool)
    tools.unswitching.divide(&product, into: &switched, pool: pool)
    a.parts[0].add(switched)
    tools.unswitching.divide(&otherProduct, into: &switched, pool: pool)
    a.parts[1].add(switched)
    pool.giveBack(&product)
    pool.giveBack(&otherProduct)
    pool.giveBack(&switched)
    pool.giveBack(&third)
  }

  /// An accumulator for sums of products at `level`.
  /// - Throws: `EvaluationError.unsupportedLevel`.
  public func makeProductAccumulator(level: Int) throws(EvaluationError) -> ProductAccumulator {
    try ProductAccumulator(evaluator: self, tools: context.tools(level: level))
  }

  /// Takes a ciphertext to the extended basis of products, to be multiplied by several others.
  /// - Throws: `EvaluationError.parameterMismatch`, `.unexpectedPartCount`.
  public func extend(_ a: Ciphertext) throws(EvaluationError) -> ExtendedCiphertext {
    try checkTwoParts(a)
    let tools = try context.tools(level: a.level)
    return ExtendedCiphertext(
      parts: a.parts,
      extended: a.parts.map { part in
        extended(part, in: RNSPolynomial(uninitialized: tools.extensionBasis), tools)
      },
      fingerprint: context.fingerprint)
  }

  /// One part over the extension's primes, in the memory of the polynomial given.
  private func extended(
    _ part: RNSPolynomial<Evaluation>, in memory: consuming RNSPolynomial<Coefficient>,
    _ tools: LevelTools
  ) -> RNSPolynomial<Evaluation> {
    var digits = pool.take(tools.basis, Coefficient.self)
    tools.toExtension.writeDigits(of: part, into: &digits)
    var extended = memory
    tools.toExtension.convert(digits: digits, into: &extended)
    pool.giveBack(&digits)
    return extended.evaluation()
  }

  /// Adds a · b over the extension's primes.
  func addExtended(
    _ a: Ciphertext, _ b: Ciphertext, to sum: inout TensorSum, _ tools: LevelTools
  ) {
    func extended(_ part: RNSPolynomial<Evaluation>) -> RNSPolynomial<Evaluation> {
      self.extended(part, in: pool.take(tools.extensionBasis, Coefficient.self), tools)
    }
    var a0 = extended(a.parts[0])
    var a1 = extended(a.parts[1])
    var b0 = extended(b.parts[0])
    var b1 = extended(b.parts[1])
    sum.add((a0, a1), (b0, b1))
    pool.giveBack(&a0)
    pool.giveBack(&a1)
    pool.giveBack(&b0)
    pool.giveBack(&b1)
  }

  /// round(t·d/Q) modulo Q for one part d of a sum given modulo Q and modulo P: the exact division by
  /// Q modulo P after the centred remainder of t·d modulo Q is subtracted, then back from P to Q.
  func scaleDown(
    _ sum: TensorSum, _ extendedSum: TensorSum, part: Int,
    into result: inout RNSPolynomial<Evaluation>, _ tools: LevelTools
  ) {
    var values = pool.take(tools.basis, Evaluation.self)
    var digits = pool.take(tools.basis, Coefficient.self)
    sum.write(part: part, into: &values)
    tools.remainderToExtension.writeDigits(of: values, into: &digits)
    pool.giveBack(&values)
    var extendedValues = pool.take(tools.extensionBasis, Evaluation.self)
    var quotient = pool.take(tools.extensionBasis, Coefficient.self)
    extendedSum.write(part: part, into: &extendedValues)
    extendedValues.writeCoefficients(times: tools.quotientScales, into: &quotient)
    pool.giveBack(&extendedValues)
    tools.remainderToExtension.convert(digits: digits, into: &quotient, accumulates: true)
    tools.fromExtension.convert(digits: quotient, into: &digits)
    result.setEvaluation(of: digits)
    pool.giveBack(&digits)
    pool.giveBack(&quotient)
  }

  /// Gives `a` the number of parts over the basis, with any content, in its own memory where it fits.
  func setParts(of a: inout Ciphertext, count: Int, _ basis: RNSBasis) {
    while a.parts.count > count {
      var part = a.parts.removeLast()
      pool.giveBack(&part)
    }
    for index in a.parts.indices where a.parts[index].basis !== basis {
      a.parts[index] = pool.take(basis, Evaluation.self)
    }
    while a.parts.count < count { a.parts.append(pool.take(basis, Evaluation.self)) }
    a = Ciphertext(parts: a.parts, fingerprint: context.fingerprint)
  }
}
