/// How the values of a clear column compare. Dates in ISO 8601 compare as texts do.
package enum ClearOrder: UInt8, Hashable, Sendable {
  /// By the bytes of the text.
  case bytes = 0
  /// As decimals that all have the same number of decimals and no needless digit.
  case number = 1

  /// Whether one value comes before another.
  package func precedes(_ left: String, _ right: String) -> Bool {
    switch self {
    case .bytes: return left.utf8.lexicographicallyPrecedes(right.utf8)
    case .number:
      let (a, b) = (Decimal(left), Decimal(right))
      guard a.isNegative == b.isNegative else { return a.isNegative }
      return a.isNegative ? b.isSmaller(than: a) : a.isSmaller(than: b)
    }
  }

  /// The sign and the rest of a decimal's text.
  private struct Decimal {
    let isNegative: Bool
    let digits: Substring.UTF8View

    init(_ text: String) {
      isNegative = text.utf8.first == UInt8(ascii: "-")
      digits = text.dropFirst(isNegative ? 1 : 0).utf8
    }

    func isSmaller(than other: Decimal) -> Bool {
      digits.count == other.digits.count
        ? digits.lexicographicallyPrecedes(other.digits) : digits.count < other.digits.count
    }
  }
}
