/// Translates PostgreSQL's SELECT into a `Query`, and refuses what has no place in one.
struct SelectTranslator {
  private let statement: ParseNode
  private let scope: TranslationScope
  private let targets: [SelectTarget]
  private let predicate: Predicate?
  private let groupings: GroupingKeys

  init(statement: ParseNode, positions: TextPositions) throws(QueryError) {
    self.statement = statement
    scope = try TranslationScope(of: statement, positions: positions)
    targets = try SelectTranslator.targets(of: statement, scope: scope)
    if let condition = statement.node("whereClause") {
      predicate = try PredicateTranslator(scope: scope, clause: .filter)
        .predicate(condition, depth: 0)
    } else {
      predicate = nil
    }
    let translator = GroupingTranslator(
      scope: scope, targets: targets,
      mentionedColumns: SelectTranslator.mentionedColumns(of: statement))
    groupings = GroupingKeys(
      translator: translator,
      groupings: try translator.groupings(statement.nodes("groupClause")))
  }

  func query() throws(QueryError) -> Query {
    let items = try selectItems()
    var having: ResultExpression?
    if let condition = statement.node("havingClause") {
      having = try results(in: .having).condition(condition, of: "HAVING", depth: 0)
    }
    let order = OrderTranslator(scope: scope, items: items, results: results(in: .orderBy))
    let rows = RowLimitTranslator(scope: scope)
    let query = Query(
      select: items, table: scope.table, predicate: predicate, groupBy: groupings.groupings,
      having: having, orderBy: try order.terms(statement.nodes("sortClause")),
      limit: try rows.limit(of: statement), offset: try rows.offset(of: statement))
    try checkAggregates(of: query)
    return query
  }

  private func results(in clause: Clause) -> ResultTranslator {
    ResultTranslator(scope: scope, clause: clause, groupings: groupings)
  }

  private static func targets(
    of statement: ParseNode, scope: TranslationScope
  ) throws(QueryError) -> [SelectTarget] {
    let nodes = statement.nodes("targetList")
    guard nodes.count <= SQLParser.outputLimit else {
      throw .tooLarge(
        what: "output columns", count: nodes.count, limit: SQLParser.outputLimit,
        remedy: "Ask for less in one query.")
    }
    var targets: [SelectTarget] = []
    for node in nodes {
      guard let expression = node.node("val"), !node.has("indirection") else {
        throw scope.refusal(of: node, in: .select)
      }
      let label = node.string("name") ?? expression.outputLabel
      targets.append(SelectTarget(expression: expression, label: label))
    }
    return targets
  }

  private func selectItems() throws(QueryError) -> [SelectItem] {
    var items: [SelectItem] = []
    for target in targets {
      let value = try results(in: .select).result(target.expression, depth: 0)
      items.append(SelectItem(value: value, label: target.label))
    }
    guard targets.contains(where: { $0.expression.aggregateCall != nil }) else {
      throw .unsupported(
        construct: "a query without an aggregate",
        position: targets.first.flatMap { scope.position(of: $0.expression) },
        instead: "Groups are released only with how many records they hold, and records never:"
          + " select count(*), or count, sum or avg of a column.")
    }
    return items
  }

  /// The names that stand for a column wherever they could not be an output column's.
  private static func mentionedColumns(of statement: ParseNode) -> Set<String> {
    let lists =
      statement.nodes("groupClause")
      + statement.nodes("sortClause").map { term in
        term.node("node") ?? term
      }
    let expressions =
      statement.nodes("targetList")
      + [statement.node("whereClause"), statement.node("havingClause")].compactMap(\.self)
      + lists.filter { $0.kind != "ColumnRef" || $0.nodes("fields").count != 1 }
    return Set(expressions.flatMap(\.mentionedColumns))
  }

  private func checkAggregates(of query: Query) throws(QueryError) {
    var aggregates: Set<Aggregate> = []
    for item in query.select { item.value.collectAggregates(into: &aggregates) }
    query.having?.collectAggregates(into: &aggregates)
    for term in query.orderBy {
      if case .expression(let expression) = term.key {
        expression.collectAggregates(into: &aggregates)
      }
    }
    guard aggregates.count <= SQLParser.aggregateLimit else {
      throw .tooLarge(
        what: "different aggregates", count: aggregates.count, limit: SQLParser.aggregateLimit,
        remedy: "Ask for less in one query.")
    }
  }
}

extension ParseNode {
  fileprivate var mentionedColumns: [String] {
    kind == "ColumnRef" ? names("fields").suffix(1) : children.flatMap(\.mentionedColumns)
  }
}

extension ResultExpression {
  fileprivate func collectAggregates(into aggregates: inout Set<Aggregate>) {
    switch self {
    case .key, .literal: break
    case .aggregate(let aggregate): aggregates.insert(aggregate)
    case .negated(let inner), .cast(let inner, _), .not(let inner), .isNull(let inner):
      inner.collectAggregates(into: &aggregates)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right):
      left.collectAggregates(into: &aggregates)
      right.collectAggregates(into: &aggregates)
    case .call(_, let operands), .and(let operands), .or(let operands):
      for operand in operands { operand.collectAggregates(into: &aggregates) }
    case .conditional(let branches, let otherwise):
      for branch in branches {
        branch.condition.collectAggregates(into: &aggregates)
        branch.value.collectAggregates(into: &aggregates)
      }
      otherwise?.collectAggregates(into: &aggregates)
    }
  }
}
