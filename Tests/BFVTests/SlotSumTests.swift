import BFV
import Lattice
import Testing

/// Sums over slots, and rotations that share their decomposition.
@Suite struct SlotSumTests {
  private static let degree = 64

  private func makeScheme() throws -> SmallScheme {
    let degree = SlotSumTests.degree
    return try SmallScheme(
      degree: degree, depth: 1,
      elements: GaloisKeys.packingElements(degree: degree)
        .union(GaloisKeys.blockSumElements(upTo: degree, degree: degree))
        .union((-3...5).map { GaloisKeys.rotationElement(by: $0, degree: degree) }))
  }

  @Test func blocksOfEverySize() throws {
    let scheme = try makeScheme()
    let model = scheme.context.noiseModel
    let values = scheme.randomValues(below: 1 << 20)
    let ciphertext = try scheme.encrypt(values)
    let row = SlotSumTests.degree / 2
    var size = 1
    while size <= SlotSumTests.degree {
      let sum = try scheme.evaluator.slotSum(ciphertext, blockSize: size, using: scheme.galoisKeys)
      let expected = values.indices.map { slot in
        size > row
          ? values.reduce(0, +)
          : (0..<size).reduce(0) { $0 + values[slot / row * row + (slot + $1) % row] }
      }
      #expect(try scheme.decrypt(sum) == expected, "blocks of \(size)")
      let bound = model.slotSum(model.fresh, blockSize: size, level: sum.level)
      #expect(try scheme.decryptor.measuredNoise(of: sum) < bound.log2)
      size *= 2
    }
  }

  @Test(arguments: [-1, 0, 3, 24, 63, 65, 128, Int.max, Int.min])
  func otherBlocksAreRefused(size: Int) throws {
    let scheme = try makeScheme()
    let ciphertext = try scheme.encrypt([1])
    #expect(throws: EvaluationError.unsupportedBlock(size, slots: SlotSumTests.degree)) {
      try scheme.evaluator.slotSum(ciphertext, blockSize: size, using: scheme.galoisKeys)
    }
  }

  @Test func meanIsTheSumWithoutItsNoise() throws {
    let scheme = try makeScheme()
    let model = scheme.context.noiseModel
    let modulus = scheme.context.plaintextPlan.modulus
    let degree = UInt64(SlotSumTests.degree)
    let values = scheme.randomValues(below: 1 << 20)
    // A noisy operand: its noise must not be multiplied by N.
    var noisy = try scheme.encrypt(values)
    try scheme.evaluator.multiply(&noisy, by: 1 << 20)
    let bound = model.fresh.times(0x1p20)
    let mean = try scheme.evaluator.slotMean(noisy, using: scheme.galoisKeys)
    let total = modulus.multiply(
      modulus.reduce(values.reduce(0, +)), modulus.reduce(Int64(1 << 20)))
    let expected = modulus.multiply(total, modulus.inverse(degree))
    #expect(try scheme.decrypt(mean).allSatisfy { modulus.reduce($0) == expected })
    #expect(
      try scheme.decryptor.measuredNoise(of: mean)
        < model.slotMean(bound, level: mean.level).log2)
    #expect(model.slotMean(bound, level: mean.level).log2 < bound.log2 + 1)
    let sum = try scheme.evaluator.slotSum(noisy, using: scheme.galoisKeys)
    #expect(try scheme.decrypt(sum).allSatisfy { modulus.reduce($0) == total })
  }

  @Test func sharedDecompositionGivesTheSameBits() throws {
    let scheme = try makeScheme()
    // Also of a ciphertext that has been through the keys already.
    let fresh = try scheme.encrypt(scheme.randomValues(below: 1 << 20))
    let squared = try scheme.evaluator.relinearize(
      scheme.evaluator.multiply(fresh, fresh), using: scheme.relinearizationKey)
    let row = SlotSumTests.degree / 2
    let steps = [1, 0, -3, 5, 2, 1, row, row + 2]
    for ciphertext in [fresh, squared] {
      let shared = try scheme.evaluator.rotateRows(ciphertext, by: steps, using: scheme.galoisKeys)
      #expect(shared.count == steps.count)
      for (count, rotated) in zip(steps, shared) {
        let single = try scheme.evaluator.rotateRows(
          ciphertext, by: count, using: scheme.galoisKeys)
        #expect(
          zip(rotated.parts, single.parts).allSatisfy { $0.residues == $1.residues },
          "\(count) steps")
      }
    }
  }
}
