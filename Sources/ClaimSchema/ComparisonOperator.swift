/// The order comparisons and equality of SQL; the raw value is the operator's text.
public enum ComparisonOperator: String, CaseIterable, Hashable, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case equal = "="
  case notEqual = "<>"
  case greaterOrEqual = ">="
  case greater = ">"

  /// The values that compare so, out of those strictly below the constant, those equal to it, and
  /// those not above it.
  func select(
    below: DigitSet, equal: DigitSet, through: DigitSet
  ) -> DigitSet {
    switch self {
    case .less: below
    case .lessOrEqual: through
    case .equal: equal
    case .notEqual: equal.complement()
    case .greaterOrEqual: below.complement()
    case .greater: through.complement()
    }
  }
}

/// Why a constant cannot be compared with a column.
public enum LiteralProblem: Error, Hashable, Sendable {
  /// The column's type needs a constant of this form.
  case expected(String)
  /// The column is indexed by bands and the comparison falls between cut points; these are the
  /// nearest, the lower one first.
  case notACutPoint(nearest: [String])
  /// The column has no digit indicators: it is not encrypted, or not declared for filtering.
  case notIndexed
  /// The column's type has no prefixes.
  case notText
}

extension LiteralProblem: CustomStringConvertible {
  /// What was expected.
  public var description: String {
    switch self {
    case .expected(let form): "expected \(form)"
    case .notACutPoint(let nearest):
      "not a declared cut point; the nearest are \(nearest.joined(separator: " and "))"
    case .notIndexed: "the column is not encrypted with use: [filter]"
    case .notText: "only categories and codes have prefixes"
    }
  }
}
