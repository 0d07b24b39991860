/// What an aggregate takes of one record.
public indirect enum ValueExpression: Hashable, Sendable {
  /// A column.
  case column(ColumnReference)
  /// `column::bigint`: the column itself where its numbers are whole, and elsewhere refused, because
  /// PostgreSQL would round each of them.
  case whole(ColumnReference)
  /// A constant: a number or NULL; in `count` also text or a truth value.
  case literal(Literal)
  /// Unary minus.
  case negated(ValueExpression)
  /// `+`, `-` or `*`.
  case arithmetic(ValueOperator, ValueExpression, ValueExpression)
  /// `CASE WHEN … THEN … ELSE … END`; the first branch whose condition is TRUE decides, and without
  /// one `otherwise`, where nil is NULL. The simple form `CASE x WHEN …` and `coalesce(c, 0)` are
  /// written so too.
  case conditional([ValueBranch], otherwise: ValueExpression?)
}

/// An operator between values of one record.
public enum ValueOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
}

/// One WHEN … THEN … of a value.
public struct ValueBranch: Hashable, Sendable {
  /// After WHEN.
  public var condition: Predicate
  /// After THEN.
  public var value: ValueExpression

  /// A branch.
  public init(condition: Predicate, value: ValueExpression) {
    self.condition = condition
    self.value = value
  }
}
