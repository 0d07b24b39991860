import BFV
import Lattice

extension NoiseStudy {
  enum Outcome {
    case ciphertext(StudiedCiphertext)
    /// Coefficients that hold totals, with the bound on each of them.
    case packed(Ciphertext, Plaintext, NoiseBound)
    case total(EncryptedTotals, Int64)
    /// The operands are too noisy for it to be measured.
    case impossible
  }

  mutating func perform(_ operation: NoiseOperation) throws -> Outcome {
    switch operation {
    case .fresh: return .ciphertext(try makeFresh())
    case .symmetric: return .ciphertext(try makeFresh(isSymmetric: true))
    case .pack: return try pack()
    case .extract: return try extract()
    default:
      guard let (circuitOperation, operands) = try draw(operation) else { return .impossible }
      return try outcome(circuitOperation, operands)
    }
  }

  /// Whether noise within the bound can be told from the multiples of Q.
  private func isMeasurable(_ noise: NoiseBound, level: Int) throws -> Bool {
    try noise.log2 < scheme.context.basis(level: level).log2Product - 2
  }

  /// The outcome of an operation with a known bound, which is carried out if that can be measured.
  private func outcome(
    _ operation: CircuitOperation, _ operands: [StudiedCiphertext]
  ) throws -> Outcome {
    let noise = scheme.noise(of: operation, operands)
    guard try isMeasurable(noise, level: operation.level(from: operands[0].level)) else {
      return .impossible
    }
    return .ciphertext(try scheme.apply(operation, operands))
  }

  /// The operation with all that belongs to it, and its operands; nil where there are none.
  private mutating func draw(
    _ operation: NoiseOperation
  ) throws -> (CircuitOperation, [StudiedCiphertext])? {
    switch operation {
    case .add: return (.add, try pickSeveral(2))
    case .subtract: return (.subtract, try pickSeveral(2))
    case .negate: return (.negate, [pickOne()])
    case .addToItself: return (.double(times: 1 + pick(10)), [pickOne()])
    case .integer:
      let magnitude = Int64(1 + pick(1 << (1 + pick(16))))
      return (.multiplyInteger(pick(2) == 0 ? magnitude : -magnitude), [pickOne()])
    case .sum: return (.sum, try pickSeveral(2 + pick(19)))
    case .addPlaintext: return (.addPlaintext(pickSlots()), [pickOne()])
    case .plaintextProduct: return (.multiplyPlaintext(pickSlots()), [pickOne()])
    case .innerProduct:
      let operands = try pickSeveral(2 + pick(9))
      return (.innerProduct(operands.map { _ in pickSlots() }), operands)
    case .product: return (.product, try pickSeveral(2))
    case .square:
      let operand = pickOne()
      return (.product, [operand, operand])
    case .threeParts: return (.threeParts(dropping: pick(2)), try pickSeveral(2))
    case .productSum:
      return (
        .productSum(weight: Int64(pick(7)) - 3, termsPerScaling: 1 << pick(4)),
        try pickSeveral(2 + pick(4))
      )
    case .rotate: return (.rotate(pickSteps()), [pickOne()])
    case .swapRows: return (.swapRows, [pickOne()])
    case .rotationSum:
      return (.rotationSum((0..<2 + pick(4)).map { _ in pickSteps() }), [pickOne()])
    case .blockSum: return (.blockSum(1 << (1 + pick(2))), [pickOne()])
    case .slotSum: return (.slotSum, [pickOne()])
    case .slotMean: return (.slotMean, [pickOne()])
    case .modulusSwitch:
      let operand = pickOne()
      guard operand.level > 1 else { return nil }
      return (.switchModulus(dropping: 1 + pick(operand.level - 1)), [operand])
    case .fresh, .symmetric, .pack, .extract: return nil
    }
  }

  private mutating func pickSteps() -> Int { scheme.steps[pick(scheme.steps.count)] }

  private mutating func pack() throws -> Outcome {
    let operands = try pickSeveral(1 + pick(6))
    let level = operands[0].level
    let worst = operands.map(\.noise).max() ?? scheme.model.fresh
    let noise = scheme.model.packing(worst, level: level)
    guard try isMeasurable(noise, level: level) else { return .impossible }
    let packed = try scheme.evaluator.packConstants(
      operands.map(\.ciphertext), using: scheme.galoisKeys)
    var slots = 1
    while slots < operands.count { slots *= 2 }
    var coefficients = [UInt64](repeating: 0, count: scheme.context.slotCount)
    for (index, operand) in operands.enumerated() {
      coefficients[index * (coefficients.count / slots)] = operand.slots.mean
    }
    return .packed(
      packed, Plaintext(coefficients: coefficients, fingerprint: scheme.context.fingerprint), noise)
  }

  private mutating func extract() throws -> Outcome {
    let a = pickOne()
    let totals = 1 + pick(1000)
    do {
      let sent = try scheme.evaluator.extractTotals(
        a.ciphertext, noise: a.noise, totalsInAnswer: totals,
        rerandomizingWith: scheme.encryptor)
      return .total(sent, a.slots.filled(with: a.slots.total).centred[0])
    } catch EvaluationError.noiseTooLarge {
      return .impossible
    }
  }
}
