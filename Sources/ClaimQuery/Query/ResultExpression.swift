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
  case cast(ResultExpression, CastTarget)
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
