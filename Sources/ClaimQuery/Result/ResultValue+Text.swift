/// How a truth value is written.
package enum BooleanText: Sendable {
  /// `t` and `f`, as psql prints it.
  case letters
  /// `true` and `false`, as a cast to text, CSV and JSON have it.
  case words
}

extension ResultValue {
  /// The text that PostgreSQL 15 prints; nil for NULL.
  ///
  /// A `numeric` has all digits of its scale. A `double precision` has the fewest digits that read
  /// back as the same number.
  package func text(_ booleans: BooleanText = .words) -> String? {
    switch self {
    case .null: nil
    case .boolean(let value):
      switch booleans {
      case .letters: value ? "t" : "f"
      case .words: value ? "true" : "false"
      }
    case .integer(let value): String(value)
    case .numeric(let value): value.text
    case .double(let value): DoubleText.shortest(value)
    case .text(let value), .date(let value): value
    }
  }
}
