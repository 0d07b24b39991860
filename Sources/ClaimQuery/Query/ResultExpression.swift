/// An expression over the released values of one row: what happens after decryption and after the
/// disclosure policy.
public indirect enum ResultExpression: Hashable, Sendable {
  /// The group's value of the grouping expression with this index in `Query.groupBy`.
  case key(Int)
  /// An aggregate.
  case aggregate(Aggregate)
  /// A constant.
  case literal(Literal)
  /// Unary minus.
  case negated(ResultExpression)
  /// Arithmetic.
  case arithmetic(ResultOperator, ResultExpression, ResultExpression)
  /// A function.
  case call(ResultFunction, [ResultExpression])
  /// `CAST(… AS type)` and `…::type`.
  case cast(ResultExpression, ResultType)
  /// A comparison.
  case comparison(Comparison, ResultExpression, ResultExpression)
  /// NOT.
  case not(ResultExpression)
  /// AND; the parser makes no AND directly in another.
  case and([ResultExpression])
  /// OR; the parser makes no OR directly in another.
  case or([ResultExpression])
  /// IS NULL.
  case isNull(ResultExpression)
  /// `CASE WHEN … THEN … ELSE … END`; nil is NULL.
  case conditional([ResultBranch], otherwise: ResultExpression?)
}

/// An operator between released values.
public enum ResultOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "^"
}

/// A function of released values, by its name in SQL.
public enum ResultFunction: String, CaseIterable, Hashable, Sendable {
  case round
  case trunc
  case ceil
  case floor
  case abs
  case sqrt
  case power
  case ln
  case exp
  case coalesce
  case nullif
  case greatest
  case least
}

/// A type that a released value may be cast to.
public enum ResultType: Hashable, Sendable {
  /// `int`, `integer`, `bigint` and `smallint`: whole numbers of 64 bits.
  case integer
  /// `numeric` and `decimal`, with their precision and scale where they are given.
  case numeric(precision: Int?, scale: Int?)
  /// `double precision` and `float`.
  case double
  /// `text` and `varchar`.
  case text
}

/// One WHEN … THEN … of a released value.
public struct ResultBranch: Hashable, Sendable {
  /// After WHEN.
  public var condition: ResultExpression
  /// After THEN.
  public var value: ResultExpression

  /// A branch.
  public init(condition: ResultExpression, value: ResultExpression) {
    self.condition = condition
    self.value = value
  }
}
