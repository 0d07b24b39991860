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
    var results: [Ciphertext] = []
    for start in stride(from: 0, to: steps.count, by: Evaluator.rotationsAtOnce) {
      results += try rotations(
        of: a, by: steps[start..<min(start + Evaluator.rotationsAtOnce, steps.count)], using: keys)
    }
    return results
  }

  /// Rotations that share one decomposition: each needs memory for its products meanwhile.
  private static let rotationsAtOnce = 16

  private func rotations(
    of a: Ciphertext, by steps: ArraySlice<Int>, using keys: GaloisKeys
  ) throws(EvaluationError) -> [Ciphertext] {
    let tools = try context.tools(level: a.level)
    let degree = context.parameters.degree
    var images: [(rows: GadgetRows, permutation: GaloisPermutation)] = []
    for count in steps {
      let element = GaloisKeys.rotationElement(by: count, degree: degree)
      guard element != 1 else { continue }
      let (key, permutation) = try keys.key(for: element)
      images.append((key.rows, permutation))
    }
    var products = images.map { _ in
      GadgetProductPair(basis: tools.switchingBasis, pool: pool)
    }
    tools.switching.multiply(a.parts[1], images: images, into: &products, pool: pool)
    var next = 0
    return steps.map { count in
      if GaloisKeys.rotationElement(by: count, degree: degree) == 1 { return a }
      defer { next += 1 }
      var image = pool.take(tools.basis, Evaluation.self)
      image.setImage(of: a.parts[0], under: images[next].permutation)
      var result = Ciphertext(parts: [], fingerprint: context.fingerprint)
      setParts(of: &result, count: 2, tools.basis)
      setSwitched(&result, image: &image, &products[next], tools)
      return result
    }
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
    var product = GadgetProductPair(basis: tools.switchingBasis, pool: pool)
    tools.switching.multiply(image, key.rows, into: &product, pool: pool)
    image.setImage(of: a.parts[0], under: permutation)
    setSwitched(&a, image: &image, &product, tools)
  }

  /// Overwrites two parts with `image` and the product's first, and the product's second, both divided
  /// by the special prime. `image` and `product` are used up.
  private func setSwitched(
    _ result: inout Ciphertext, image: inout RNSPolynomial<Evaluation>,
    _ product: inout GadgetProductPair, _ tools: LevelTools
  ) {
    var switched = pool.take(tools.basis, Evaluation.self)
    tools.unswitching.divide(&product.first, into: &switched, pool: pool)
    image.add(switched)
    swap(&result.parts[0], &image)
    tools.unswitching.divide(&product.second, into: &switched, pool: pool)
    swap(&result.parts[1], &switched)
    product.giveBack(to: pool)
    pool.giveBack(&image)
    pool.giveBack(&switched)
  }
}
