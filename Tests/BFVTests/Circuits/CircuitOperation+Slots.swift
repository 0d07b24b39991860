extension CircuitOperation {
  /// What the slots hold afterwards.
  func slots(_ operands: [SlotValues]) -> SlotValues {
    let a = operands[0]
    switch self {
    case .add, .sum: return operands.dropFirst().reduce(a, +)
    case .subtract: return a - operands[1]
    case .negate: return a.times(-1)
    case .double(let times): return a.times(1 << Int64(times))
    case .multiplyInteger(let weight): return a.times(weight)
    case .addPlaintext(let slots): return a + slots
    case .multiplyPlaintext(let slots): return a * slots
    case .innerProduct(let factors):
      return zip(operands, factors).map { $0 * $1 }.reduce(a.filled(with: 0), +)
    case .product, .threeParts: return a * operands[1]
    case .productSum(let weight, _):
      let products = operands.indices.map { operands[$0] * operands[($0 + 1) % operands.count] }
      return products.reduce(a.filled(with: 0), +).times(weight)
    case .rotate(let steps): return a.rotated(by: steps)
    case .swapRows: return a.withRowsSwapped
    case .rotationSum(let steps): return steps.reduce(a) { $0 + a.rotated(by: $1) }
    case .blockSum(let size): return a.blockSums(size)
    case .slotSum: return a.filled(with: a.total)
    case .slotMean: return a.filled(with: a.mean)
    case .switchModulus: return a
    }
  }
}
