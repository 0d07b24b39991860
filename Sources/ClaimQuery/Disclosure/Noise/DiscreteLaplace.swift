import BigInteger
import SecureMemory

/// Whole-number noise x with chance proportional to exp(−|x| / scale).
///
/// Laplace noise made from floating-point numbers leaves gaps and repeats among the sums, from which the
/// true value can be told (Mironov: "On Significance of the Least Significant Bits for Differential
/// Privacy", 2012). Here all totals and all noise are whole numbers and no chance is rounded.
package struct DiscreteLaplace: Sendable {
  private let numerator: BigInteger
  private let denominator: BigInteger

  /// Noise of the scale numerator / denominator; nil unless both are positive.
  package init?(scaleNumerator: BigInteger, denominator: BigInteger) {
    guard scaleNumerator.signum > 0, denominator.signum > 0 else { return nil }
    numerator = scaleNumerator
    self.denominator = denominator
  }

  /// One draw, by algorithm 2 of Canonne, Kamath and Steinke (2020). Its time depends on the result.
  package func sample(using source: inout some RandomSource) -> BigInteger {
    while true {
      // A geometric number with ratio exp(−1 / numerator): below and above multiples of the numerator.
      guard let low = BigInteger.random(below: numerator, using: &source),
        ExactBernoulli.flipExponential(low, over: numerator, using: &source)
      else { continue }
      var high: BigInteger = 0
      while ExactBernoulli.flipExponential(1, over: 1, using: &source) { high += 1 }
      guard
        let (magnitude, _) = (low + numerator * high).quotientAndRemainder(
          dividingBy: denominator)
      else { continue }
      let isNegative = ExactBernoulli.flip(1, over: 2, using: &source)
      // Otherwise zero would be drawn twice as often.
      if isNegative && magnitude.isZero { continue }
      return isNegative ? -magnitude : magnitude
    }
  }
}
