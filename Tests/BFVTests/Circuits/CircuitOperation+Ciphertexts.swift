import BFV

extension CircuitOperation {
  /// The ciphertext that the evaluator makes of the operands.
  func apply(_ scheme: SeededScheme, _ operands: [Ciphertext]) throws -> Ciphertext {
    let (evaluator, encoder, keys) = (scheme.evaluator, scheme.encoder, scheme.galoisKeys)
    var a = operands[0]
    switch self {
    case .add: try evaluator.add(operands[1], to: &a)
    case .subtract: try evaluator.subtract(operands[1], from: &a)
    case .negate: try evaluator.negate(&a)
    case .double(let times):
      for _ in 0..<times {
        let same = a
        try evaluator.add(same, to: &a)
      }
    case .multiplyInteger(let weight): try evaluator.multiply(&a, by: weight)
    case .sum: a = try evaluator.sum(operands)
    case .addPlaintext(let slots): try evaluator.add(encoder.encode(slots.centred), to: &a)
    case .multiplyPlaintext(let slots):
      try evaluator.multiply(
        &a, by: evaluator.prepare(encoder.encode(slots.centred), level: a.level))
    case .innerProduct(let factors):
      a = try evaluator.innerProduct(
        operands,
        factors.map { try evaluator.prepare(encoder.encode($0.centred), level: a.level) })
    case .product:
      a = try evaluator.relinearize(
        evaluator.multiply(a, operands[1]), using: scheme.relinearizationKey)
    case .threeParts:
      a = try evaluator.switchModulus(
        evaluator.multiply(a, operands[1]), to: level(from: a.level))
    case .productSum(let weight, let termsPerScaling):
      var accumulator = try evaluator.makeProductAccumulator(
        level: a.level, termsPerScaling: termsPerScaling)
      for index in operands.indices {
        try accumulator.accumulate(operands[index], operands[(index + 1) % operands.count])
      }
      try accumulator.multiply(by: weight)
      a = try accumulator.finish(relinearizingWith: scheme.relinearizationKey)
    case .rotate(let steps): a = try evaluator.rotateRows(a, by: steps, using: keys)
    case .swapRows: a = try evaluator.swapRows(a, using: keys)
    case .rotationSum(let steps):
      a = try evaluator.sum([a] + evaluator.rotateRows(a, by: steps, using: keys))
    case .blockSum(let size): a = try evaluator.slotSum(a, blockSize: size, using: keys)
    case .slotSum: a = try evaluator.slotSum(a, using: keys)
    case .slotMean: a = try evaluator.slotMean(a, using: keys)
    case .switchModulus: a = try evaluator.switchModulus(a, to: level(from: a.level))
    }
    return a
  }
}
