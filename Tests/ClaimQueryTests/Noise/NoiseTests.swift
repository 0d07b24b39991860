import BigInteger
import ClaimQuery
import ClaimSchema
import Foundation
import SecureMemory
import Testing
import _TestSupport

/// Draws at a fixed seed against the distributions that are claimed, and noise that is made otherwise.
@Suite struct NoiseTests {
  private static let draws = 60_000

  private func numbers(
    seed: UInt8, _ draw: (inout SeedExpander) -> BigInteger
  ) throws -> [Int] {
    var source = SeedExpander(seed: [seed], domain: "noise tests")
    return try (0..<NoiseTests.draws).map { _ in
      let number = draw(&source)
      return Int(try #require(Int64(exactly: number)))
    }
  }

  @Test(arguments: [(1, 1), (7, 2), (1, 3), (20, 1)] as [(Int, Int)])
  func laplaceHasItsProbabilities(numerator: Int, denominator: Int) throws {
    let noise = try #require(
      DiscreteLaplace(
        scaleNumerator: BigInteger(numerator), denominator: BigInteger(denominator)))
    let found = try numbers(seed: UInt8(numerator)) { noise.sample(using: &$0) }
    let claimed = DiscreteDistribution.laplace(scale: Double(numerator) / Double(denominator))
    let fit = SampleFit(found, claimed)
    #expect(fit.rejections.isEmpty, "\(fit)")
    // Zero drawn with either sign, and so twice as often.
    var generator = SeededGenerator(seed: 2)
    let doubled = found.filter { $0 != 0 || generator.next() & 1 == 0 }
    #expect(!SampleFit(doubled, claimed).rejections.isEmpty)
    let other = DiscreteDistribution.laplace(
      scale: 1.03 * Double(numerator) / Double(denominator))
    #expect(!SampleFit(found, other).rejections.isEmpty)
  }

  @Test(arguments: [(1, 1), (25, 2), (1, 2), (100, 1)] as [(Int, Int)])
  func gaussianHasItsProbabilities(numerator: Int, denominator: Int) throws {
    let noise = try #require(
      DiscreteGaussian(
        varianceNumerator: BigInteger(numerator), denominator: BigInteger(denominator)))
    let found = try numbers(seed: UInt8(numerator)) { noise.sample(using: &$0) }
    let variance = Double(numerator) / Double(denominator)
    let fit = SampleFit(found, .gaussian(variance: variance))
    #expect(fit.rejections.isEmpty, "\(fit)")
    #expect(!SampleFit(found, .gaussian(variance: 1.05 * variance)).rejections.isEmpty)
  }

  /// Floating-point noise that is rounded afterwards is another distribution.
  @Test func roundedNoiseIsTold() {
    var generator = SeededGenerator(seed: 3)
    func uniform() -> Double { (Double(generator.next() >> 11) + 0.5) / 0x1p53 }
    let laplace = (0..<NoiseTests.draws).map { _ in
      let magnitude = Int((-2 * log(uniform())).rounded())
      return uniform() < 0.5 ? magnitude : -magnitude
    }
    #expect(!SampleFit(laplace, .laplace(scale: 2)).rejections.isEmpty)
    // Box and Muller's method.
    let gaussian = (0..<NoiseTests.draws).map { _ in
      Int((1.2 * (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())).rounded())
    }
    #expect(!SampleFit(gaussian, .gaussian(variance: 1.44)).rejections.isEmpty)
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
    let found = try numbers(seed: 9) { noise.adding(to: 1000, using: &$0) - 1000 }
    let count = Double(NoiseTests.draws)
    let variance = found.reduce(0) { $0 + Double($1 * $1) } / count
    #expect(abs(Double(found.reduce(0, +)) / count) < 4 * (variance / count).squareRoot())
    return variance.squareRoot()
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
