import Lattice

/// Transforms that stay in the nearest caches, each thread on memory of its own: what the processors
/// give together when nothing is shared.
struct TransformFixture: Sendable {
  private let plan: NTTPlan
  private static let transformsPerThread = 4000

  init(degree: Int, modulus: UInt64) throws {
    plan = try NTTPlan(degree: degree, modulus: Modulus(modulus))
  }

  /// Transforms of all threads together in a millisecond.
  func perMillisecond(threads: Int) async -> Double {
    let start = ContinuousClock.now
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<threads {
        group.addTask {
          var values = [UInt64](repeating: 1, count: plan.degree)
          for _ in 0..<TransformFixture.transformsPerThread {
            var span = values.mutableSpan
            plan.forward(&span)
          }
        }
      }
    }
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    return Double(threads * TransformFixture.transformsPerThread) / milliseconds
  }
}
