import BFV
import Lattice
import Testing

/// Sums and inner products of many ciphertexts in one call.
@Suite struct CiphertextSumTests {
  private func equal(_ a: Ciphertext, _ b: Ciphertext) -> Bool {
    a.partCount == b.partCount && zip(a.parts, b.parts).allSatisfy { $0.residues == $1.residues }
  }

  @Test(arguments: [1, 2, 7, 8, 9, 16, 17, 100])
  func sumsAreThoseOfSingleAdditions(count: Int) throws {
    let scheme = try SmallScheme(degree: 256, depth: 0)
    let columns = (0..<count).map { _ in scheme.randomValues(below: 1 << 20) }
    let ciphertexts = try columns.map { try scheme.encrypt($0) }
    let sum = try scheme.evaluator.sum(ciphertexts)
    var one = ciphertexts[0]
    for ciphertext in ciphertexts.dropFirst() { try scheme.evaluator.add(ciphertext, to: &one) }
    #expect(equal(sum, one))
    let expected = (0..<scheme.context.slotCount).map { slot in
      columns.reduce(0) { $0 + $1[slot] }
    }
    #expect(try scheme.decrypt(sum) == expected)
    let model = scheme.context.noiseModel
    #expect(
      try scheme.decryptor.measuredNoise(of: sum) < model.fresh.times(Double(count)).log2)
    // The operands are as they were.
    #expect(try scheme.decrypt(ciphertexts[0]) == columns[0])
  }

  @Test(arguments: [1, 2, 7, 8, 9, 16, 17, 100])
  func innerProductsAreThoseOfSingleProducts(count: Int) throws {
    let scheme = try SmallScheme(degree: 256, depth: 0, bound: 1 << 34)
    let level = scheme.context.topLevel
    let columns = (0..<count).map { _ in scheme.randomValues(below: 1 << 16) }
    let factors = (0..<count).map { _ in scheme.randomValues(below: 1 << 8) }
    let ciphertexts = try columns.map { try scheme.encrypt($0) }
    let prepared = try factors.map {
      try scheme.evaluator.prepare(scheme.encoder.encode($0), level: level)
    }
    let product = try scheme.evaluator.innerProduct(ciphertexts, prepared)
    var one = ciphertexts[0]
    try scheme.evaluator.multiply(&one, by: prepared[0])
    for index in 1..<max(count, 1) {
      var term = ciphertexts[index]
      try scheme.evaluator.multiply(&term, by: prepared[index])
      try scheme.evaluator.add(term, to: &one)
    }
    #expect(equal(product, one))
    let expected = (0..<scheme.context.slotCount).map { slot in
      zip(columns, factors).reduce(0) { $0 + $1.0[slot] * $1.1[slot] }
    }
    #expect(try scheme.decrypt(product) == expected)
    let model = scheme.context.noiseModel
    let bound = model.multiplyingPlaintext(model.fresh).times(Double(count))
    #expect(try scheme.decryptor.measuredNoise(of: product) < bound.log2)
  }

  @Test func oneCiphertextManyTimes() throws {
    let scheme = try SmallScheme(degree: 256, depth: 0)
    let values = scheme.randomValues(below: 1 << 20)
    let ciphertext = try scheme.encrypt(values)
    let sum = try scheme.evaluator.sum(Array(repeating: ciphertext, count: 50))
    #expect(try scheme.decrypt(sum) == values.map { 50 * $0 })
    // Noises as correlated as can be grow fifty times, no more.
    let single = try scheme.decryptor.measuredNoise(of: ciphertext)
    let noise = try scheme.decryptor.measuredNoise(of: sum)
    let model = scheme.context.noiseModel
    #expect(noise < model.fresh.times(50).log2)
    #expect(noise > single + 4)
  }
}
