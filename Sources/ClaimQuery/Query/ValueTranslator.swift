import ClaimSchema

/// Translates what an aggregate is taken over.
struct ValueTranslator {
  let scope: TranslationScope
  let function: AggregateFunction

  /// `depth` expressions enclose this one.
  func value(_ node: ParseNode, depth: Int) throws(QueryError) -> ValueExpression {
    try scope.enter(depth)
    switch node.kind {
    case "ColumnRef": return .column(try scope.column(node))
    case "A_Const": return .literal(try constant(node))
    case "A_Expr" where node.string("kind") == "AEXPR_OP" && !node.isCondition:
      return try arithmetic(node, depth: depth)
    case "A_Expr" where node.string("kind") == "AEXPR_NULLIF":
      return try nullIf(node, depth: depth)
    case "CaseExpr": return try conditional(node, depth: depth)
    case "CoalesceExpr": return try coalesce(node, depth: depth)
    case "TypeCast": return try cast(node, depth: depth)
    case _ where node.isCondition:
      guard function == .count else {
        throw .unsupported(
          construct: "\(function.rawValue) of a condition", position: scope.position(of: node),
          instead: "Cast it, such as sum((paid > 1000)::int), or write count(*) FILTER (WHERE …).")
      }
      return try truth(node, depth: depth)
    default: throw scope.refusal(ofArgument: node, function: function)
    }
  }

  /// A condition as 1 where it is TRUE and 0 where it is FALSE.
  func truth(_ node: ParseNode, depth: Int) throws(QueryError) -> ValueExpression {
    let conditions = PredicateTranslator(scope: scope, clause: .argument)
    let position = scope.position(of: node) ?? 0
    func branch(_ condition: Predicate, _ digit: String) -> ValueBranch {
      let value = Literal(value: .number(digit), position: position)
      return ValueBranch(condition: condition, value: .literal(value))
    }
    return .conditional(
      [
        branch(try conditions.predicate(node, depth: depth + 1), "1"),
        branch(.not(try conditions.predicate(node, depth: depth + 2)), "0"),
      ], otherwise: nil)
  }

  private func constant(_ node: ParseNode) throws(QueryError) -> Literal {
    let literal = try LiteralTranslator(scope: scope).literal(node)
    switch literal.value {
    case .number, .null: break
    case .string, .boolean:
      guard function == .count else {
        throw .syntax(
          message: "\(function.rawValue) takes numbers, and this constant is none",
          position: literal.position)
      }
    }
    return literal
  }

  private func arithmetic(_ node: ParseNode, depth: Int) throws(QueryError) -> ValueExpression {
    guard let name = node.names("name").last, node.names("name").count == 1,
      let right = node.node("rexpr")
    else { throw scope.refusal(ofArgument: node, function: function) }
    if let left = node.node("lexpr") {
      guard let symbol = ValueOperator(rawValue: name) else {
        throw scope.refusal(ofArgument: node, function: function)
      }
      return .arithmetic(
        symbol, try number(left, depth: depth + 1), try number(right, depth: depth + 1))
    }
    let operand = try number(right, depth: depth + 1)
    switch (name, operand) {
    case ("+", _): return operand
    case ("-", .literal(let literal)):
      guard case .number(let digits) = literal.value else { return .negated(operand) }
      return .literal(
        Literal(
          value: .number(Literal.Value.negated(digits)), position: scope.position(of: node) ?? 0))
    case ("-", _): return .negated(operand)
    default: throw scope.refusal(ofArgument: node, function: function)
    }
  }

  /// An operand, which is a number in `count` too.
  private func number(_ node: ParseNode, depth: Int) throws(QueryError) -> ValueExpression {
    let numbers = ValueTranslator(scope: scope, function: function == .count ? .sum : function)
    return try numbers.value(node, depth: depth)
  }

  private func cast(_ node: ParseNode, depth: Int) throws(QueryError) -> ValueExpression {
    guard let argument = node.node("arg") else {
      throw scope.refusal(ofArgument: node, function: function)
    }
    switch SQLType(node.object("typeName")) {
    // Values are exact decimals, and so is a sum of them, whatever type they are added up in: these
    // casts only choose how PostgreSQL holds the sum.
    case .numeric(nil, nil), .double:
      return try number(argument, depth: depth)
    // PostgreSQL rounds here, so what is cast must be whole, which a column's scale tells later.
    case .integer where argument.isCondition:
      return try truth(argument, depth: depth)
    case .integer:
      let value = try number(argument, depth: depth)
      guard let whole = value.whole else {
        throw .unsupported(
          construct: "a rounding cast inside an aggregate", position: scope.position(of: node),
          instead: "Leave it out, and round the aggregate.")
      }
      return whole
    // What is NULL stays NULL, and nothing else becomes NULL.
    case .text where function == .count, .date where function == .count:
      return try value(argument, depth: depth)
    default:
      throw scope.refusal(ofArgument: node, function: function)
    }
  }
}

extension ValueExpression {
  /// The value with its columns marked as whole numbers; nil when a constant in it is not whole.
  fileprivate var whole: ValueExpression? {
    switch self {
    case .column(let column), .whole(let column): return .whole(column)
    case .literal(let literal):
      guard case .number(let digits) = literal.value else { return self }
      return digits.utf8.allSatisfy({ $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "e") })
        ? self : nil
    case .negated(let inner): return inner.whole.map { .negated($0) }
    case .arithmetic(let symbol, let left, let right):
      guard let left = left.whole, let right = right.whole else { return nil }
      return .arithmetic(symbol, left, right)
    case .conditional(let branches, let otherwise):
      var whole: [ValueBranch] = []
      for branch in branches {
        guard let value = branch.value.whole else { return nil }
        whole.append(ValueBranch(condition: branch.condition, value: value))
      }
      guard let otherwise else { return .conditional(whole, otherwise: nil) }
      guard let last = otherwise.whole else { return nil }
      return .conditional(whole, otherwise: last)
    }
  }
}
