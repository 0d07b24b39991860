import BigInteger

/// Rounds released numbers to multiples of a base.
package struct Rounding: Sendable {
  private let base: BigInteger

  /// - Parameter base: at least 1; 1 rounds counts to themselves.
  package init(base: Int) { self.base = BigInteger(max(base, 1)) }

  /// The nearest multiple of the base in major units; of two as near, the one farther from 0.
  ///
  /// - Parameters:
  ///   - number: in units of 10^-scale.
  ///   - scale: the decimals; 0 for counts.
  package func rounded(_ number: BigInteger, scale: Int = 0) -> BigInteger {
    guard base > 1 else { return number }
    var unit = base
    for _ in 0..<max(scale, 0) { unit *= 10 }
    let magnitude = number.signum < 0 ? -number : number
    guard let (steps, _) = (2 * magnitude + unit).quotientAndRemainder(dividingBy: 2 * unit) else {
      return number
    }
    return number.signum < 0 ? -(steps * unit) : steps * unit
  }
}
