import BigInteger
import SecureMemory

/// Coins whose chance of heads is exact (Canonne, Kamath, Steinke: "The Discrete Gaussian for
/// Differential Privacy", 2020, section 5). Only whole numbers are compared: no chance is ever rounded.
enum ExactBernoulli {
  /// True with chance numerator / denominator, for 0 ≤ numerator ≤ denominator, denominator > 0.
  static func flip(
    _ numerator: BigInteger, over denominator: BigInteger, using source: inout some RandomSource
  ) -> Bool {
    guard let draw = BigInteger.random(below: denominator, using: &source) else { return false }
    return draw < numerator
  }

  /// True with chance exp(−numerator / denominator), for numerator ≥ 0, denominator > 0.
  static func flipExponential(
    _ numerator: BigInteger, over denominator: BigInteger, using source: inout some RandomSource
  ) -> Bool {
    var rest = numerator
    while rest > denominator {
      guard flipSmallExponential(denominator, over: denominator, using: &source) else {
        return false
      }
      rest -= denominator
    }
    return flipSmallExponential(rest, over: denominator, using: &source)
  }

  /// Algorithm 1 of the paper, for numerator ≤ denominator: the number of heads with chances γ/1, γ/2,
  /// γ/3, … in a row is even with chance exp(−γ).
  private static func flipSmallExponential(
    _ numerator: BigInteger, over denominator: BigInteger, using source: inout some RandomSource
  ) -> Bool {
    var isEven = true
    var divisor = denominator
    while flip(numerator, over: divisor, using: &source) {
      isEven.toggle()
      divisor += denominator
    }
    return isEven
  }
}
