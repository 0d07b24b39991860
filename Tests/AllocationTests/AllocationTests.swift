import BFV
import CAllocationCounter
import Testing

/// An evaluator that has done an operation allocates nothing to do it again.
@Suite(.enabled(if: cac_is_counting() == 1, "allocations are counted with glibc only"))
struct AllocationTests {
  /// What an operation allocates when it was done a few times before.
  private func allocationsWhenWarm(
    rounds: Int = 3, _ operation: () throws -> Void
  ) rethrows -> UInt64 {
    for _ in 0..<rounds { try operation() }
    let before = cac_allocation_count()
    try operation()
    return cac_allocation_count() - before
  }

  private func expectNoAllocation(
    rounds: Int = 3, sourceLocation: SourceLocation = #_sourceLocation,
    _ operation: () throws -> Void
  ) rethrows {
    let count = try allocationsWhenWarm(rounds: rounds, operation)
    #expect(count == 0, sourceLocation: sourceLocation)
  }

  /// Swift's own memory, aligned memory, and memory that grows are counted; nothing is not.
  @Test func theCounterCounts() {
    #expect(allocationsWhenWarm {} == 0)
    var kept: [UInt64] = []
    let ofAnArray = allocationsWhenWarm { kept = [UInt64](repeating: 1, count: 100 + kept.count) }
    #expect(ofAnArray == 1 && kept.count == 400)
    let aligned = allocationsWhenWarm {
      UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 64).deallocate()
    }
    #expect(aligned == 1)
    kept.reserveCapacity(1000)
    let growing = allocationsWhenWarm { kept.reserveCapacity(2 * kept.capacity) }
    #expect(growing == 1)
  }

  @Test(arguments: FixtureParameters.allCases)
  func additions(_ parameters: FixtureParameters) throws {
    let fixture = try EvaluatorFixture(parameters.parameters())
    let evaluator = fixture.evaluator
    var a = try fixture.encrypt(1)
    let b = try fixture.encrypt(2)
    try expectNoAllocation { try evaluator.add(b, to: &a) }
    try expectNoAllocation { try evaluator.subtract(b, from: &a) }
    try expectNoAllocation { try evaluator.negate(&a) }
    try expectNoAllocation { try evaluator.multiply(&a, by: -3) }
    let plaintext = try fixture.plaintext(3)
    try expectNoAllocation { try evaluator.add(plaintext, to: &a) }
  }

  @Test(arguments: FixtureParameters.allCases)
  func products(_ parameters: FixtureParameters) throws {
    let fixture = try EvaluatorFixture(parameters.parameters())
    let evaluator = fixture.evaluator
    let key = fixture.relinearizationKey
    var a = try fixture.encrypt(1)
    let b = try fixture.encrypt(2)
    let plaintext = try fixture.prepare(3)
    try expectNoAllocation { try evaluator.multiply(&a, by: plaintext) }
    var product = try evaluator.multiply(a, b)
    try expectNoAllocation { try evaluator.multiply(a, b, into: &product) }
    try expectNoAllocation { try evaluator.multiply(a, a, into: &product) }
    try expectNoAllocation {
      try evaluator.multiply(a, b, into: &product)
      try evaluator.relinearize(&product, using: key)
    }
    try expectNoAllocation { try evaluator.relinearize(&product, using: key) }
  }

  @Test(arguments: FixtureParameters.allCases)
  func rotations(_ parameters: FixtureParameters) throws {
    let fixture = try EvaluatorFixture(parameters.parameters())
    let evaluator = fixture.evaluator
    let keys = fixture.galoisKeys
    var a = try fixture.encrypt(1)
    try expectNoAllocation { try evaluator.rotateRows(&a, by: 3, using: keys) }
    try expectNoAllocation { try evaluator.rotateRows(&a, by: 0, using: keys) }
    try expectNoAllocation { try evaluator.swapRows(&a, using: keys) }
  }

  @Test(arguments: FixtureParameters.allCases)
  func modulusSwitching(_ parameters: FixtureParameters) throws {
    let fixture = try EvaluatorFixture(parameters.parameters())
    let evaluator = fixture.evaluator
    // A ciphertext can be switched down once only.
    let rounds = 3
    var ciphertexts = try (0...rounds).map { try fixture.encrypt(Int64($0)) }
    var next = 0
    try expectNoAllocation(rounds: rounds) {
      try evaluator.switchModulus(&ciphertexts[next], to: 2)
      next += 1
    }
    #expect(next == 4 && ciphertexts.allSatisfy { $0.level == 2 })
    // At the lower level, in the memory of the higher one.
    var a = ciphertexts[0]
    ciphertexts[0] = ciphertexts[1]
    let keys = fixture.galoisKeys
    try expectNoAllocation { try evaluator.rotateRows(&a, by: 3, using: keys) }
    try expectNoAllocation { try evaluator.add(ciphertexts[2], to: &a) }
    var product = try evaluator.multiply(a, a)
    try expectNoAllocation {
      try evaluator.multiply(a, ciphertexts[2], into: &product)
      try evaluator.relinearize(&product, using: fixture.relinearizationKey)
    }
  }

  @Test(arguments: FixtureParameters.allCases)
  func accumulators(_ parameters: FixtureParameters) throws {
    let fixture = try EvaluatorFixture(parameters.parameters())
    let evaluator = fixture.evaluator
    let a = try fixture.encrypt(1)
    let b = try fixture.encrypt(2)
    let extendedA = try evaluator.extend(a)
    let extendedB = try evaluator.extend(b)
    var accumulator = try evaluator.makeProductAccumulator(level: fixture.context.topLevel)
    // Products wait for each other in pairs, so the memory of two is needed.
    try accumulator.accumulate(a, b)
    try expectNoAllocation { try accumulator.accumulate(a, b) }
    try expectNoAllocation { try accumulator.accumulate(extendedA, extendedB) }
    try expectNoAllocation { try accumulator.multiply(by: -2) }
    // Past what the words bear without a reduction.
    try expectNoAllocation(rounds: 1) {
      for _ in 0..<1100 { try accumulator.accumulate(extendedA, extendedB) }
    }
  }
}
