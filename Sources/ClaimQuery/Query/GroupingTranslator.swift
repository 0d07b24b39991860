/// Translates GROUP BY.
struct GroupingTranslator {
  let scope: TranslationScope
  /// What SELECT lists, with the names of the output columns.
  let targets: [SelectTarget]
  /// The names that the query uses as a column's somewhere.
  let mentionedColumns: Set<String>

  func groupings(_ nodes: [ParseNode]) throws(QueryError) -> [GroupingExpression] {
    var groupings: [GroupingExpression] = []
    for node in nodes.flatMap(GroupingTranslator.listed) {
      let grouping = try expression(try meant(node), depth: 0)
      guard !groupings.contains(grouping) else { continue }
      guard groupings.count < Query.groupingLimit else {
        throw .unsupported(
          construct: "GROUP BY more than \(Query.groupingLimit) expressions",
          position: scope.position(of: node),
          instead: "Group by \(Query.groupingLimit) and run one query for each value of another.")
      }
      groupings.append(grouping)
    }
    return groupings
  }

  /// A grouping expression as it stands; what is none is refused.
  func expression(_ node: ParseNode, depth: Int) throws(QueryError) -> GroupingExpression {
    try scope.enter(depth)
    switch try scope.testedValue(node) {
    case .column(let column): return .column(column)
    case .part(let part, let column): return .datePart(part, column)
    case .truncated(let unit, let column): return .truncated(unit, column)
    case nil: break
    }
    guard node.kind == "CaseExpr" else {
      if let call = node.aggregateCall {
        throw .syntax(
          message: "aggregate functions are not allowed in GROUP BY",
          position: scope.position(of: call))
      }
      throw scope.refusal(of: node, in: .groupBy)
    }
    return try conditional(node, depth: depth)
  }

  /// `GROUP BY (a, b)` lists two expressions.
  private static func listed(_ node: ParseNode) -> [ParseNode] {
    node.kind == "RowExpr" && node.string("row_format") == "COERCE_IMPLICIT_CAST"
      ? node.nodes("args") : [node]
  }

  /// The expression that a number or a bare name stands for.
  ///
  /// In PostgreSQL a column's name goes before an output column's. Which columns there are is not
  /// known here, but a name that is used as a column's elsewhere is one, and where it is not, only
  /// an output column of that name can be meant that is no aggregate.
  private func meant(_ node: ParseNode) throws(QueryError) -> ParseNode {
    switch node.kind {
    case "A_Const":
      let index = try scope.ordinal(node, clause: .groupBy, count: targets.count)
      if let call = targets[index].expression.aggregateCall {
        throw .syntax(
          message: "aggregate functions are not allowed in GROUP BY",
          position: scope.position(of: node) ?? scope.position(of: call))
      }
      return targets[index].expression
    case "ColumnRef" where node.nodes("fields").count == 1:
      let name = node.names("fields").last ?? ""
      let labelled = targets.filter { $0.label == name }
      guard !mentionedColumns.contains(name), let target = labelled.first,
        target.expression.aggregateCall == nil
      else { return node }
      guard labelled.count == 1 else {
        throw .syntax(
          message: "GROUP BY \"\(name)\" is ambiguous", position: scope.position(of: node))
      }
      return target.expression
    default:
      return node
    }
  }

  private func conditional(_ node: ParseNode, depth: Int) throws(QueryError) -> GroupingExpression {
    let conditions = PredicateTranslator(scope: scope, clause: .groupBy)
    let subject = node.node("arg")
    let written = node.nodes("args")
    try scope.checkBranches(written.count)
    var branches: [GroupingBranch] = []
    for branch in written {
      guard let test = branch.node("expr"), let result = branch.node("result") else {
        throw scope.refusal(of: node, in: .groupBy)
      }
      let condition =
        if let subject {
          try conditions.equality(subject, test, depth: depth + 1)
        } else {
          try conditions.predicate(test, depth: depth + 1)
        }
      branches.append(
        GroupingBranch(condition: condition, label: try label(result, depth: depth + 1)))
    }
    var otherwise: Literal?
    if let last = node.node("defresult") { otherwise = try label(last, depth: depth + 1) }
    if otherwise?.value == .null { otherwise = nil }
    try checkTypes(branches.map(\.label) + [otherwise].compactMap(\.self))
    return .conditional(branches, otherwise: otherwise)
  }

  private func label(_ node: ParseNode, depth: Int) throws(QueryError) -> Literal {
    guard node.columnNames.isEmpty else {
      throw .unsupported(
        construct: "a label that is not a constant", position: scope.position(of: node),
        instead: "Give each branch of CASE a text or a number.")
    }
    let constants = ConstantTranslator(scope: scope, clause: .groupBy)
    let literal = try constants.literal(node, depth: depth)
    if case .boolean = literal.value {
      throw .unsupported(
        construct: "TRUE or FALSE as a label", position: literal.position,
        instead: "Write a text, such as 'yes' and 'no'.")
    }
    return literal
  }

  private func checkTypes(_ labels: [Literal]) throws(QueryError) {
    let firstNumber = labels.first { if case .number = $0.value { true } else { false } }
    let firstText = labels.first { if case .string = $0.value { true } else { false } }
    guard let firstNumber, let firstText else { return }
    throw .syntax(
      message: "CASE types text and numeric cannot be matched: write all labels as text",
      position: max(firstNumber.position, firstText.position))
  }
}
