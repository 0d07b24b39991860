/// Conditions on released values; what PostgreSQL has more of is written by comparisons.
extension ResultTranslator {
  func connective(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    let (word, kind) =
      switch node.string("boolop") {
      case "AND_EXPR": ("AND", Connective.and)
      case "OR_EXPR": ("OR", Connective.or)
      default: ("NOT", Connective.not)
      }
    var operands: [ResultExpression] = []
    for argument in node.nodes("args") {
      operands.append(try condition(argument, of: word, depth: depth + 1))
    }
    switch kind {
    case .and:
      return .and(operands.flatMap { if case .and(let inner) = $0 { inner } else { [$0] } })
    case .or: return .or(operands.flatMap { if case .or(let inner) = $0 { inner } else { [$0] } })
    case .not:
      guard let operand = operands.first, operands.count == 1 else {
        throw scope.refusal(of: node, in: clause)
      }
      return .not(operand)
    }
  }

  private enum Connective {
    case and
    case or
    case not
  }

  /// Two values compared; kinds that are known must be the same.
  func comparison(
    _ comparison: Comparison, _ left: ParseNode, _ right: ParseNode, _ node: ParseNode, depth: Int
  ) throws(QueryError) -> ResultExpression {
    let first = try result(left, depth: depth + 1)
    let second = try result(right, depth: depth + 1)
    if let a = ResultKind(first), let b = ResultKind(second), a != b {
      throw .syntax(
        message: "operator does not exist: \(a.rawValue) \(comparison.rawValue) \(b.rawValue)",
        position: scope.position(of: node))
    }
    return .comparison(comparison, first, second)
  }

  func nullTest(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    guard let argument = node.node("arg") else { throw scope.refusal(of: node, in: clause) }
    guard node.string("nulltesttype") == "IS_NOT_NULL" else {
      return .isNull(try result(argument, depth: depth + 1))
    }
    return .not(.isNull(try result(argument, depth: depth + 2)))
  }

  /// IS [NOT] TRUE, FALSE and UNKNOWN; `x IS TRUE` is `coalesce(x, FALSE)`.
  func truthTest(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    guard let argument = node.node("arg") else { throw scope.refusal(of: node, in: clause) }
    let place = "IS TRUE, IS FALSE or IS UNKNOWN"
    let operand = try condition(argument, of: place, depth: depth + 3)
    let isFalse = Literal(value: .boolean(false), position: scope.position(of: node) ?? 0)
    func isCertain(_ condition: ResultExpression) -> ResultExpression {
      .call(.coalesce, [condition, .literal(isFalse)])
    }
    return switch node.string("booltesttype") {
    case "IS_TRUE": isCertain(operand)
    case "IS_NOT_TRUE": .not(isCertain(operand))
    case "IS_FALSE": isCertain(.not(operand))
    case "IS_NOT_FALSE": .not(isCertain(.not(operand)))
    case "IS_UNKNOWN": .isNull(operand)
    default: .not(.isNull(operand))
    }
  }

  /// IN and BETWEEN.
  func test(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    guard let left = node.node("lexpr"), let right = node.node("rexpr") else {
      throw scope.refusal(of: node, in: clause)
    }
    switch (node.string("kind"), node.names("name")) {
    case ("AEXPR_IN", ["="]): return try membership(left, right, node, depth: depth)
    case ("AEXPR_IN", _): return .not(try membership(left, right, node, depth: depth + 1))
    case ("AEXPR_BETWEEN", _): return try range(left, right, node, depth: depth)
    case ("AEXPR_NOT_BETWEEN", _): return .not(try range(left, right, node, depth: depth + 1))
    default: throw scope.refusal(ofResultOperator: node)
    }
  }

  private func membership(
    _ left: ParseNode, _ list: ParseNode, _ node: ParseNode, depth: Int
  ) throws(QueryError) -> ResultExpression {
    let members = list.nodes("items")
    guard members.count <= SQLParser.memberLimit else {
      throw .tooLarge(
        what: "members of IN", count: members.count, limit: SQLParser.memberLimit,
        remedy: "Use BETWEEN, or choose among the rows of the released answer.")
    }
    var tests: [ResultExpression] = []
    var seen: Set<ResultExpression> = []
    for member in members {
      let test = try comparison(.equal, left, member, node, depth: depth + 1)
      if seen.insert(test).inserted { tests.append(test) }
    }
    guard let only = tests.first else { throw scope.refusal(of: node, in: clause) }
    return tests.count == 1 ? only : .or(tests)
  }

  private func range(
    _ left: ParseNode, _ bounds: ParseNode, _ node: ParseNode, depth: Int
  ) throws(QueryError) -> ResultExpression {
    let bounds = bounds.nodes("items")
    guard bounds.count == 2 else { throw scope.refusal(of: node, in: clause) }
    return .and([
      try comparison(.greaterOrEqual, left, bounds[0], node, depth: depth + 1),
      try comparison(.lessOrEqual, left, bounds[1], node, depth: depth + 1),
    ])
  }
}
