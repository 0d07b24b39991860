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

  /// Whether noise within the bound can be told from the multiples of Q.
  private func isMeasurable(_ noise: NoiseBound, level: Int) throws -> Bool {
    try noise.log2 < scheme.context.basis(level: level).log2Product - 2
  }

  /// The outcome of an operation with a known bound, which is carried out if that can be measured.
  private func outcome(
    _ noise: NoiseBound, level: Int, _ slots: @autoclosure () -> SlotValues,
    _ body: () throws -> Ciphertext
  ) throws -> Outcome {
    guard try isMeasurable(noise, level: level) else { return .impossible }
    return .ciphertext(
      StudiedCiphertext(ciphertext: try body(), slots: slots(), noise: noise))
  }

  mutating func perform(_ operation: NoiseOperation) throws -> Outcome {
    switch operation {
    case .fresh: .ciphertext(try makeFresh())
    case .symmetric: try encryptSymmetrically()
    case .add, .subtract, .negate, .addToItself, .integer, .sum: try performLinear(operation)
    case .addPlaintext, .plaintextProduct, .innerProduct: try performWithPlaintext(operation)
    case .product, .square, .threeParts: try performProduct(operation)
    case .productSum: try accumulateProducts()
    case .rotate, .swapRows, .rotationSum, .blockSum, .slotSum, .slotMean:
      try performRotation(operation)
    case .modulusSwitch: try switchModulus()
    case .pack: try pack()
    case .extract: try extract()
    }
  }

  private mutating func encryptSymmetrically() throws -> Outcome {
    let slots = pickSlots()
    let plaintext = try scheme.encoder.encode(slots.centred)
    let seeded = try scheme.symmetricEncryptor.encrypt(plaintext, insecureForTesting: &source)
    return .ciphertext(
      StudiedCiphertext(
        ciphertext: seeded.expanded(), slots: slots, noise: scheme.model.freshSymmetric))
  }

  private mutating func performLinear(_ operation: NoiseOperation) throws -> Outcome {
    let evaluator = scheme.evaluator
    let operands = try pickSeveral(operation == .sum ? 2 + pick(19) : 2)
    let (a, b) = (operands[0], operands[1])
    var result = a.ciphertext
    switch operation {
    case .add:
      return try outcome(a.noise + b.noise, level: a.level, a.slots + b.slots) {
        try evaluator.add(b.ciphertext, to: &result)
        return result
      }
    case .subtract:
      return try outcome(a.noise + b.noise, level: a.level, a.slots - b.slots) {
        try evaluator.subtract(b.ciphertext, from: &result)
        return result
      }
    case .negate:
      return try outcome(a.noise, level: a.level, a.slots.times(-1)) {
        try evaluator.negate(&result)
        return result
      }
    case .addToItself:
      // Doubled up to ten times, the most correlated of all sums.
      let doublings = 1 + pick(10)
      let weight = Int64(1) << Int64(doublings)
      return try outcome(
        a.noise.times(Double(weight)), level: a.level, a.slots.times(weight)
      ) {
        for _ in 0..<doublings {
          let same = result
          try evaluator.add(same, to: &result)
        }
        return result
      }
    case .integer:
      let magnitude = Int64(1 + pick(1 << (1 + pick(16))))
      let weight = pick(2) == 0 ? magnitude : -magnitude
      return try outcome(
        a.noise.times(Double(weight)), level: a.level, a.slots.times(weight)
      ) {
        try evaluator.multiply(&result, by: weight)
        return result
      }
    default:
      let noise = operands.dropFirst().reduce(a.noise) { $0 + $1.noise }
      return try outcome(
        noise, level: a.level, operands.dropFirst().reduce(a.slots) { $0 + $1.slots }
      ) { try evaluator.sum(operands.map(\.ciphertext)) }
    }
  }

  private mutating func performWithPlaintext(_ operation: NoiseOperation) throws -> Outcome {
    let (model, evaluator, encoder) = (scheme.model, scheme.evaluator, scheme.encoder)
    let operands = try pickSeveral(operation == .innerProduct ? 2 + pick(9) : 1)
    let factors = operands.map { _ in pickSlots() }
    let (a, level) = (operands[0], operands[0].level)
    var result = a.ciphertext
    switch operation {
    case .addPlaintext:
      return try outcome(model.addingPlaintext(a.noise), level: level, a.slots + factors[0]) {
        try evaluator.add(encoder.encode(factors[0].centred), to: &result)
        return result
      }
    case .plaintextProduct:
      return try outcome(
        model.multiplyingPlaintext(a.noise), level: level, a.slots * factors[0]
      ) {
        try evaluator.multiply(
          &result, by: evaluator.prepare(encoder.encode(factors[0].centred), level: level))
        return result
      }
    default:
      let noise = operands.dropFirst().reduce(model.multiplyingPlaintext(a.noise)) {
        $0 + model.multiplyingPlaintext($1.noise)
      }
      let terms = zip(operands, factors).map { $0.slots * $1 }
      return try outcome(noise, level: level, terms.dropFirst().reduce(terms[0], +)) {
        try evaluator.innerProduct(
          operands.map(\.ciphertext),
          factors.map { try evaluator.prepare(encoder.encode($0.centred), level: level) })
      }
    }
  }

  private mutating func performProduct(_ operation: NoiseOperation) throws -> Outcome {
    let (model, evaluator) = (scheme.model, scheme.evaluator)
    var operands = try pickSeveral(2)
    if operation == .square { operands[1] = operands[0] }
    let (a, b, level) = (operands[0], operands[1], operands[0].level)
    var noise = model.product(a.noise, b.noise, level: level)
    guard operation == .threeParts else {
      noise = noise + model.keySwitch(level: level)
      return try outcome(noise, level: level, a.slots * b.slots) {
        try evaluator.relinearize(
          evaluator.multiply(a.ciphertext, b.ciphertext), using: scheme.relinearizationKey)
      }
    }
    // Three parts as they are, or at a lower level.
    let target = level > 1 && pick(2) == 0 ? level - 1 : level
    guard try isMeasurable(noise, level: level) else { return .impossible }
    noise = model.modulusSwitch(noise, from: level, to: target, parts: 3)
    return try outcome(noise, level: target, a.slots * b.slots) {
      try evaluator.switchModulus(evaluator.multiply(a.ciphertext, b.ciphertext), to: target)
    }
  }

  private mutating func accumulateProducts() throws -> Outcome {
    let (model, evaluator) = (scheme.model, scheme.evaluator)
    let count = 2 + pick(4)
    let operands = try pickSeveral(count)
    let level = operands[0].level
    let weight = Int64(pick(7)) - 3
    // Neighbours in a ring: every operand stands in two products.
    let pairs = operands.indices.map { (operands[$0], operands[($0 + 1) % count]) }
    let products = pairs.map { $0.slots * $1.slots }
    var noise = pairs.map { model.product($0.noise, $1.noise, level: level) }
      .reduce(pairs[0].0.noise.times(0), +)
    noise = noise.times(Double(weight)) + model.keySwitch(level: level)
    let slots = products.dropFirst().reduce(products[0], +).times(weight)
    let termsPerScaling = 1 << pick(4)
    return try outcome(noise, level: level, slots) {
      var accumulator = try evaluator.makeProductAccumulator(
        level: level, termsPerScaling: termsPerScaling)
      for (a, b) in pairs { try accumulator.accumulate(a.ciphertext, b.ciphertext) }
      try accumulator.multiply(by: weight)
      return try accumulator.finish(relinearizingWith: scheme.relinearizationKey)
    }
  }

  private mutating func performRotation(_ operation: NoiseOperation) throws -> Outcome {
    let (model, evaluator, keys) = (scheme.model, scheme.evaluator, scheme.galoisKeys)
    let a = pickOne()
    let (ciphertext, level) = (a.ciphertext, a.level)
    let rotated = a.noise + model.keySwitch(level: level)
    switch operation {
    case .rotate:
      let steps = scheme.steps[pick(scheme.steps.count)]
      return try outcome(rotated, level: level, a.slots.rotated(by: steps)) {
        try evaluator.rotateRows(ciphertext, by: steps, using: keys)
      }
    case .swapRows:
      return try outcome(rotated, level: level, a.slots.withRowsSwapped) {
        try evaluator.swapRows(ciphertext, using: keys)
      }
    case .rotationSum:
      let steps = (0..<2 + pick(4)).map { _ in scheme.steps[pick(scheme.steps.count)] }
      return try outcome(
        a.noise + rotated.times(Double(steps.count)), level: level,
        steps.reduce(a.slots) { $0 + a.slots.rotated(by: $1) }
      ) {
        try evaluator.sum(
          [ciphertext] + evaluator.rotateRows(ciphertext, by: steps, using: keys))
      }
    case .blockSum:
      let size = 1 << (1 + pick(2))
      return try outcome(
        model.slotSum(a.noise, blockSize: size, level: level), level: level,
        a.slots.blockSums(size)
      ) { try evaluator.slotSum(ciphertext, blockSize: size, using: keys) }
    case .slotSum:
      return try outcome(
        model.slotSum(a.noise, blockSize: scheme.context.slotCount, level: level), level: level,
        a.slots.filled(with: a.slots.total)
      ) { try evaluator.slotSum(ciphertext, using: keys) }
    default:
      return try outcome(
        model.slotMean(a.noise, level: level), level: level, a.slots.filled(with: a.slots.mean)
      ) { try evaluator.slotMean(ciphertext, using: keys) }
    }
  }

  private mutating func switchModulus() throws -> Outcome {
    let a = pickOne()
    guard a.level > 1 else { return .impossible }
    let target = 1 + pick(a.level - 1)
    let noise = scheme.model.modulusSwitch(a.noise, from: a.level, to: target)
    return try outcome(noise, level: target, a.slots) {
      try scheme.evaluator.switchModulus(a.ciphertext, to: target)
    }
  }

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
