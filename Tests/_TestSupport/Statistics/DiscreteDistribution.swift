import Foundation

/// A distribution on whole numbers by the chance of each.
public struct DiscreteDistribution: Sendable {
  /// The numbers that can come, or all but those that hardly ever do.
  public let range: ClosedRange<Int>
  /// In the range's order; they add up to 1.
  package let chances: [Double]

  /// - Parameter weight: in proportion to a number's chance.
  public init(_ range: ClosedRange<Int>, weight: (Int) -> Double) {
    let weights = range.map(weight)
    let total = weights.reduce(0, +)
    self.range = range
    chances = weights.map { $0 / total }
  }

  /// Every number equally often.
  public static func uniform(_ range: ClosedRange<Int>) -> DiscreteDistribution {
    DiscreteDistribution(range) { _ in 1 }
  }

  /// The difference of the heads among `count` coins and among `count` others.
  public static func centredBinomial(_ count: Int) -> DiscreteDistribution {
    // A binomial distribution of 2 · count coins, moved: C(2k, k + x), from the middle outwards.
    var weights = [1.0]
    for x in 1...count {
      weights.append(weights[x - 1] * Double(count - x + 1) / Double(count + x))
    }
    return DiscreteDistribution(-count...count) { weights[abs($0)] }
  }

  /// In proportion to exp(−|x| / scale).
  public static func laplace(scale: Double) -> DiscreteDistribution {
    let limit = Int(50 * scale) + 50
    return DiscreteDistribution(-limit...limit) { exp(-Double(abs($0)) / scale) }
  }

  /// In proportion to exp(−x² / 2σ²).
  public static func gaussian(variance: Double) -> DiscreteDistribution {
    let limit = Int(12 * variance.squareRoot()) + 12
    return DiscreteDistribution(-limit...limit) { exp(-Double($0 * $0) / (2 * variance)) }
  }

  /// The mean of f over the distribution.
  func mean(_ value: (Int) -> Double) -> Double {
    zip(range, chances).reduce(0) { $0 + value($1.0) * $1.1 }
  }

  /// The mean.
  public var mean: Double { mean { Double($0) } }
  /// The mean square of the difference to the mean.
  public var variance: Double { centralMoment(2) }

  package func centralMoment(_ order: Int) -> Double {
    let centre = mean
    return mean { pow(Double($0) - centre, Double(order)) }
  }
}
