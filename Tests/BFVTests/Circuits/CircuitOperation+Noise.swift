import BFV

extension CircuitOperation {
  /// The bound on the result's noise for operands of one level, as `NoiseModel`'s table has it.
  func noise(_ scheme: SeededScheme, _ operands: [NoiseBound], level: Int) -> NoiseBound {
    let (model, a) = (scheme.model, operands[0])
    let rotated = a + model.keySwitch(level: level)
    switch self {
    case .add, .subtract, .sum: return operands.dropFirst().reduce(a, +)
    case .negate: return a
    case .double(let times): return a.times(Double(1 << times))
    case .multiplyInteger(let weight): return a.times(Double(weight))
    case .addPlaintext: return model.addingPlaintext(a)
    case .multiplyPlaintext, .innerProduct:
      return operands.map { model.multiplyingPlaintext($0) }.reduce(.none, +)
    case .product:
      return model.product(a, operands[1], level: level) + model.keySwitch(level: level)
    case .threeParts:
      return model.modulusSwitch(
        model.product(a, operands[1], level: level), from: level, to: self.level(from: level),
        parts: 3)
    case .productSum(let weight, _):
      let products = operands.indices.map {
        model.product(operands[$0], operands[($0 + 1) % operands.count], level: level)
      }
      return products.reduce(.none, +).times(Double(weight)) + model.keySwitch(level: level)
    case .rotate, .swapRows: return rotated
    case .rotationSum(let steps): return a + rotated.times(Double(steps.count))
    case .blockSum(let size): return model.slotSum(a, blockSize: size, level: level)
    case .slotSum: return model.slotSum(a, blockSize: scheme.context.slotCount, level: level)
    case .slotMean: return model.slotMean(a, level: level)
    case .switchModulus:
      return model.modulusSwitch(a, from: level, to: self.level(from: level))
    }
  }
}
