import Lattice

extension Evaluator {
  /// The sum of all slots, in every slot, from the packing elements' keys: the trace.
  ///
  /// The noise grows by the number of slots. `slotMean` does without that.
  /// - Throws: as `rotateRows`.
  public func slotSum(
    _ a: Ciphertext, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    try checkTwoParts(a)
    var result = a
    try addTrace(to: &result, from: 1, using: keys)
    return result
  }

  /// The sum of all slots times N^-1 modulo t, in every slot: the constant coefficient of the plaintext.
  /// Multiply by N modulo t after decryption to get the sum.
  ///
  /// The ciphertext is multiplied by N^-1 modulo Q before the trace, so the noise does not grow by N.
  /// - Throws: as `rotateRows`.
  public func slotMean(
    _ a: Ciphertext, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    try checkTwoParts(a)
    var result = a
    try divideByDegree(&result)
    try addTrace(to: &result, from: 1, using: keys)
    return result
  }

  /// Sums over blocks of slots: slot i holds the sum of slots i to i + `blockSize` − 1 of its row,
  /// counted around the row's end; so the first slot of each block holds the block's sum. Blocks of
  /// both rows together (`blockSize` = N) are summed by `slotSum`.
  ///
  /// The noise grows by the block's size.
  /// - Parameter blockSize: a power of two from 1 to N; the keys for rotations by its halves down to 1
  ///   are needed (`GaloisKeys.blockSumElements`).
  /// - Throws: `EvaluationError.unsupportedBlock`, and as `rotateRows`.
  public func slotSum(
    _ a: Ciphertext, blockSize: Int, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    let degree = context.parameters.degree
    guard blockSize > 0, blockSize <= degree, blockSize & (blockSize - 1) == 0 else {
      throw .unsupportedBlock(blockSize, slots: degree)
    }
    if blockSize == degree { return try slotSum(a, using: keys) }
    try checkTwoParts(a)
    var result = a
    var steps = 1
    while steps < blockSize {
      try addImage(
        GaloisKeys.rotationElement(by: steps, degree: degree), to: &result, using: keys)
      steps *= 2
    }
    return result
  }

  /// Multiplies by N^-1 modulo Q: a factor that a full trace takes back.
  func divideByDegree(_ a: inout Ciphertext) throws(EvaluationError) {
    let tools = try context.tools(level: a.level)
    for index in a.parts.indices { a.parts[index].multiply(byConstants: tools.inverseDegree) }
  }

  /// Adds the images under X → X^(2^k + 1) for 2^k from 2·`from` to N: only the coefficients of
  /// powers of X^(N / from) are left, multiplied by N / from. `from` is a power of two; 1 leaves
  /// the constant coefficient alone.
  func addTrace(
    to a: inout Ciphertext, from: Int, using keys: GaloisKeys
  ) throws(EvaluationError) {
    var exponent = 2 * from
    while exponent <= context.parameters.degree {
      try addImage(exponent + 1, to: &a, using: keys)
      exponent *= 2
    }
  }

  /// a += the image of a under X → X^element.
  private func addImage(
    _ element: Int, to a: inout Ciphertext, using keys: GaloisKeys
  ) throws(EvaluationError) {
    var image = a
    try apply(element, to: &image, using: keys)
    try add(image, to: &a)
    for index in image.parts.indices { pool.giveBack(&image.parts[index]) }
  }
}
