/// Translates the WHERE clause.
struct PredicateTranslator {
  let scope: TranslationScope

  private var literals: LiteralTranslator { LiteralTranslator(scope: scope) }

  /// `depth` conditions enclose this one.
  func predicate(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    guard depth <= SQLParser.conditionDepthLimit else {
      throw .tooLarge(
        what: "nested conditions", count: depth, limit: SQLParser.conditionDepthLimit,
        remedy: "Write the condition with fewer levels of AND, OR and NOT.")
    }
    switch node.kind {
    case "BoolExpr": return try connective(node, depth: depth)
    case "A_Expr": return try comparison(node)
    case "NullTest": return try nullTest(node)
    case "A_Const":
      switch try literals.constant(node).value {
      case .boolean(let value): return .constant(value)
      case .null: return .constant(nil)
      case .string, .number:
        throw .syntax(
          message: "argument of WHERE must be a condition", position: scope.position(of: node))
      }
    case "ColumnRef":
      let column = try scope.column(node)
      throw .unsupported(
        construct: "a column as a condition", position: column.position,
        instead: "Compare it with a constant, such as \(column.name) = '1'.")
    default:
      throw scope.refusal(of: node, in: .filter)
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
        throw scope.refusal(of: node, in: .filter)
      }
      return .not(operand)
    default:
      throw scope.refusal(of: node, in: .filter)
    }
  }

  private func nullTest(_ node: ParseNode) throws(QueryError) -> Predicate {
    guard let argument = node.node("arg"), argument.kind == "ColumnRef" else {
      throw .unsupported(
        construct: "IS NULL of an expression", position: scope.position(of: node),
        instead: "Test a column: write column IS NULL.")
    }
    let test = Predicate.isNull(try scope.column(argument))
    return node.string("nulltesttype") == "IS_NOT_NULL" ? .not(test) : test
  }

  private func comparison(_ node: ParseNode) throws(QueryError) -> Predicate {
    switch (node.string("kind"), node.names("name")) {
    case ("AEXPR_OP", let names) where names.count == 1 && node.node("lexpr") != nil:
      guard let comparison = Comparison(rawValue: names[0]) else {
        throw scope.refusal(ofOperator: node)
      }
      return try self.comparison(node, by: comparison)
    case ("AEXPR_IN", ["="]): return try membership(node)
    case ("AEXPR_IN", ["<>"]): return .not(try membership(node))
    case ("AEXPR_BETWEEN", _): return try range(node)
    case ("AEXPR_NOT_BETWEEN", _): return .not(try range(node))
    case ("AEXPR_LIKE", ["~~"]): return try pattern(node)
    case ("AEXPR_LIKE", ["!~~"]): return .not(try pattern(node))
    default: throw scope.refusal(ofOperator: node)
    }
  }

  private func comparison(
    _ node: ParseNode, by comparison: Comparison
  ) throws(QueryError) -> Predicate {
    guard let left = node.node("lexpr"), let right = node.node("rexpr") else {
      throw scope.refusal(ofOperator: node)
    }
    if left.kind == "ColumnRef" {
      let column = try scope.column(left)
      guard right.kind != "ColumnRef" else {
        throw .unsupported(
          construct: "a comparison of two columns", position: scope.position(of: node),
          instead: "Compare each column with a constant.")
      }
      return .comparison(column, comparison, try literals.constant(right))
    }
    if right.kind == "ColumnRef" {
      let constant = try literals.constant(left)
      return .comparison(try scope.column(right), comparison.flipped, constant)
    }
    _ = try literals.constant(left)
    _ = try literals.constant(right)
    throw .unsupported(
      construct: "a comparison of two constants", position: scope.position(of: node),
      instead: "Write TRUE or FALSE.")
  }

  private func membership(_ node: ParseNode) throws(QueryError) -> Predicate {
    let column = try tested(node, by: "IN", remedy: "Write column = constant OR column = constant.")
    var constants: [Literal] = []
    for item in node.node("rexpr")?.nodes("items") ?? [] {
      constants.append(try literals.constant(item))
    }
    guard !constants.isEmpty else { throw scope.refusal(ofOperator: node) }
    return .isIn(column, constants)
  }

  private func range(_ node: ParseNode) throws(QueryError) -> Predicate {
    let column = try tested(
      node, by: "BETWEEN", remedy: "Write column <= constant AND column >= constant.")
    let bounds = node.node("rexpr")?.nodes("items") ?? []
    guard bounds.count == 2 else { throw scope.refusal(ofOperator: node) }
    return .between(column, try literals.constant(bounds[0]), try literals.constant(bounds[1]))
  }

  /// The column on the left of `word`.
  private func tested(
    _ node: ParseNode, by word: String, remedy: String
  ) throws(QueryError) -> ColumnReference {
    guard let left = node.node("lexpr") else { throw scope.refusal(ofOperator: node) }
    if left.kind == "ColumnRef" { return try scope.column(left) }
    _ = try literals.constant(left)
    throw .unsupported(
      construct: "\(word) after a constant", position: scope.position(of: left), instead: remedy)
  }

  private func pattern(_ node: ParseNode) throws(QueryError) -> Predicate {
    let column = try tested(node, by: "LIKE", remedy: "Write column LIKE 'prefix%'.")
    guard let right = node.node("rexpr") else { throw scope.refusal(ofOperator: node) }
    if right.kind == "FuncCall", right.names("funcname").last == "like_escape" {
      throw .unsupported(
        construct: "LIKE with ESCAPE", position: scope.position(of: right),
        instead: "Write \(column.name) LIKE 'prefix%' without escapes.")
    }
    let constant = try literals.constant(right)
    guard case .string(let text) = constant.value else {
      throw .unsupported(
        construct: "LIKE without a quoted pattern", position: constant.position,
        instead: "Write \(column.name) LIKE 'prefix%'.")
    }
    var prefix = text.unicodeScalars
    let isExact = prefix.last != "%"
    while prefix.last == "%" { prefix.removeLast() }
    let wildcards: Set<Unicode.Scalar> = ["%", "_", "\\"]
    if let wildcard = prefix.first(where: wildcards.contains) {
      throw .unsupported(
        construct: wildcard == "\\"
          ? "LIKE with an escape" : "LIKE with \(wildcard) before the pattern's end",
        position: constant.position,
        instead: "Only prefixes can be matched: write \(column.name) LIKE 'prefix%', or IN with"
          + " the values.")
    }
    let literal = Literal(value: .string(String(prefix)), position: constant.position)
    return .like(column, prefix: literal, isExact: isExact)
  }
}

extension Comparison {
  /// The comparison with its sides exchanged.
  fileprivate var flipped: Comparison {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
