import ClaimSchema

/// Expressions over one row's released values.
struct ResultEvaluation {
  let typing: ResultTyping
  let keys: [ResultValue]
  /// Nil is withheld.
  let aggregates: [Aggregate: ResultValue?]

  /// The value; nil when an aggregate in it is withheld.
  ///
  /// - Throws: `ResultError`, as PostgreSQL does: division by zero and the like.
  func value(of expression: ResultExpression) throws -> ResultValue? {
    var isWithheld = false
    expression.forEachAggregate { aggregate in
      if case .some(.none) = aggregates[aggregate] { isWithheld = true }
    }
    return isWithheld ? nil : try evaluate(expression)
  }

  /// Whether a condition is TRUE; not when something in it is withheld.
  func isTrue(_ condition: ResultExpression) throws -> Bool {
    try value(of: condition) == .boolean(true)
  }

  private func evaluate(_ expression: ResultExpression) throws -> ResultValue {
    switch expression {
    case .key(let index): return keys[index]
    case .aggregate(let aggregate): return (aggregates[aggregate] ?? .null) ?? .null
    case .literal(let literal): return try ResultEvaluation.value(of: literal)
    case .negated(let inner): return try evaluate(inner).negated()
    case .arithmetic(let operation, let left, let right):
      let (a, b) = try operands(left, right)
      return try operation.apply(a, b)
    case .comparison(let comparison, let left, let right):
      let (a, b) = try operands(left, right)
      return try comparison.resultOperator.apply(a, b)
    case .call(let function, let arguments):
      let value = try function.apply(arguments.map(evaluate))
      return try promoted(value, like: expression)
    case .cast(let inner, let target): return try evaluate(inner).cast(to: target)
    case .not(let inner):
      guard case .boolean(let truth) = try evaluate(inner) else { return .null }
      return .boolean(!truth)
    case .and(let operands): return try decide(operands, by: false)
    case .or(let operands): return try decide(operands, by: true)
    case .isNull(let inner): return .boolean(try evaluate(inner).isNull)
    case .conditional(let branches, let otherwise):
      for branch in branches where try evaluate(branch.condition) == .boolean(true) {
        return try promoted(evaluate(branch.value), like: expression)
      }
      return try promoted(otherwise.map(evaluate) ?? .null, like: expression)
    }
  }

  /// AND is decided by a FALSE, OR by a TRUE; otherwise a NULL leaves them open.
  private func decide(_ operands: [ResultExpression], by decisive: Bool) throws -> ResultValue {
    var isOpen = false
    for operand in operands {
      let value = try evaluate(operand)
      if value == .boolean(decisive) { return value }
      if value.isNull { isOpen = true }
    }
    return isOpen ? .null : .boolean(!decisive)
  }

  /// Alternatives have the type of all of them together.
  private func promoted(
    _ value: ResultValue, like expression: ResultExpression
  ) throws -> ResultValue {
    guard let type = try typing.type(of: expression), value.type?.isNumber ?? false, type.isNumber
    else { return value }
    return try value.promoted(to: type)
  }

  /// Two operands; quoted text beside a date or a number is read as one.
  private func operands(
    _ left: ResultExpression, _ right: ResultExpression
  ) throws -> (ResultValue, ResultValue) {
    let (a, b) = (try evaluate(left), try evaluate(right))
    return (
      left.isQuoted ? try a.reread(as: typing.type(of: right)) : a,
      right.isQuoted ? try b.reread(as: typing.type(of: left)) : b
    )
  }

  private static func value(of literal: Literal) throws -> ResultValue {
    switch literal.value {
    case .null: .null
    case .boolean(let truth): .boolean(truth)
    case .string(let text): .text(text)
    case .number(let digits):
      digits.hasPrefix("-")
        ? try ResultValue.number(String(digits.dropFirst())).negated()
        : try ResultValue.number(digits)
    }
  }
}

extension ResultValue {
  /// Text read as a date or a number.
  ///
  /// - Throws: ``ResultError/notADate``, ``ResultError/notANumber``.
  func reread(as type: ResultType?) throws(ResultError) -> ResultValue {
    guard case .text(let text) = self, let type else { return self }
    switch type {
    case .date:
      guard let day = CalendarDay(iso: text) else { throw .notADate }
      return .date(day.description)
    case .integer, .numeric, .double:
      let isNegative = text.hasPrefix("-")
      let number = try ResultValue.number(isNegative ? String(text.dropFirst()) : text)
      return isNegative ? try number.negated() : number
    case .boolean, .text: return self
    }
  }
}
