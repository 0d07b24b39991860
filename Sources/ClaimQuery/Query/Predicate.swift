/// A condition over one record, in SQL's three-valued logic.
public indirect enum Predicate: Hashable, Sendable {
  case comparison(ColumnReference, Comparison, Literal)
  case between(ColumnReference, Literal, Literal)
  case isIn(ColumnReference, [Literal])
  /// `LIKE 'prefix%'`; `isExact` when the pattern has no wildcard.
  case like(ColumnReference, prefix: Literal, isExact: Bool)
  case isNull(ColumnReference)
  case not(Predicate)
  case and([Predicate])
  case or([Predicate])
  /// TRUE, FALSE, or NULL as nil.
  case constant(Bool?)
}

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
  public enum Value: Hashable, Sendable {
    /// A quoted string, also the content of `DATE '…'`.
    case string(String)
    /// An exact decimal as written, such as `25000.01` or `-3`.
    case number(String)
    case boolean(Bool)
    case null
  }

  public var value: Value
  /// Offset in the query text, in characters from 0. It takes no part in equality.
  public var position: Int

  public init(value: Value, position: Int) {
    self.value = value
    self.position = position
  }

  public static func == (a: Self, b: Self) -> Bool { a.value == b.value }
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
