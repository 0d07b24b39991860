import Lattice

extension Evaluator {
  /// The product in three parts.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`, `.unexpectedPartCount`.
  public func multiply(_ a: Ciphertext, _ b: Ciphertext) throws(EvaluationError) -> Ciphertext {
    var result = Ciphertext(parts: [], fingerprint: context.fingerprint)
    try multiply(a, b, into: &result)
    return result
  }

  /// The product in three parts, in the memory of `result` where it fits and is not an operand's.
  /// - Throws: `EvaluationError.parameterMismatch`, `.levelMismatch`, `.unexpectedPartCount`.
  public func multiply(
    _ a: Ciphertext, _ b: Ciphertext, into result: inout Ciphertext
  ) throws(EvaluationError) {
    try checkTwoParts(a)
    try checkTwoParts(b)
    try checkPair(a, b)
    let tools = try context.tools(level: a.level)
    var values = pool.take(tools.basis, Evaluation.self)
    var extendedValues = pool.take(tools.extensionBasis, Evaluation.self)
    // The result may be one of the operands, so its parts are written when these are used up.
    let factors = TensorFactors((a.parts[0], a.parts[1]), (b.parts[0], b.parts[1]))
    setParts(of: &result, count: 3, tools.basis)
    var extendedFactors = extended(factors, tools)
    for part in 0..<3 {
      values.setTensorPart(part, factors)
      extendedValues.setTensorPart(part, extendedFactors)
      scaleDown(values, extendedValues, into: &result.parts[part], tools)
    }
    giveBack(&extendedFactors)
    pool.giveBack(&values)
    pool.giveBack(&extendedValues)
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
    var product = GadgetProductPair(basis: tools.switchingBasis, pool: pool)
    tools.switching.multiply(third, key.key.rows, into: &product, pool: pool)
    tools.unswitching.divide(&product.first, into: &switched, pool: pool)
    a.parts[0].add(switched)
    tools.unswitching.divide(&product.second, into: &switched, pool: pool)
    a.parts[1].add(switched)
    product.giveBack(to: pool)
    pool.giveBack(&switched)
    pool.giveBack(&third)
  }

  /// An accumulator for sums of products at `level`, that of fresh ciphertexts unless told otherwise.
  /// - Throws: `EvaluationError.unsupportedLevel`.
  public func makeProductAccumulator(
    level: Int? = nil
  ) throws(EvaluationError) -> ProductAccumulator {
    try ProductAccumulator(
      evaluator: self, tools: context.tools(level: level ?? context.topLevel))
  }

  /// The same, scaled after fewer products than the extended basis holds, for tests.
  package func makeProductAccumulator(
    level: Int, termsPerScaling: Int
  ) throws(EvaluationError) -> ProductAccumulator {
    try ProductAccumulator(
      evaluator: self, tools: context.tools(level: level), termsPerScaling: termsPerScaling)
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
    before next: RNSPolynomial<Evaluation>? = nil, _ tools: LevelTools
  ) -> RNSPolynomial<Evaluation> {
    var digits = pool.take(tools.basis, Coefficient.self)
    tools.toExtension.writeDigits(of: part, into: &digits)
    tools.toExtension.convert(digits: digits, into: &memory)
    pool.giveBack(&digits)
    return memory.evaluation(before: next)
  }

  /// The factors over the extension's primes, in memory of the pool.
  func extended(_ factors: TensorFactors, _ tools: LevelTools) -> TensorFactors {
    func extended(
      _ part: RNSPolynomial<Evaluation>, before next: RNSPolynomial<Evaluation>? = nil
    ) -> RNSPolynomial<Evaluation> {
      self.extended(
        part, in: pool.take(tools.extensionBasis, Coefficient.self), before: next, tools)
    }
    return TensorFactors(
      (extended(factors.a0, before: factors.a1), extended(factors.a1, before: factors.b0)),
      (extended(factors.b0, before: factors.b1), extended(factors.b1)))
  }

  func giveBack(_ factors: inout TensorFactors) {
    pool.giveBack(&factors.a0)
    pool.giveBack(&factors.a1)
    pool.giveBack(&factors.b0)
    pool.giveBack(&factors.b1)
  }

  /// round(t·d/Q) modulo Q for d given modulo Q and modulo P: the exact division by Q modulo P after
  /// the centred remainder of t·d modulo Q is subtracted, then back from P to Q.
  func scaleDown(
    _ values: RNSPolynomial<Evaluation>, _ extendedValues: RNSPolynomial<Evaluation>,
    into result: inout RNSPolynomial<Evaluation>, _ tools: LevelTools
  ) {
    var digits = pool.take(tools.basis, Coefficient.self)
    tools.remainderToExtension.writeDigits(of: values, into: &digits)
    var quotient = pool.take(tools.extensionBasis, Coefficient.self)
    extendedValues.writeCoefficients(times: tools.quotientScales, into: &quotient)
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
