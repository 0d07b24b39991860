import BFV
import Lattice
import SecureMemory
import Testing
import Wire

/// Every operation against operands that it must refuse: the error is exactly the one that its
/// documentation names.
@Suite struct BadInputTests {
  private typealias Call = (name: String, body: () throws -> Void)

  private func expect(_ error: EvaluationError, _ calls: [Call]) {
    for call in calls {
      #expect(throws: error, "\(call.name)") { try call.body() }
    }
  }

  /// A ring with keys for nothing but packing.
  private func makeScheme(depth: Int = 1) throws -> SmallScheme {
    try SmallScheme(
      degree: 64, depth: depth, elements: GaloisKeys.packingElements(degree: 64))
  }

  @Test func operandsOfOtherParameters() throws {
    let scheme = try makeScheme(depth: 0)
    let other = try SmallScheme(degree: 128, depth: 0)
    let evaluator = scheme.evaluator
    let level = scheme.context.topLevel
    let (mine, theirs) = (try scheme.encrypt([1]), try other.encrypt([1]))
    let myPlaintext = try scheme.encoder.encode([1])
    let theirPlaintext = try other.encoder.encode([1])
    let prepared = try evaluator.prepare(myPlaintext, level: level)
    let theirPrepared = try other.evaluator.prepare(
      theirPlaintext, level: other.context.topLevel)
    let theirExtended = try other.evaluator.extend(theirs)
    let myExtended = try evaluator.extend(mine)
    let product = try evaluator.multiply(mine, mine)
    let noise = scheme.context.noiseModel.fresh
    var copy = mine
    var accumulator = try evaluator.makeProductAccumulator(level: level)
    try accumulator.accumulate(mine, mine)
    let theirAccumulator = try other.evaluator.makeProductAccumulator(
      level: other.context.topLevel)
    let totals = try other.evaluator.extractTotals(
      theirs, noise: noise, totalsInAnswer: 1, rerandomizingWith: other.encryptor)
    expect(
      .parameterMismatch(
        expected: scheme.context.fingerprint, found: other.context.fingerprint),
      [
        ("add", { try evaluator.add(theirs, to: &copy) }),
        ("subtract", { try evaluator.subtract(theirs, from: &copy) }),
        (
          "negate",
          {
            var foreign = theirs
            try evaluator.negate(&foreign)
          }
        ),
        (
          "multiply by an integer",
          {
            var foreign = theirs
            try evaluator.multiply(&foreign, by: 2)
          }
        ),
        ("add a plaintext", { try evaluator.add(theirPlaintext, to: &copy) }),
        ("prepare", { _ = try evaluator.prepare(theirPlaintext, level: level) }),
        ("multiply by a plaintext", { try evaluator.multiply(&copy, by: theirPrepared) }),
        ("sum", { _ = try evaluator.sum([mine, theirs]) }),
        ("inner product", { _ = try evaluator.innerProduct([theirs], [prepared]) }),
        ("inner product's factor", { _ = try evaluator.innerProduct([mine], [theirPrepared]) }),
        ("multiply", { _ = try evaluator.multiply(mine, theirs) }),
        ("multiply, first", { _ = try evaluator.multiply(theirs, mine) }),
        ("extend", { _ = try evaluator.extend(theirs) }),
        ("accumulate", { try accumulator.accumulate(mine, theirs) }),
        ("accumulate extended", { try accumulator.accumulate(myExtended, theirExtended) }),
        ("merge", { try accumulator.merge(theirAccumulator) }),
        ("finish", { _ = try accumulator.finish(relinearizingWith: other.relinearizationKey) }),
        (
          "relinearize",
          { _ = try evaluator.relinearize(product, using: other.relinearizationKey) }
        ),
        ("rotate", { _ = try evaluator.rotateRows(theirs, by: 1, using: scheme.galoisKeys) }),
        ("rotate's keys", { _ = try evaluator.rotateRows(mine, by: 1, using: other.galoisKeys) }),
        (
          "rotations",
          { _ = try evaluator.rotateRows(theirs, by: [1, 2], using: scheme.galoisKeys) }
        ),
        (
          "rotations' keys",
          { _ = try evaluator.rotateRows(mine, by: [1, 2], using: other.galoisKeys) }
        ),
        ("swap rows", { _ = try evaluator.swapRows(theirs, using: scheme.galoisKeys) }),
        ("slot sum", { _ = try evaluator.slotSum(theirs, using: scheme.galoisKeys) }),
        ("slot mean", { _ = try evaluator.slotMean(mine, using: other.galoisKeys) }),
        (
          "block sum",
          { _ = try evaluator.slotSum(theirs, blockSize: 2, using: scheme.galoisKeys) }
        ),
        ("switch modulus", { _ = try evaluator.switchModulus(theirs, to: 1) }),
        ("pack", { _ = try evaluator.packConstants([mine, theirs], using: scheme.galoisKeys) }),
        (
          "extract",
          {
            _ = try evaluator.extractTotals(
              theirs, noise: noise, totalsInAnswer: 1, rerandomizingWith: scheme.encryptor)
          }
        ),
        ("encrypt", { _ = try scheme.encryptor.encrypt(theirPlaintext) }),
        (
          "encrypt symmetrically",
          { _ = try SymmetricEncryptor(scheme.secretKey).encrypt(theirPlaintext) }
        ),
        ("decode", { _ = try scheme.encoder.decode(theirPlaintext) }),
        ("decrypt", { _ = try scheme.decryptor.decrypt(theirs) }),
        ("decrypt totals", { _ = try scheme.decryptor.decrypt(totals) }),
      ])
    // What was refused has changed nothing.
    #expect(try scheme.decrypt(copy)[0] == 1)
    #expect(try scheme.decrypt(accumulator.finishThreeParts())[0] == 1)
    // An encryptor of other parameters is no better than a ciphertext of theirs.
    expect(
      .parameterMismatch(
        expected: scheme.context.fingerprint, found: other.context.fingerprint),
      [
        (
          "extract with a foreign encryptor",
          {
            _ = try evaluator.extractTotals(
              mine, noise: noise, totalsInAnswer: 1, rerandomizingWith: other.encryptor)
          }
        )
      ])
  }

  @Test func operandsOfOtherLevels() throws {
    let scheme = try makeScheme()
    let evaluator = scheme.evaluator
    let top = scheme.context.topLevel
    try #require(top > 1)
    let high = try scheme.encrypt([1])
    let low = try evaluator.switchModulus(high, to: top - 1)
    let plaintext = try scheme.encoder.encode([1])
    let prepared = try evaluator.prepare(plaintext, level: top)
    let (extended, lowExtended) = (try evaluator.extend(high), try evaluator.extend(low))
    var copy = high
    var lowCopy = low
    var accumulator = try evaluator.makeProductAccumulator(level: top)
    let lowAccumulator = try evaluator.makeProductAccumulator(level: top - 1)
    expect(
      .levelMismatch(top, top - 1),
      [
        ("add", { try evaluator.add(low, to: &copy) }),
        ("subtract", { try evaluator.subtract(low, from: &copy) }),
        ("multiply", { _ = try evaluator.multiply(high, low) }),
        ("accumulate", { try accumulator.accumulate(high, low) }),
        ("accumulate extended", { try accumulator.accumulate(extended, lowExtended) }),
      ])
    expect(
      .levelMismatch(top - 1, top),
      [
        ("add to the lower", { try evaluator.add(high, to: &lowCopy) }),
        ("multiply by a plaintext", { try evaluator.multiply(&lowCopy, by: prepared) }),
        ("inner product", { _ = try evaluator.innerProduct([low], [prepared]) }),
        ("sum", { _ = try evaluator.sum([high, low]) }),
        ("pack", { _ = try evaluator.packConstants([high, low], using: scheme.galoisKeys) }),
        ("accumulate two of another level", { try accumulator.accumulate(low, low) }),
        ("merge", { try accumulator.merge(lowAccumulator) }),
      ])
    for level in [0, -1, top + 1, Int.max, Int.min] {
      expect(
        .unsupportedLevel(level, available: top),
        [
          ("switch modulus", { _ = try evaluator.switchModulus(high, to: level) }),
          ("prepare", { _ = try evaluator.prepare(plaintext, level: level) }),
          ("accumulator", { _ = try evaluator.makeProductAccumulator(level: level) }),
          (
            "size",
            { _ = try Ciphertext.serializedByteCount(context: scheme.context, level: level) }
          ),
        ])
    }
    // No way up again.
    expect(
      .unsupportedLevel(top, available: top - 1),
      [("switch up", { _ = try evaluator.switchModulus(low, to: top) })])
    #expect(try scheme.decrypt(copy)[0] == 1)
    #expect(accumulator.termCount == 0)
  }

  @Test func missingGaloisKeys() throws {
    let scheme = try makeScheme()
    let ciphertext = try scheme.encrypt([1, 2, 3])
    let none = GaloisKeys(for: scheme.secretKey, elements: [])
    let evaluator = scheme.evaluator
    // Element 3 rotates by one step and is the trace's first; 3^4 = 81 is in no trace of 64 slots.
    let rotation = GaloisKeys.rotationElement(by: 4, degree: 64)
    expect(
      .missingGaloisKey(element: rotation),
      [
        ("rotate", { _ = try evaluator.rotateRows(ciphertext, by: 4, using: scheme.galoisKeys) }),
        (
          "rotations",
          { _ = try evaluator.rotateRows(ciphertext, by: [1, 4], using: scheme.galoisKeys) }
        ),
        (
          "block sum",
          { _ = try evaluator.slotSum(ciphertext, blockSize: 8, using: scheme.galoisKeys) }
        ),
      ])
    expect(
      .missingGaloisKey(element: GaloisKeys.rowSwapElement(degree: 64)),
      [("swap rows", { _ = try evaluator.swapRows(ciphertext, using: scheme.galoisKeys) })])
    expect(
      .missingGaloisKey(element: 3),
      [
        ("slot sum", { _ = try evaluator.slotSum(ciphertext, using: none) }),
        ("slot mean", { _ = try evaluator.slotMean(ciphertext, using: none) }),
        ("pack one", { _ = try evaluator.packConstants([ciphertext], using: none) }),
        ("pack two", { _ = try evaluator.packConstants([ciphertext, ciphertext], using: none) }),
      ])
    // What is no automorphism gets no key.
    #expect(GaloisKeys(for: scheme.secretKey, elements: [-3, 0, 1, 2, 128, 129]).elements.isEmpty)
  }

  @Test func threePartsWhereTwoAreNeeded() throws {
    let scheme = try makeScheme()
    let evaluator = scheme.evaluator
    let two = try scheme.encrypt([3])
    let three = try evaluator.multiply(two, two)
    let prepared = try evaluator.prepare(scheme.encoder.encode([1]), level: two.level)
    let noise = scheme.context.noiseModel.fresh
    var accumulator = try evaluator.makeProductAccumulator(level: two.level)
    expect(
      .unexpectedPartCount(expected: 2, found: 3),
      [
        ("multiply", { _ = try evaluator.multiply(two, three) }),
        ("multiply, first", { _ = try evaluator.multiply(three, two) }),
        ("extend", { _ = try evaluator.extend(three) }),
        ("accumulate", { try accumulator.accumulate(three, two) }),
        ("accumulate, second", { try accumulator.accumulate(two, three) }),
        ("sum", { _ = try evaluator.sum([two, three]) }),
        ("inner product", { _ = try evaluator.innerProduct([three], [prepared]) }),
        ("rotate", { _ = try evaluator.rotateRows(three, by: 1, using: scheme.galoisKeys) }),
        (
          "rotate by nothing",
          { _ = try evaluator.rotateRows(three, by: 0, using: scheme.galoisKeys) }
        ),
        ("rotations", { _ = try evaluator.rotateRows(three, by: [1], using: scheme.galoisKeys) }),
        ("swap rows", { _ = try evaluator.swapRows(three, using: scheme.galoisKeys) }),
        ("slot sum", { _ = try evaluator.slotSum(three, using: scheme.galoisKeys) }),
        ("slot mean", { _ = try evaluator.slotMean(three, using: scheme.galoisKeys) }),
        (
          "block sum",
          { _ = try evaluator.slotSum(three, blockSize: 2, using: scheme.galoisKeys) }
        ),
        ("pack", { _ = try evaluator.packConstants([three], using: scheme.galoisKeys) }),
        (
          "extract",
          {
            _ = try evaluator.extractTotals(
              three, noise: noise, totalsInAnswer: 1, rerandomizingWith: scheme.encryptor)
          }
        ),
      ])
    #expect(accumulator.termCount == 0)
    // Three parts can be added, switched, multiplied by plaintexts and decrypted.
    var sum = three
    try evaluator.add(two, to: &sum)
    try evaluator.subtract(three, from: &sum)
    #expect(try scheme.decrypt(sum)[0] == 3)
    var scaled = try evaluator.switchModulus(three, to: three.level - 1)
    try evaluator.multiply(&scaled, by: 2)
    #expect(try scheme.decrypt(scaled)[0] == 18)
    // They do not travel.
    var writer = BoundedWriter()
    three.write(to: &writer)
    var reader = BoundedReader(writer.bytes[...], source: "three parts")
    #expect(throws: WireError.self) { try Ciphertext(context: scheme.context, from: &reader) }
  }

  @Test func emptyInput() throws {
    let scheme = try makeScheme()
    let evaluator = scheme.evaluator
    let level = scheme.context.topLevel
    let ciphertext = try scheme.encrypt([1])
    let prepared = try evaluator.prepare(scheme.encoder.encode([1]), level: level)
    let noise = scheme.context.noiseModel.fresh
    var accumulator = try evaluator.makeProductAccumulator(level: level)
    expect(
      .emptyInput,
      [
        ("sum", { _ = try evaluator.sum([]) }),
        ("inner product", { _ = try evaluator.innerProduct([], []) }),
        ("inner product without ciphertexts", { _ = try evaluator.innerProduct([], [prepared]) }),
        ("three parts of nothing", { _ = try accumulator.finishThreeParts() }),
        (
          "product sum",
          { _ = try accumulator.finish(relinearizingWith: scheme.relinearizationKey) }
        ),
        ("pack", { _ = try evaluator.packConstants([], using: scheme.galoisKeys) }),
        (
          "extract",
          {
            _ = try evaluator.extractTotals(
              ciphertext, count: 0, noise: noise, totalsInAnswer: 1,
              rerandomizingWith: scheme.encryptor)
          }
        ),
      ])
    // An accumulator that was refused an end goes on.
    try accumulator.accumulate(ciphertext, ciphertext)
    #expect(try scheme.decrypt(accumulator.finishThreeParts())[0] == 1)
    // What stands for an empty sum.
    let zero = scheme.encryptor.encryptZero()
    #expect(try scheme.decrypt(zero).allSatisfy { $0 == 0 })
    #expect(
      try scheme.decryptor.measuredNoise(of: zero) < noise.log2)
    #expect(zero.parts.allSatisfy { part in !part.residues.allSatisfy { $0 == 0 } })
    #expect(try evaluator.rotateRows(ciphertext, by: [], using: scheme.galoisKeys).isEmpty)
  }

  @Test func wrongCountsAndValues() throws {
    let scheme = try makeScheme()
    let evaluator = scheme.evaluator
    let ciphertext = try scheme.encrypt([1])
    let limit = (scheme.context.parameters.plaintextModulus - 1) / 2
    let noise = scheme.context.noiseModel.fresh
    expect(
      .countMismatch(1, 0),
      [("inner product", { _ = try evaluator.innerProduct([ciphertext], []) })])
    expect(
      .tooManyValues(count: 65, slots: 64),
      [("encode", { _ = try scheme.encoder.encode(Array(repeating: 0, count: 65)) })])
    for value in [Int64(limit) + 1, -Int64(limit) - 1, .max, .min] {
      expect(
        .valueOutOfRange(slot: 2, limit: limit),
        [("encode", { _ = try scheme.encoder.encode([0, 1, value]) })])
    }
    #expect(
      try scheme.encoder.decode(scheme.encoder.encode([Int64(limit), -Int64(limit)])).prefix(2)
        == [Int64(limit), -Int64(limit)])
    expect(
      .tooManyTerms(limit: 64),
      [
        (
          "pack",
          {
            _ = try evaluator.packConstants(
              Array(repeating: ciphertext, count: 65), using: scheme.galoisKeys)
          }
        ),
        (
          "extract",
          {
            _ = try evaluator.extractTotals(
              ciphertext, count: 65, noise: noise, totalsInAnswer: 1,
              rerandomizingWith: scheme.encryptor)
          }
        ),
      ])
  }

  /// Noise that would not decrypt is refused whatever its size is, without arithmetic that fails.
  @Test func noiseThatIsTooLarge() throws {
    let scheme = try makeScheme(depth: 0)
    let ciphertext = try scheme.encrypt([1])
    let fresh = scheme.context.noiseModel.fresh
    for factor in [0x1p200, 0x1p1000, Double.infinity, .nan, -0x1p200] {
      do {
        _ = try scheme.evaluator.extractTotals(
          ciphertext, noise: fresh.times(factor), totalsInAnswer: 1,
          rerandomizingWith: scheme.encryptor)
        Issue.record("noise times \(factor) was sent")
      } catch EvaluationError.noiseTooLarge(_, let level) {
        #expect(level == scheme.context.topLevel)
      }
    }
    // More totals than any answer has, and none.
    for totals in [Int.max, 0, -5] {
      _ = try? scheme.evaluator.extractTotals(
        ciphertext, noise: fresh, totalsInAnswer: totals, rerandomizingWith: scheme.encryptor)
    }
  }
}
