/// Translates expressions over released values: of SELECT, HAVING and ORDER BY.
struct ResultTranslator {
  let scope: TranslationScope
  let clause: Clause
  let groupings: GroupingKeys

  /// `depth` expressions enclose this one.
  func result(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    try scope.enter(depth)
    if let key = groupings.key(node, depth: depth) { return .key(key) }
    switch node.kind {
    case "ColumnRef":
      throw .notGrouped(try scope.column(node), hint: groupings.hint(for: node))
    case "A_Const": return .literal(try LiteralTranslator(scope: scope).literal(node))
    case "TypeCast": return try cast(node, depth: depth)
    case "A_Expr": return try operation(node, depth: depth)
    case "BoolExpr": return try connective(node, depth: depth)
    case "NullTest": return try nullTest(node, depth: depth)
    case "BooleanTest": return try truthTest(node, depth: depth)
    case "FuncCall": return try call(node, depth: depth)
    case "CaseExpr": return try conditional(node, depth: depth)
    case "CoalesceExpr": return try matching(.coalesce, node, depth: depth)
    case "MinMaxExpr":
      return try matching(
        node.string("op") == "IS_LEAST" ? .least : .greatest, node, depth: depth)
    default: throw scope.refusal(of: node, in: clause)
    }
  }

  /// A condition; what is certainly none is refused, as `place` puts it.
  func condition(_ node: ParseNode, of place: String, depth: Int) throws(QueryError)
    -> ResultExpression
  {
    let condition = try result(node, depth: depth)
    guard let kind = ResultKind(condition), kind != .boolean else { return condition }
    throw .syntax(
      message: "argument of \(place) must be a condition, not a \(kind.rawValue)",
      position: scope.position(of: node))
  }

  /// An operand of arithmetic or of a function of numbers.
  func number(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    let number = try result(node, depth: depth)
    guard let kind = ResultKind(number), kind != .number else { return number }
    throw .syntax(
      message: "a number is needed here, not a \(kind.rawValue)", position: scope.position(of: node)
    )
  }

  private func cast(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    let constants = ConstantTranslator(scope: scope, clause: clause)
    if let date = try constants.date(node, depth: depth) { return .literal(date) }
    guard let argument = node.node("arg") else { throw scope.refusal(of: node, in: clause) }
    let type = SQLType(node.object("typeName"))
    // The first day of a unit is a date already.
    if type == .date, let key = groupings.truncatedKey(argument, depth: depth) { return .key(key) }
    guard let target = CastTarget(type) else {
      throw .unsupported(
        construct: "a cast to this type", position: scope.position(of: node),
        instead: "Cast to bigint, numeric, double precision or text.")
    }
    return .cast(try result(argument, depth: depth + 1), target)
  }

  private func operation(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    switch node.string("kind") {
    case "AEXPR_OP": break
    case "AEXPR_NULLIF": return try matching(.nullif, node, depth: depth)
    default: return try test(node, depth: depth)
    }
    let names = node.names("name")
    let constants = ConstantTranslator(scope: scope, clause: clause)
    if let date = try constants.date(node, depth: depth) { return .literal(date) }
    guard names.count == 1, let name = names.first, let right = node.node("rexpr") else {
      throw scope.refusal(of: node, in: clause)
    }
    guard let left = node.node("lexpr") else { return try signed(right, by: name, node, depth) }
    if let comparison = Comparison(rawValue: name) {
      return try self.comparison(comparison, left, right, node, depth: depth)
    }
    guard let symbol = ResultOperator(rawValue: name) else {
      throw scope.refusal(of: node, in: clause)
    }
    return .arithmetic(
      symbol, try number(left, depth: depth + 1), try number(right, depth: depth + 1))
  }

  private func signed(
    _ operand: ParseNode, by name: String, _ node: ParseNode, _ depth: Int
  ) throws(QueryError) -> ResultExpression {
    guard ["+", "-"].contains(name) else { throw scope.refusal(of: node, in: clause) }
    let value = try number(operand, depth: depth + 1)
    guard name == "-" else { return value }
    guard case .literal(let literal) = value, case .number(let digits) = literal.value else {
      return .negated(value)
    }
    return .literal(
      Literal(
        value: .number(Literal.Value.negated(digits)), position: scope.position(of: node) ?? 0))
  }
}

extension CastTarget {
  /// The type that a cast of a released value gives; nil for those that there are not.
  fileprivate init?(_ type: SQLType) {
    switch type {
    case .integer: self = .bigint
    case .numeric(nil, _): self = .numeric
    case .numeric(let precision?, let scale):
      self = .decimal(precision: precision, scale: scale ?? 0)
    case .double: self = .double
    case .text: self = .text
    case .date, .timestamp, .interval, .other: return nil
    }
  }
}
