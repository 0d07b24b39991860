import Foundation

/// How long properties are tried, and from which seed.
///
/// Without environment variables the seed is always the same, so that a check of all tests says the
/// same today as tomorrow.
public struct PropertySettings: Sendable {
  static let seedVariable = "CRYPTALLY_PROPERTY_SEED"
  static let effortVariable = "CRYPTALLY_PROPERTY_EFFORT"

  private let firstSeed: UInt64
  private let effort: Int

  /// - Parameters:
  ///   - seed: the seed of each property's first run.
  ///   - effort: how many times each property's own number of runs there are.
  public init(seed: UInt64 = 1, effort: Int = 1) {
    firstSeed = seed
    self.effort = max(effort, 1)
  }

  /// CRYPTALLY_PROPERTY_SEED is a number, or `random` for another one each time;
  /// CRYPTALLY_PROPERTY_EFFORT is a number of at least 1.
  public static let fromEnvironment: PropertySettings = {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment[seedVariable].flatMap { text in
      text == "random" ? UInt64.random(in: .min ... .max) : UInt64(text)
    }
    return PropertySettings(
      seed: seed ?? 1, effort: environment[effortVariable].flatMap { Int($0) } ?? 1)
  }()

  func runs(_ runs: Int) -> Int { effort * runs }

  /// The first run has the first seed itself, so that a seed that was printed is tried first.
  func seed(run: Int) -> UInt64 {
    guard run > 0 else { return firstSeed }
    var generator = SeededGenerator(seed: firstSeed ^ UInt64(run) << 32)
    return generator.next()
  }
}
