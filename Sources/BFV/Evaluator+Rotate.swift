import Lattice

extension Evaluator {
  /// Rotates both rows of slots by `steps` to the left: with eight slots and one step,
  /// 0 1 2 3 | 4 5 6 7 becomes 1 2 3 0 | 5 6 7 4.
  /// - Throws: `EvaluationError.missingGaloisKey`, `.parameterMismatch`, `.unexpectedPartCount`.
  public func rotateRows(
    _ a: Ciphertext, by steps: Int, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    var result = a
    try rotateRows(&result, by: steps, using: keys)
    return result
  }

  /// The same in place.
  /// - Throws: as above.
  public func rotateRows(
    _ a: inout Ciphertext, by steps: Int, using keys: GaloisKeys
  ) throws(EvaluationError) {
    let element = GaloisKeys.rotationElement(by: steps, degree: context.parameters.degree)
    if element == 1 { return try checkTwoParts(a) }
    try apply(element, to: &a, using: keys)
  }

  /// Several rotations of one ciphertext, which is decomposed once for all of them.
  ///
  /// - Returns: one ciphertext for each number of steps, equal to what `rotateRows` gives for it.
  /// - Throws: as above.
  public func rotateRows(
    _ a: Ciphertext, by steps: [Int], using keys: GaloisKeys
  ) throws(EvaluationError) -> [Ciphertext] {
    try checkTwoParts(a)
    try checkKey(keys.fingerprint)
    let tools = try context.tools(level: a.level)
    var digits = tools.switching.decompose(a.parts[1], pool: pool)
    defer { for index in digits.indices { pool.giveBack(&digits[index]) } }
    var results: [Ciphertext] = []
    for count in steps {
      let element = GaloisKeys.rotationElement(by: count, degree: context.parameters.degree)
      guard element != 1 else {
        results.append(a)
        continue
      }
      let (key, permutation) = try keys.key(for: element)
      var (product, otherProduct) = takeProducts(tools)
      tools.switching.multiply(
        digits: digits, permutedBy: permutation, key.rows, into: &product, &otherProduct,
        pool: pool)
      var image = pool.take(tools.basis, Evaluation.self)
      image.setImage(of: a.parts[0], under: permutation)
      var result = Ciphertext(parts: [], fingerprint: context.fingerprint)
      setParts(of: &result, count: 2, tools.basis)
      setSwitched(&result, image: &image, &product, &otherProduct, tools)
      results.append(result)
    }
    return results
  }

  /// Swaps the rows: 0 1 2 3 | 4 5 6 7 becomes 4 5 6 7 | 0 1 2 3.
  /// - Throws: as `rotateRows`.
  public func swapRows(
    _ a: Ciphertext, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    var result = a
    try swapRows(&result, using: keys)
    return result
  }

  /// The same in place.
  /// - Throws: as `rotateRows`.
  public func swapRows(_ a: inout Ciphertext, using keys: GaloisKeys) throws(EvaluationError) {
    try apply(
      GaloisKeys.rowSwapElement(degree: context.parameters.degree), to: &a, using: keys)
  }

  /// The automorphism X → X^element.
  func apply(
    _ element: Int, to a: Ciphertext, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    var image = a
    try apply(element, to: &image, using: keys)
    return image
  }

  /// The same in place.
  func apply(
    _ element: Int, to a: inout Ciphertext, using keys: GaloisKeys
  ) throws(EvaluationError) {
    try checkTwoParts(a)
    try checkKey(keys.fingerprint)
    let (key, permutation) = try keys.key(for: element)
    let tools = try context.tools(level: a.level)
    var image = pool.take(tools.basis, Evaluation.self)
    image.setImage(of: a.parts[1], under: permutation)
    var (product, otherProduct) = takeProducts(tools)
    tools.switching.multiply(image, key.rows, into: &product, &otherProduct, pool: pool)
    image.setImage(of: a.parts[0], under: permutation)
    setSwitched(&a, image: &image, &product, &otherProduct, tools)
  }

  /// Memory for the products of key switching.
  private func takeProducts(
    _ tools: LevelTools
  ) -> (RNSPolynomial<Evaluation>, RNSPolynomial<Evaluation>) {
    (
      pool.take(tools.switchingBasis, Evaluation.self),
      pool.take(tools.switchingBasis, Evaluation.self)
    )
  }

  /// Overwrites two parts with `image` + `product` / p and `otherProduct` / p, which are used up.
  private func setSwitched(
    _ result: inout Ciphertext, image: inout RNSPolynomial<Evaluation>,
    _ product: inout RNSPolynomial<Evaluation>, _ otherProduct: inout RNSPolynomial<Evaluation>,
    _ tools: LevelTools
  ) {
    var switched = pool.take(tools.basis, Evaluation.self)
    tools.unswitching.divide(&product, into: &switched, pool: pool)
    image.add(switched)
    swap(&result.parts[0], &image)
    tools.unswitching.divide(&otherProduct, into: &switched, pool: pool)
    swap(&result.parts[1], &switched)
    pool.giveBack(&product)
    pool.giveBack(&otherProduct)
    pool.giveBack(&image)
    pool.giveBack(&switched)
  }
}
