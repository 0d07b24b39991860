import BigInteger
import SecureMemory

/// Whole-number noise x with chance proportional to exp(−x² / 2σ²). See ``DiscreteLaplace`` for why the
/// noise is discrete.
package struct DiscreteGaussian: Sendable {
  private let numerator: BigInteger
  private let denominator: BigInteger
  /// The scale of the Laplace noise that candidates come from: ⌊σ⌋ + 1.
  private let step: BigInteger
  private let candidates: DiscreteLaplace

  /// Noise with σ² = numerator / denominator; nil unless both are positive.
  package init?(varianceNumerator: BigInteger, denominator: BigInteger) {
    guard varianceNumerator.signum > 0,
      let (whole, _) = varianceNumerator.quotientAndRemainder(dividingBy: denominator),
      let root = whole.squareRoot,
      let candidates = DiscreteLaplace(scaleNumerator: root + 1, denominator: 1)
    else { return nil }
    numerator = varianceNumerator
    self.denominator = denominator
    step = root + 1
    self.candidates = candidates
  }

  /// One draw, by algorithm 3 of Canonne, Kamath and Steinke (2020). Its time depends on the result.
  package func sample(using source: inout some RandomSource) -> BigInteger {
    while true {
      let candidate = candidates.sample(using: &source)
      let magnitude = candidate.signum < 0 ? -candidate : candidate
      // exp(−(|x| − σ²/t)² / 2σ²) in whole numbers.
      let distance = magnitude * step * denominator - numerator
      let isKept = ExactBernoulli.flipExponential(
        distance * distance, over: 2 * numerator * denominator * step * step, using: &source)
      if isKept { return candidate }
    }
  }
}
