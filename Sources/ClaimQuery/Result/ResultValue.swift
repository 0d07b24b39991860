/// A released value, as PostgreSQL would give it.
///
/// Equality is that of grouping: values of one type are equal where SQL's `=` says so, NULL equals
/// NULL, and values of different types are different.
public enum ResultValue: Sendable {
  case null
  case boolean(Bool)
  /// A `bigint`.
  case integer(Int64)
  case numeric(Numeric)
  /// A finite `double precision`.
  case double(Double)
  case text(String)
  /// A day as ISO 8601 writes it: 2024-02-29.
  case date(String)

  /// Nil for NULL.
  package var type: ResultType? {
    switch self {
    case .null: nil
    case .boolean: .boolean
    case .integer: .integer
    case .numeric: .numeric
    case .double: .double
    case .text: .text
    case .date: .date
    }
  }

  /// True for NULL.
  public var isNull: Bool { type == nil }
}

extension ResultValue: Hashable {
  /// Equal within one type, as SQL's `=` says.
  public static func == (a: ResultValue, b: ResultValue) -> Bool {
    a.type == b.type && ResultOrder.compare(a, b) == 0
  }

  /// Equal values feed the same.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    switch self {
    case .null: break
    case .boolean(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .numeric(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value)
    case .text(let value), .date(let value): hasher.combine(value)
    }
  }
}

extension ResultValue {
  /// The value of a number written in SQL, without a sign: a `bigint` if it is whole, without point
  /// and exponent, and fits; a `numeric` otherwise.
  ///
  /// - Throws: ``ResultError/notANumber``, or ``ResultError/numericOverflow`` for too many digits.
  package static func number(_ literal: String) throws(ResultError) -> ResultValue {
    let numeric = try Numeric(literal: literal)
    let isWhole = literal.utf8.allSatisfy { (48...57).contains($0) }
    guard isWhole, let integer = Int64(exactly: numeric.unscaled) else { return .numeric(numeric) }
    return .integer(integer)
  }
}
