import BFV
import Testing

/// Tasks that share one evaluator, and so its pool of memory, compute what one after the other does.
@Suite struct SharedEvaluatorTests {
  /// Every operation that takes memory from the pool, on operands of its own.
  private static func compute(
    _ fixture: EvaluatorFixture, _ evaluator: Evaluator, _ a: Ciphertext, _ b: Ciphertext
  ) throws -> [[UInt64]] {
    let level = a.level
    var product = try evaluator.multiply(a, b)
    try evaluator.relinearize(&product, using: fixture.relinearizationKey)
    try evaluator.rotateRows(&product, by: 3, using: fixture.galoisKeys)
    try evaluator.swapRows(&product, using: fixture.galoisKeys)
    let rotations = try evaluator.rotateRows(product, by: [0, 3, 3], using: fixture.galoisKeys)
    var accumulator = try evaluator.makeProductAccumulator(level: level)
    try accumulator.accumulate(product, b)
    try accumulator.accumulate(evaluator.extend(a), evaluator.extend(rotations[1]))
    var sum = try accumulator.finish(relinearizingWith: fixture.relinearizationKey)
    try evaluator.multiply(sum, sum, into: &sum)
    try evaluator.relinearize(&sum, using: fixture.relinearizationKey)
    try evaluator.switchModulus(&sum, to: level - 1)
    return (rotations + [sum]).flatMap { $0.parts.map(\.residues) }
  }

  @Test(arguments: FixtureParameters.allCases)
  func tasksGiveTheSameBits(_ parameters: FixtureParameters) async throws {
    let fixture = try EvaluatorFixture(parameters.parameters())
    let operands = try (0..<8).map { index in
      (try fixture.encrypt(Int64(index)), try fixture.encrypt(Int64(10 * index)))
    }
    let alone = try operands.map { a, b in
      try Self.compute(fixture, Evaluator(fixture.context), a, b)
    }
    let evaluator = fixture.evaluator
    for _ in 0..<3 {
      let together = try await withThrowingTaskGroup(of: (Int, [[UInt64]]).self) { group in
        for (index, (a, b)) in operands.enumerated() {
          group.addTask { (index, try Self.compute(fixture, evaluator, a, b)) }
        }
        return try await group.reduce(into: [Int: [[UInt64]]]()) { $0[$1.0] = $1.1 }
      }
      for (index, residues) in alone.enumerated() {
        #expect(together[index] == residues, "task \(index)")
      }
    }
  }

  /// Operands that all tasks share, changed in the tasks' own copies only.
  @Test func tasksShareOperands() async throws {
    let fixture = try EvaluatorFixture(FixtureParameters.n8192.parameters())
    let (a, b) = (try fixture.encrypt(1), try fixture.encrypt(2))
    let before = (a.parts + b.parts).map(\.residues)
    let alone = try Self.compute(fixture, Evaluator(fixture.context), a, b)
    let evaluator = fixture.evaluator
    try await withThrowingTaskGroup(of: [[UInt64]].self) { group in
      for _ in 0..<8 { group.addTask { try Self.compute(fixture, evaluator, a, b) } }
      for try await together in group { #expect(together == alone) }
    }
    #expect((a.parts + b.parts).map(\.residues) == before)
  }
}
