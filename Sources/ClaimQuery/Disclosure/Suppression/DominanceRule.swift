import BigInteger

/// Withholds a sum in which few contributors could estimate each other.
///
/// After the largest contributor x₁ and the second x₂, the others must add at least p percent of x₁. Only
/// Σx and Σx² are known: with S = √Σx², x₁ ≤ S and x₁ + x₂ ≤ √2 · S, so Σx − √2 · S ≥ (p / 100) · S is
/// enough.
package struct DominanceRule: Sendable {
  private let hundredths: BigInteger

  /// - Parameter hundredths: p in hundredths of a percent.
  package init(hundredths: Int) { self.hundredths = BigInteger(hundredths) }

  /// Whether a sum of values of at least 0 may be released. Decided in whole numbers.
  ///
  /// - Parameters:
  ///   - sum: Σx, at least 0.
  ///   - squares: Σx² in the square of the sum's unit.
  package func admits(sum: BigInteger, squares: BigInteger) -> Bool {
    guard sum.signum >= 0, squares.signum >= 0 else { return false }
    // With q = p / 100: (Σx)² − (2 + q²) Σx² ≥ 2√2 · q · Σx², both sides times 10^8 and squared.
    let scale: BigInteger = 100_000_000
    let margin = scale * sum * sum - (2 * scale + hundredths * hundredths) * squares
    guard margin.signum >= 0 else { return false }
    return margin * margin >= 8 * scale * hundredths * hundredths * squares * squares
  }
}
