import BFV
import Lattice
import SecureMemory
import Testing
import Wire

@Suite struct SchemeTests {
  @Test func encryptionRoundTrips() throws {
    let scheme = try SmallScheme(depth: 0)
    let values = scheme.randomValues(below: 1 << 29)
    let ciphertext = try scheme.encrypt(values)
    #expect(try scheme.decrypt(ciphertext) == values)
    let seeded = SymmetricEncryptor(scheme.secretKey)
    let symmetric = try seeded.encrypt(scheme.encoder.encode(values)).expanded()
    #expect(try scheme.decrypt(symmetric) == values)
    let model = scheme.context.noiseModel
    #expect(try scheme.decryptor.measuredNoise(of: ciphertext) < model.fresh.log2)
    #expect(try scheme.decryptor.measuredNoise(of: symmetric) < model.freshSymmetric.log2)
    #expect(try scheme.decryptor.measuredNoise(of: symmetric) > 2)
  }

  @Test func linearOperations() throws {
    let scheme = try SmallScheme(depth: 0)
    let a = scheme.randomValues(below: 1 << 20)
    let b = scheme.randomValues(below: 1 << 20)
    var sum = try scheme.encrypt(a)
    try scheme.evaluator.add(scheme.encrypt(b), to: &sum)
    #expect(try scheme.decrypt(sum) == zip(a, b).map { $0 + $1 })
    var difference = try scheme.encrypt(a)
    try scheme.evaluator.subtract(scheme.encrypt(b), from: &difference)
    #expect(try scheme.decrypt(difference) == zip(a, b).map { $0 - $1 })
    try scheme.evaluator.negate(&difference)
    try scheme.evaluator.multiply(&difference, by: -3)
    #expect(try scheme.decrypt(difference) == zip(a, b).map { 3 * ($0 - $1) })
    try scheme.evaluator.add(scheme.encoder.encode(b), to: &sum)
    #expect(try scheme.decrypt(sum) == zip(a, b).map { $0 + 2 * $1 })
  }

  @Test func plaintextProduct() throws {
    let scheme = try SmallScheme(depth: 0)
    let a = scheme.randomValues(below: 1 << 20)
    let mask = a.indices.map { Int64($0 % 3 == 0 ? 1 : 0) }
    var masked = try scheme.encrypt(a)
    let prepared = try scheme.evaluator.prepare(
      scheme.encoder.encode(mask), level: masked.level)
    try scheme.evaluator.multiply(&masked, by: prepared)
    #expect(try scheme.decrypt(masked) == zip(a, mask).map { $0 * $1 })
    let bound = scheme.context.noiseModel.multiplyingPlaintext(scheme.context.noiseModel.fresh)
    #expect(try scheme.decryptor.measuredNoise(of: masked) < bound.log2)
  }

  @Test func productsToDepthThree() throws {
    let scheme = try SmallScheme()
    let model = scheme.context.noiseModel
    let level = scheme.context.topLevel
    var values = scheme.randomValues(below: 5)
    var ciphertext = try scheme.encrypt(values)
    var bound = model.fresh
    for _ in 0..<3 {
      let three = try scheme.evaluator.multiply(ciphertext, ciphertext)
      values = values.map { $0 * $0 }
      #expect(three.partCount == 3)
      #expect(try scheme.decrypt(three) == values)
      ciphertext = try scheme.evaluator.relinearize(three, using: scheme.relinearizationKey)
      bound = model.product(bound, bound, level: level) + model.keySwitch(level: level)
      #expect(try scheme.decrypt(ciphertext) == values)
      #expect(try scheme.decryptor.measuredNoise(of: ciphertext) < bound.log2)
    }
  }

  @Test func accumulatedProductsEqualSingleOnes() throws {
    let scheme = try SmallScheme(depth: 1)
    var accumulator = try scheme.evaluator.makeProductAccumulator(level: scheme.context.topLevel)
    #expect(throws: EvaluationError.emptyInput) {
      try accumulator.finish(relinearizingWith: scheme.relinearizationKey)
    }
    var expected = [Int64](repeating: 0, count: scheme.context.slotCount)
    let shared = scheme.randomValues(below: 100)
    let extendedShared = try scheme.evaluator.extend(scheme.encrypt(shared))
    for _ in 0..<10 {
      let values = scheme.randomValues(below: 1000)
      try accumulator.accumulate(extendedShared, scheme.evaluator.extend(scheme.encrypt(values)))
      for slot in expected.indices { expected[slot] += shared[slot] * values[slot] }
    }
    var second = try scheme.evaluator.makeProductAccumulator(level: scheme.context.topLevel)
    try second.accumulate(scheme.encrypt(shared), scheme.encrypt(shared))
    try second.multiply(by: -2)
    try accumulator.merge(second)
    for slot in expected.indices { expected[slot] -= 2 * shared[slot] * shared[slot] }
    #expect(accumulator.termCount == 11)
    let sum = try accumulator.finish(relinearizingWith: scheme.relinearizationKey)
    #expect(try scheme.decrypt(sum) == expected)
  }

  @Test func rotationsGoLeft() throws {
    let scheme = try SmallScheme(depth: 0)
    let values = scheme.randomValues(below: 1000)
    let row = values.count / 2
    let ciphertext = try scheme.encrypt(values)
    for steps in [1, -5] {
      let rotated = try scheme.decrypt(
        scheme.evaluator.rotateRows(ciphertext, by: steps, using: scheme.galoisKeys))
      let expected = (0..<2 * row).map { slot in
        values[slot / row * row + ((slot % row + steps) % row + row) % row]
      }
      #expect(rotated == expected)
    }
    let swapped = try scheme.decrypt(
      scheme.evaluator.swapRows(ciphertext, using: scheme.galoisKeys))
    #expect(swapped == Array(values[row...] + values[..<row]))
    #expect(throws: EvaluationError.self) {
      try scheme.evaluator.rotateRows(ciphertext, by: 7, using: scheme.galoisKeys)
    }
    let sum = try scheme.decrypt(scheme.evaluator.slotSum(ciphertext, using: scheme.galoisKeys))
    #expect(sum == Array(repeating: values.reduce(0, +), count: values.count))
  }

  @Test func modulusSwitchingKeepsThePlaintext() throws {
    let scheme = try SmallScheme(depth: 2)
    let values = scheme.randomValues(below: 1 << 20)
    let model = scheme.context.noiseModel
    let ciphertext = try scheme.encrypt(values)
    for level in (1..<ciphertext.level).reversed() {
      let bound = model.modulusSwitch(model.fresh, from: ciphertext.level, to: level)
      guard model.decrypts(bound, level: level) else { continue }
      let switched = try scheme.evaluator.switchModulus(ciphertext, to: level)
      #expect(switched.level == level)
      #expect(try scheme.decrypt(switched) == values)
      #expect(try scheme.decryptor.measuredNoise(of: switched) < bound.log2)
    }
    // Products work at lower levels, too.
    let low = try scheme.evaluator.switchModulus(ciphertext, to: ciphertext.level - 1)
    let small = try scheme.evaluator.switchModulus(
      scheme.encrypt(Array(repeating: 3, count: values.count)), to: low.level)
    let product = try scheme.evaluator.relinearize(
      scheme.evaluator.multiply(low, small), using: scheme.relinearizationKey)
    #expect(try scheme.decrypt(product) == values.map { $0 * 3 })
  }

  @Test func extractedTotalIsTheSlotSum() throws {
    let scheme = try SmallScheme(depth: 1)
    let values = scheme.randomValues(below: 100_000)
    let totals = try scheme.evaluator.extractTotals(
      scheme.encrypt(values), noise: scheme.context.noiseModel.fresh, totalsInAnswer: 10,
      rerandomizingWith: scheme.encryptor)
    #expect(totals.level < scheme.context.topLevel)
    #expect(try scheme.decryptor.decrypt(totals) == [values.reduce(0, +)])
    var writer = BoundedWriter()
    totals.write(to: &writer)
    var reader = BoundedReader(writer.bytes[...], source: "totals")
    let read = try EncryptedTotals(context: scheme.context, from: &reader)
    try reader.finish()
    #expect(try scheme.decryptor.decrypt(read) == [values.reduce(0, +)])
  }

  @Test(arguments: [1, 2, 3, 5, 8])
  func packedTotalsAreTheSlotSums(count: Int) throws {
    let scheme = try SmallScheme(depth: 1)
    let columns = (0..<count).map { _ in scheme.randomValues(below: 100_000) }
    let packed = try scheme.evaluator.packConstants(
      columns.map { try scheme.encrypt($0) }, using: scheme.galoisKeys)
    let model = scheme.context.noiseModel
    let noise = model.packing(model.fresh, level: packed.level)
    #expect(try scheme.decryptor.measuredNoise(of: packed) < noise.log2)
    let totals = try scheme.evaluator.extractTotals(
      packed, count: count, noise: noise, totalsInAnswer: count,
      rerandomizingWith: scheme.encryptor)
    #expect(try scheme.decryptor.decrypt(totals) == columns.map { $0.reduce(0, +) })
  }

  @Test func noiseAboveTheMarginIsRefused() throws {
    let scheme = try SmallScheme(depth: 0)
    // Sixteen random coefficients: one alone passes one time in 256.
    let level = 1
    let modulus = try scheme.context.basis(level: level).moduli[0].value
    var writer = BoundedWriter()
    writer.append(UInt8(level))
    writer.append(UInt32(16))
    for _ in 0..<16 { writer.append(UInt64.random(in: 0..<modulus)) }
    let random = RNSPolynomial<Coefficient>(
      basis: try scheme.context.basis(level: level),
      reducedResidues: (0..<scheme.context.slotCount).map { _ in
        UInt64.random(in: 0..<modulus)
      })
    random.write(to: &writer)
    var reader = BoundedReader(writer.bytes[...], source: "forged")
    let forged = try EncryptedTotals(context: scheme.context, from: &reader)
    #expect(throws: EvaluationError.marginExceeded) { try scheme.decryptor.decrypt(forged) }
  }

  @Test func deepestWorkloadStaysUnderItsBound() throws {
    let scheme = try SmallScheme(depth: 2)
    let model = scheme.context.noiseModel
    let level = scheme.context.topLevel
    let ones = try scheme.encrypt(Array(repeating: 1, count: scheme.context.slotCount))
    // The same ciphertext again and again: noises as correlated as they can be.
    var factor = ones
    for _ in 1..<scheme.workload.additionsPerFactor { try scheme.evaluator.add(ones, to: &factor) }
    let mask = try scheme.evaluator.prepare(
      scheme.encoder.encode((0..<scheme.context.slotCount).map { Int64($0 & 1) }), level: level)
    try scheme.evaluator.multiply(&factor, by: mask)
    for _ in 0..<2 {
      factor = try scheme.evaluator.relinearize(
        scheme.evaluator.multiply(factor, factor), using: scheme.relinearizationKey)
    }
    let bound = model.deepestTotal(of: scheme.workload)
    #expect(try scheme.decryptor.measuredNoise(of: factor) < bound.log2)
    #expect(model.decrypts(bound, level: level))
    let expected = Int64(64 * 64 * 64 * 64)
    #expect(
      try scheme.decrypt(factor)
        == (0..<scheme.context.slotCount).map {
          $0 & 1 == 1 ? expected : 0
        })
  }

  @Test func serializationRoundTripsAndIsChecked() throws {
    let scheme = try SmallScheme(depth: 0)
    let values = scheme.randomValues(below: 1000)
    var writer = BoundedWriter()
    try scheme.encrypt(values).write(to: &writer)
    let size = try Ciphertext.serializedByteCount(
      context: scheme.context, level: scheme.context.topLevel)
    #expect(writer.bytes.count == size)
    var reader = BoundedReader(writer.bytes[...], source: "ciphertext")
    let read = try Ciphertext(context: scheme.context, from: &reader)
    try reader.finish()
    #expect(try scheme.decrypt(read) == values)
    for length in [0, 1, 2, 100, size - 1] {
      var short = BoundedReader(writer.bytes[..<length], source: "ciphertext")
      #expect(throws: WireError.self) { try Ciphertext(context: scheme.context, from: &short) }
    }
    // Every residue field filled with ones is above its prime.
    var full = BoundedReader(
      (writer.bytes.prefix(2) + Array(repeating: 0xFF, count: size - 2))[...], source: "ciphertext")
    #expect(throws: WireError.self) { try Ciphertext(context: scheme.context, from: &full) }
  }

  @Test func foreignOperandsAreRefused() throws {
    let a = try SmallScheme(depth: 0)
    let b = try SmallScheme(depth: 1)
    var mine = try a.encrypt([1])
    let theirs = try b.encrypt([1])
    #expect(throws: EvaluationError.self) { try a.evaluator.add(theirs, to: &mine) }
    #expect(throws: EvaluationError.self) { try a.decryptor.decrypt(theirs) }
    #expect(throws: EvaluationError.self) { try a.evaluator.switchModulus(mine, to: 0) }
    let low = try b.evaluator.switchModulus(theirs, to: theirs.level - 1)
    #expect(throws: EvaluationError.self) { try b.evaluator.multiply(theirs, low) }
    #expect(throws: EvaluationError.self) {
      try a.encoder.encode(Array(repeating: 0, count: a.context.slotCount + 1))
    }
    #expect(throws: EvaluationError.self) { try a.encoder.encode([1 << 40]) }
    // Another ring altogether: no operand of one is taken by the other.
    let c = try SmallScheme(degree: 2048, depth: 0)
    let foreign = try c.encoder.encode([1])
    #expect(throws: EvaluationError.self) { try a.encryptor.encrypt(foreign) }
    #expect(throws: EvaluationError.self) { try a.encoder.decode(foreign) }
    #expect(throws: EvaluationError.self) { try a.evaluator.add(foreign, to: &mine) }
    #expect(throws: EvaluationError.self) { try a.evaluator.prepare(foreign, level: 1) }
    let level = a.context.topLevel
    var accumulator = try a.evaluator.makeProductAccumulator(level: level)
    let other = try c.evaluator.makeProductAccumulator(level: c.context.topLevel)
    let extended = try c.evaluator.extend(c.encrypt([1]))
    #expect(throws: EvaluationError.self) { try accumulator.accumulate(extended, extended) }
    #expect(throws: EvaluationError.self) { try accumulator.merge(other) }
    #expect(throws: EvaluationError.self) {
      try a.evaluator.relinearize(
        a.evaluator.multiply(mine, mine), using: c.relinearizationKey)
    }
  }
}
