import Foundation

/// Chances of statistics at least as extreme as those that were found, on either side.
package enum TailProbability {
  /// Of a standard normal deviate.
  package static func normal(_ deviate: Double) -> Double { erfc(abs(deviate) / 2.0.squareRoot()) }

  /// Of Pearson's statistic, too small as well as too large.
  package static func chiSquare(_ statistic: Double, degreesOfFreedom: Int) -> Double {
    let above = upperGamma(Double(degreesOfFreedom) / 2, statistic / 2)
    return min(1, 2 * min(above, 1 - above))
  }

  /// Of a count of rare events.
  package static func poisson(_ count: Int, mean: Double) -> Double {
    let atMost = upperGamma(Double(count) + 1, mean)
    let atLeast = count == 0 ? 1 : 1 - upperGamma(Double(count), mean)
    return min(1, 2 * min(atMost, atLeast))
  }

  /// The regularized upper incomplete gamma function Γ(a, x) / Γ(a): by its series below a + 1, by its
  /// continued fraction above (Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964,
  /// 6.5.29 and 6.5.31).
  static func upperGamma(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 1 }
    let scale = exp(a * log(x) - x - lgamma(a).0)
    guard x >= a + 1 else {
      var (term, sum, next) = (1 / a, 1 / a, a)
      while abs(term) > sum * 1e-16 {
        next += 1
        term *= x / next
        sum += term
      }
      return 1 - sum * scale
    }
    // Lentz's method, from the front.
    var b = x + 1 - a
    var (c, d) = (1e300, 1 / b)
    var fraction = d
    for step in 1...10_000 {
      let numerator = -Double(step) * (Double(step) - a)
      b += 2
      d = 1 / (numerator * d + b)
      c = b + numerator / c
      fraction *= c * d
      if abs(c * d - 1) < 1e-15 { break }
    }
    return scale * fraction
  }
}
