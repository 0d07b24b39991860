/// A condition over one record, in SQL's three-valued logic.
public indirect enum Predicate: Hashable, Sendable {
  /// The column compared with a constant; a constant on the left was turned round.
  case comparison(ColumnReference, Comparison, Literal)
  /// BETWEEN, both bounds included.
  case between(ColumnReference, Literal, Literal)
  /// IN with constants, NULL among them if it was written.
  case isIn(ColumnReference, [Literal])
  /// `LIKE 'prefix%'`; `isExact` when the pattern has no wildcard.
  case like(ColumnReference, prefix: Literal, isExact: Bool)
  /// IS NULL.
  case isNull(ColumnReference)
  /// `extract(part FROM column)` of a date compared with a constant.
  case datePart(DatePart, ColumnReference, Comparison, Literal)
  /// IS TRUE: TRUE where the condition is TRUE, FALSE where it is FALSE or NULL. IS NOT TRUE, IS FALSE
  /// and IS UNKNOWN are written with it and NOT.
  case isTrue(Predicate)
  /// NOT; also NOT IN, NOT BETWEEN, NOT LIKE and IS NOT NULL.
  case not(Predicate)
  /// AND; the parser makes no AND directly in another.
  case and([Predicate])
  /// OR; the parser makes no OR directly in another.
  case or([Predicate])
  /// TRUE, FALSE, or NULL as nil.
  case constant(Bool?)
}

/// An operator between a column and a constant.
public enum Comparison: String, Hashable, Sendable {
  case equal = "="
  case notEqual = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// A constant as written.
public struct Literal: Hashable, Sendable {
  /// What was written.
  public enum Value: Hashable, Sendable {
    /// A quoted string, also the content of `DATE '…'`.
    case string(String)
    /// An exact decimal as written, such as `25000.01`, `-3` or `1.5e3`.
    case number(String)
    /// TRUE or FALSE.
    case boolean(Bool)
    /// NULL.
    case null
  }

  /// What was written.
  public var value: Value
  /// Offset in the query text, in characters from 0. It takes no part in equality.
  public var position: Int

  /// A constant at a place in the text.
  public init(value: Value, position: Int) {
    self.value = value
    self.position = position
  }

  /// Equal when the values are.
  public static func == (a: Self, b: Self) -> Bool { a.value == b.value }
  /// Hashes the value.
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
