import Lattice

extension Evaluator {
  /// Rotates both rows of slots by `steps` to the left: with eight slots and one step,
  /// 0 1 2 3 | 4 5 6 7 becomes 1 2 3 0 | 5 6 7 4.
  /// - Throws: `EvaluationError.missingGaloisKey`, `.parameterMismatch`, `.unexpectedPartCount`.
  public func rotateRows(
    _ a: Ciphertext, by steps: Int, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    let element = GaloisKeys.rotationElement(by: steps, degree: context.parameters.degree)
    return element == 1 ? a : try apply(element, to: a, using: keys)
  }

  /// Swaps the rows: 0 1 2 3 | 4 5 6 7 becomes 4 5 6 7 | 0 1 2 3.
  /// - Throws: as `rotateRows`.
  public func swapRows(
    _ a: Ciphertext, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    try apply(
      GaloisKeys.rowSwapElement(degree: context.parameters.degree), to: a, using: keys)
  }

  /// The sum of all slots, in every slot, from the packing elements' keys: the trace, which also
  /// multiplies the noise by N.
  /// - Throws: as `rotateRows`.
  public func slotSum(
    _ a: Ciphertext, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    try trace(of: a, from: 1, using: keys)
  }

  /// The automorphism X → X^element.
  func apply(
    _ element: Int, to a: Ciphertext, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    try checkTwoParts(a)
    try checkKey(keys.fingerprint)
    guard let key = keys.keys[element], let permutation = keys.permutations[element] else {
      throw .missingGaloisKey(element: element)
    }
    let (first, second) = try switchKey(a.parts[1].permuted(permutation), using: key)
    var image = a
    image.parts[0] = a.parts[0].permuted(permutation)
    image.parts[0].add(first)
    image.parts[1] = second
    return image
  }

  /// Multiplies by N^-1 modulo Q: a factor that a full trace takes back.
  func divideByDegree(_ a: inout Ciphertext) throws(EvaluationError) {
    let tools = try context.tools(level: a.level)
    for index in a.parts.indices { a.parts[index].multiply(byConstants: tools.inverseDegree) }
  }

  /// Adds the images under X → X^(2^k + 1) for 2^k from 2·`from` to N: only the coefficients of
  /// powers of X^(N / from) are left, multiplied by N / from. `from` is a power of two; 1 leaves
  /// the constant coefficient alone.
  func trace(
    of a: Ciphertext, from: Int, using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    let degree = context.parameters.degree
    var result = a
    var exponent = 2 * from
    while exponent <= degree {
      try add(apply(exponent + 1, to: result, using: keys), to: &result)
      exponent *= 2
    }
    return result
  }
}
