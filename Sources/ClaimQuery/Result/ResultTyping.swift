import ClaimSchema

/// The SQL types of expressions over released values, known before the values are.
package struct ResultTyping: Sendable {
  private let keys: [ResultType]
  private let aggregates: [Aggregate: ResultType]

  package init(keys: [ResultType], aggregates: [Aggregate: ResultType]) {
    self.keys = keys
    self.aggregates = aggregates
  }

  /// The type; nil is NULL without a type.
  ///
  /// - Throws: `QueryError.syntax` where PostgreSQL would object.
  package func type(of expression: ResultExpression) throws(QueryError) -> ResultType? {
    switch expression {
    case .key(let index):
      guard keys.indices.contains(index) else {
        throw .syntax(
          message: "there is no grouping expression \(index.ordinal)", position: nil)
      }
      return keys[index]
    case .aggregate(let aggregate): return aggregates[aggregate]
    case .literal(let literal): return literal.resultType
    case .negated(let inner):
      let type = try type(of: inner)
      guard type?.isNumber ?? true else {
        throw ResultError.noOperator(symbol: "-", operands: [type]).queryError
      }
      return type
    case .arithmetic(let operation, let left, let right):
      let types = try operandTypes(left, right)
      return try attempt { () throws(ResultError) in try operation.type(types.0, types.1) }
    case .comparison(let comparison, let left, let right):
      let types = try operandTypes(left, right)
      return try attempt { () throws(ResultError) in
        try comparison.resultOperator.type(types.0, types.1)
      }
    case .call(let function, let arguments):
      var types: [ResultType?] = []
      for argument in arguments { types.append(try type(of: argument)) }
      return try attempt { () throws(ResultError) in try function.type(of: types) }
    case .cast(let inner, let target):
      if let own = try type(of: inner), !target.takes(own) {
        throw ResultError.noCast(from: own, to: target.name).queryError
      }
      return target.type
    case .not(let inner):
      try checkBoolean(inner)
      return .boolean
    case .and(let operands), .or(let operands):
      for operand in operands { try checkBoolean(operand) }
      return .boolean
    case .isNull(let inner):
      _ = try type(of: inner)
      return .boolean
    case .conditional(let branches, let otherwise):
      var types: [ResultType?] = []
      for branch in branches {
        try checkBoolean(branch.condition)
        types.append(try type(of: branch.value))
      }
      if let otherwise { types.append(try type(of: otherwise)) }
      return try attempt { () throws(ResultError) in
        try ResultType.common(of: types, in: "CASE")
      }
    }
  }

  /// Refuses what is no condition.
  package func checkBoolean(_ expression: ResultExpression) throws(QueryError) {
    let type = try type(of: expression)
    guard type == nil || type == .boolean else {
      throw .syntax(
        message: "a condition must be boolean, not \(type?.name ?? "unknown")", position: nil)
    }
  }

  /// The types of two operands; quoted text beside a date or a number is read as one, and has to be
  /// one.
  private func operandTypes(
    _ left: ResultExpression, _ right: ResultExpression
  ) throws(QueryError) -> (ResultType?, ResultType?) {
    let types = (try type(of: left), try type(of: right))
    return (try read(left, as: types.1) ?? types.0, try read(right, as: types.0) ?? types.1)
  }

  /// The type as which quoted text is read; nil where it stays text.
  private func read(
    _ expression: ResultExpression, as type: ResultType?
  ) throws(QueryError) -> ResultType? {
    guard case .literal(let literal) = expression, case .string(let text) = literal.value,
      let type, type == .date || type.isNumber
    else { return nil }
    _ = try attempt { () throws(ResultError) in try ResultValue.text(text).reread(as: type) }
    return type
  }

  private func attempt<Value>(
    _ body: () throws(ResultError) -> Value
  ) throws(QueryError) -> Value {
    do throws(ResultError) { return try body() } catch { throw error.queryError }
  }
}

extension ResultError {
  /// As an error about the query.
  fileprivate var queryError: QueryError { .syntax(message: description, position: nil) }
}

extension ResultExpression {
  /// True for quoted text, whose type PostgreSQL takes from what stands beside it.
  var isQuoted: Bool {
    if case .literal(let literal) = self, case .string = literal.value { true } else { false }
  }
}

extension Literal {
  /// The type of a constant over released values; nil for NULL.
  var resultType: ResultType? {
    switch value {
    case .string: .text
    case .number(let digits):
      digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
        && Int64(digits) != nil ? .integer : .numeric
    case .boolean: .boolean
    case .null: nil
    }
  }
}

extension CastTarget {
  /// Whether a value of the type can be cast so.
  fileprivate func takes(_ type: ResultType) -> Bool {
    switch self.type {
    case .text: true
    case .integer: type.isNumber || type == .boolean
    case .numeric, .double: type.isNumber
    case .boolean, .date: type == self.type
    }
  }
}

extension Comparison {
  /// The same comparison of released values.
  var resultOperator: ResultOperator {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }
}
