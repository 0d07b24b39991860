import BigInteger
import ClaimSchema
import SecureMemory

/// The noise of one released total, as the policy, the total's sensitivity and the number of totals in
/// the answer demand it.
package enum NoiseMechanism: Sendable {
  case laplace(DiscreteLaplace)
  case gaussian(DiscreteGaussian)
  /// The total does not depend on anybody.
  case none

  /// The noise of one of `shares` totals which share a query's ε evenly.
  ///
  /// - Parameters:
  ///   - settings: ε and δ of the query.
  ///   - sensitivity: by how much one person can change the total, over all groups together.
  ///   - shares: the totals of a group, at least 1.
  package init?(
    _ settings: DifferentialPrivacySettings, sensitivity: BigInteger, shares: Int
  ) {
    guard sensitivity.signum > 0 else {
      self = .none
      return
    }
    let million: BigInteger = 1_000_000
    let epsilon = BigInteger(settings.epsilonMillionths)
    switch settings.mechanism {
    case .laplace:
      // Scale sensitivity · shares / ε.
      guard
        let noise = DiscreteLaplace(
          scaleNumerator: sensitivity * BigInteger(shares) * million, denominator: epsilon)
      else { return nil }
      self = .laplace(noise)
    case .gaussian:
      // ρ-zCDP gives (ρ + 2√(ρ · ln 1/δ), δ)-differential privacy (Bun and Steinke, 2016), and ρ adds up
      // over totals. ρ = ε² / 4(L + ε) is enough for every L ≥ ln 1/δ, because √(1 − x) ≤ 1 − x/2. With
      // σ² = sensitivity² · shares / 2ρ that is sensitivity² · shares · 2(L + ε) / ε².
      guard let bound = NoiseMechanism.logarithmBound(deltaAttos: settings.deltaAttos) else {
        return nil
      }
      let slack = BigInteger(bound) * million + NoiseMechanism.logarithmSteps * epsilon
      guard
        let noise = DiscreteGaussian(
          varianceNumerator: sensitivity * sensitivity * BigInteger(shares) * 2 * slack * million,
          denominator: epsilon * epsilon * NoiseMechanism.logarithmSteps)
      else { return nil }
      self = .gaussian(noise)
    }
  }

  /// Parts of 1 in which the bound on the logarithm is given.
  private static let logarithmSteps: BigInteger = 4

  /// Quarters that are no fewer than ln(1 / δ); nil unless 0 < δ < 1.
  private static func logarithmBound(deltaAttos: Int64) -> Int? {
    let one: BigInteger = 1_000_000_000_000_000_000
    guard (1..<1_000_000_000_000_000_000).contains(deltaAttos) else { return nil }
    // The power of e^(1/4), rounded down, is compared with 1 / δ.
    let rootOfE: BigInteger = 1_284_025_416
    let unit: BigInteger = 1_000_000_000
    var (power, powerUnit) = (BigInteger(deltaAttos), one)
    var quarters = 0
    while power < powerUnit {
      power *= rootOfE
      powerUnit *= unit
      quarters += 1
    }
    return quarters
  }

  /// A total with noise added.
  package func adding(
    to total: BigInteger, using source: inout some RandomSource
  ) -> BigInteger {
    switch self {
    case .laplace(let noise): total + noise.sample(using: &source)
    case .gaussian(let noise): total + noise.sample(using: &source)
    case .none: total
    }
  }
}
