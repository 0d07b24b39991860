/// Translates conditions on records: of WHERE, FILTER and CASE.
struct PredicateTranslator {
  let scope: TranslationScope
  let clause: Clause

  var constants: ConstantTranslator { ConstantTranslator(scope: scope, clause: clause) }

  /// `depth` conditions and expressions enclose this one.
  func predicate(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    try scope.enter(depth)
    switch node.kind {
    case "BoolExpr": return try connective(node, depth: depth)
    case "A_Expr": return try comparison(node, depth: depth)
    case "NullTest": return try nullTest(node, depth: depth)
    case "BooleanTest": return try truthTest(node, depth: depth)
    case "A_Const", "TypeCast":
      switch try constants.literal(node, depth: depth).value {
      case .boolean(let value): return .constant(value)
      case .null: return .constant(nil)
      case .string, .number:
        throw .syntax(
          message: "argument of \(clause.words) must be a condition",
          position: scope.position(of: node))
      }
    case "ColumnRef":
      let column = try scope.column(node)
      throw .unsupported(
        construct: "a column as a condition", position: column.position,
        instead: "Compare it with a constant, such as \(column.name) = '1'.")
    default:
      throw scope.refusal(of: node, in: clause)
    }
  }

  private func connective(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    var operands: [Predicate] = []
    for argument in node.nodes("args") {
      operands.append(try predicate(argument, depth: depth + 1))
    }
    switch node.string("boolop") {
    case "AND_EXPR":
      return .and(operands.flatMap { if case .and(let inner) = $0 { inner } else { [$0] } })
    case "OR_EXPR":
      return .or(operands.flatMap { if case .or(let inner) = $0 { inner } else { [$0] } })
    case "NOT_EXPR":
      guard let operand = operands.first, operands.count == 1 else {
        throw scope.refusal(of: node, in: clause)
      }
      return .not(operand)
    default:
      throw scope.refusal(of: node, in: clause)
    }
  }

  private func nullTest(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    guard let argument = node.node("arg") else { throw scope.refusal(of: node, in: clause) }
    let test: Predicate
    if let value = try scope.testedValue(argument) {
      test = .isNull(value.column)
    } else if argument.isCondition {
      test = try unknown(argument, depth: depth)
    } else {
      throw .unsupported(
        construct: "IS NULL of an expression", position: scope.position(of: node),
        instead: "Test a column: write column IS NULL.")
    }
    return node.string("nulltesttype") == "IS_NOT_NULL" ? .not(test) : test
  }

  /// IS [NOT] TRUE, FALSE and UNKNOWN.
  private func truthTest(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    guard let argument = node.node("arg") else { throw scope.refusal(of: node, in: clause) }
    switch node.string("booltesttype") {
    case "IS_TRUE": return .isTrue(try predicate(argument, depth: depth + 1))
    case "IS_NOT_TRUE": return .not(.isTrue(try predicate(argument, depth: depth + 2)))
    case "IS_FALSE": return .isTrue(.not(try predicate(argument, depth: depth + 2)))
    case "IS_NOT_FALSE": return .not(.isTrue(.not(try predicate(argument, depth: depth + 3))))
    case "IS_UNKNOWN": return try unknown(argument, depth: depth)
    case "IS_NOT_UNKNOWN": return .not(try unknown(argument, depth: depth + 1))
    default: throw scope.refusal(of: node, in: clause)
    }
  }

  /// A condition is NULL where it is neither TRUE nor FALSE.
  private func unknown(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    let isTrue = Predicate.isTrue(try predicate(node, depth: depth + 3))
    let isFalse = Predicate.isTrue(.not(try predicate(node, depth: depth + 4)))
    return .and([.not(isTrue), .not(isFalse)])
  }
}

extension ParseNode {
  /// Whether the grammar tells that an expression is TRUE, FALSE or NULL.
  var isCondition: Bool {
    switch kind {
    case "BoolExpr", "NullTest", "BooleanTest": true
    case "A_Expr":
      switch string("kind") {
      case "AEXPR_OP": names("name").last.flatMap(Comparison.init(rawValue:)) != nil
      case "AEXPR_NULLIF": false
      default: true
      }
    default: false
    }
  }
}
