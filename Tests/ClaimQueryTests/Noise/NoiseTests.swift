import BigInteger
import ClaimQuery
import ClaimSchema
import Foundation
import SecureMemory
import Testing

/// Draws at a fixed seed against the probabilities of the definition.
@Suite struct NoiseTests {
  private static let draws = 20_000

  /// How often each number was drawn.
  private struct Histogram {
    var counts: [Int: Int] = [:]
    var mean = 0.0
    var variance = 0.0

    init(_ draw: (inout SeedExpander) -> BigInteger, seed: UInt8) throws {
      var source = SeedExpander(seed: [seed], domain: "noise tests")
      var sum = 0.0
      var squares = 0.0
      for _ in 0..<NoiseTests.draws {
        let value = Int(try #require(Int64(exactly: draw(&source))))
        counts[value, default: 0] += 1
        sum += Double(value)
        squares += Double(value) * Double(value)
      }
      mean = sum / Double(NoiseTests.draws)
      variance = squares / Double(NoiseTests.draws)
    }

    /// Pearson's statistic over −limit…limit and the two tails together.
    func chiSquare(limit: Int, _ probability: (Int) -> Double) -> Double {
      var statistic = 0.0
      var inner = 0.0
      var drawn = 0
      for value in -limit...limit {
        let expected = probability(value) * Double(NoiseTests.draws)
        let found = counts[value, default: 0]
        statistic += pow(Double(found) - expected, 2) / expected
        inner += expected
        drawn += found
      }
      let rest = Double(NoiseTests.draws) - inner
      return statistic + pow(Double(NoiseTests.draws - drawn) - rest, 2) / rest
    }
  }

  @Test(arguments: [(1, 1), (7, 2), (1, 3), (20, 1)] as [(Int, Int)])
  func laplaceHasItsProbabilities(numerator: Int, denominator: Int) throws {
    let noise = try #require(
      DiscreteLaplace(
        scaleNumerator: BigInteger(numerator), denominator: BigInteger(denominator)))
    let found = try Histogram({ noise.sample(using: &$0) }, seed: UInt8(numerator))
    let ratio = exp(-Double(denominator) / Double(numerator))
    let variance = 2 * ratio / pow(1 - ratio, 2)
    #expect(abs(found.mean) < 4 * (variance / Double(NoiseTests.draws)).squareRoot())
    #expect(abs(found.variance / variance - 1) < 0.08)
    // Bins in which at least about ten are expected; 1 in 10,000 of honest samplers is above.
    let limit =
      numerator >= 20 ? 40 : numerator == 7 ? 16 : numerator == 1 && denominator == 3 ? 2 : 6
    let critical = [40: 139.0, 16: 70.0, 2: 24.0, 6: 43.0]
    let statistic = found.chiSquare(limit: limit) {
      (1 - ratio) / (1 + ratio) * pow(ratio, Double(abs($0)))
    }
    #expect(statistic < critical[limit] ?? 0)
  }

  @Test(arguments: [(1, 1), (25, 2), (1, 2), (100, 1)] as [(Int, Int)])
  func gaussianHasItsProbabilities(numerator: Int, denominator: Int) throws {
    let noise = try #require(
      DiscreteGaussian(
        varianceNumerator: BigInteger(numerator), denominator: BigInteger(denominator)))
    let found = try Histogram({ noise.sample(using: &$0) }, seed: UInt8(numerator))
    let parameter = Double(numerator) / Double(denominator)
    let weight = { (x: Int) in exp(-Double(x) * Double(x) / (2 * parameter)) }
    let total = (-200...200).reduce(0) { $0 + weight($1) }
    let variance = (-200...200).reduce(0) { $0 + weight($1) * Double($1 * $1) } / total
    #expect(abs(found.mean) < 4 * (variance / Double(NoiseTests.draws)).squareRoot())
    #expect(abs(found.variance / variance - 1) < 0.05)
    let limit = [1: 3, 25: 10, 100: 25][numerator] ?? 3
    let critical = [3: 27.0, 10: 53.0, 25: 98.0]
    let bins = denominator == 2 && numerator == 1 ? 2 : limit
    let statistic = found.chiSquare(limit: bins) { weight($0) / total }
    #expect(statistic < critical[limit] ?? 0)
  }

  @Test func impossibleScalesAreRefused() {
    #expect(DiscreteLaplace(scaleNumerator: 0, denominator: 1) == nil)
    #expect(DiscreteLaplace(scaleNumerator: 1, denominator: 0) == nil)
    #expect(DiscreteLaplace(scaleNumerator: -1, denominator: 2) == nil)
    #expect(DiscreteGaussian(varianceNumerator: 0, denominator: 1) == nil)
    #expect(DiscreteGaussian(varianceNumerator: 1, denominator: -1) == nil)
  }

  private func spread(
    _ settings: DifferentialPrivacySettings, sensitivity: Int, shares: Int
  ) throws -> Double {
    let noise = try #require(
      NoiseMechanism(settings, sensitivity: BigInteger(sensitivity), shares: shares))
    let found = try Histogram({ noise.adding(to: 1000, using: &$0) - 1000 }, seed: 9)
    #expect(abs(found.mean) < 4 * (found.variance / Double(NoiseTests.draws)).squareRoot())
    return found.variance.squareRoot()
  }

  @Test func epsilonSetsTheSpread() throws {
    let half = DifferentialPrivacySettings(
      mechanism: .laplace, epsilonMillionths: 500_000, budgetMillionths: 1_000_000)
    // √2 · sensitivity · shares / ε, and a little less for being discrete.
    #expect(abs(try spread(half, sensitivity: 3, shares: 2) / (2.0.squareRoot() * 12) - 1) < 0.03)
    let gaussian = DifferentialPrivacySettings(
      mechanism: .gaussian, epsilonMillionths: 1_000_000, deltaAttos: 1_000_000_000_000,
      budgetMillionths: 1_000_000)
    // ρ + 2√(ρ · ln 10^6) = 1 has ρ = 0.01684; σ² = 5² · 2 / 2ρ. The bound in use is up to 8 % above.
    let exact = (25 * 2 / (2 * 0.01684)).squareRoot()
    let found = try spread(gaussian, sensitivity: 5, shares: 2)
    #expect(found > 0.98 * exact)
    #expect(found < 1.08 * exact)
  }

  @Test func whatDependsOnNobodyIsLeftAlone() throws {
    let settings = DifferentialPrivacySettings(
      mechanism: .laplace, epsilonMillionths: 1, budgetMillionths: 1)
    let noise = try #require(NoiseMechanism(settings, sensitivity: 0, shares: 1))
    var source = SeedExpander(seed: [1], domain: "noise tests")
    #expect(noise.adding(to: 17, using: &source) == 17)
    let gaussian = DifferentialPrivacySettings(
      mechanism: .gaussian, epsilonMillionths: 1, deltaAttos: 0, budgetMillionths: 1)
    #expect(NoiseMechanism(gaussian, sensitivity: 1, shares: 1) == nil)
  }
}
