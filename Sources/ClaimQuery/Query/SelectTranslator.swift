import ClaimSchema

/// Translates PostgreSQL's SELECT into a `Query`, and refuses what has no place in one.
struct SelectTranslator {
  private let statement: ParseNode
  private let scope: TranslationScope

  init(statement: ParseNode, positions: TextPositions) throws(QueryError) {
    self.statement = statement
    let bare = TranslationScope(positions: positions, table: "", alias: nil)
    try bare.refuseClauses(of: statement)
    self.scope = try SelectTranslator.scope(of: statement, bare: bare)
  }

  func query() throws(QueryError) -> Query {
    let items = try selectItems()
    let predicate: Predicate?
    if let condition = statement.node("whereClause") {
      predicate = try PredicateTranslator(scope: scope).predicate(condition, depth: 0)
    } else {
      predicate = nil
    }
    let groupBy = try grouping(by: items)
    try checkGrouping(of: items, by: groupBy)
    let order = OrderTranslator(scope: scope, items: items, groupBy: groupBy)
    return Query(
      select: items, table: scope.table, predicate: predicate, groupBy: groupBy,
      orderBy: try order.terms(statement.nodes("sortClause")))
  }

  private static func scope(
    of statement: ParseNode, bare: TranslationScope
  ) throws(QueryError) -> TranslationScope {
    let sources = statement.nodes("fromClause")
    guard let source = sources.first else {
      throw .unsupported(
        construct: "a query without FROM", position: nil,
        instead: "Write FROM and the table's name.")
    }
    if sources.count > 1 {
      throw .unsupported(
        construct: "more than one table", position: bare.position(of: sources[1]),
        instead: TranslationScope.joinRemedy)
    }
    guard source.kind == "RangeVar" else { throw bare.refusal(ofSource: source) }
    let name = source.string("relname") ?? ""
    for field in ["schemaname", "catalogname"] where source.has(field) {
      throw .unsupported(
        construct: "a qualified table name", position: bare.position(of: source),
        instead: "Write FROM \(name).")
    }
    guard source.flag("inh") else {
      throw .unsupported(
        construct: "ONLY", position: bare.position(of: source), instead: "Write FROM \(name).")
    }
    let alias = source.object("alias")
    if alias?.has("colnames") == true {
      throw .unsupported(
        construct: "new names for the table's columns", position: bare.position(of: source),
        instead: "Use the columns' own names, and AS in SELECT.")
    }
    return TranslationScope(
      positions: bare.positions, table: name, alias: alias?.string("aliasname"))
  }

  private func selectItems() throws(QueryError) -> [SelectItem] {
    var items: [SelectItem] = []
    for target in statement.nodes("targetList") {
      guard let expression = target.node("val"), !target.has("indirection") else {
        throw scope.refusal(of: target, in: .select)
      }
      let value: SelectValue
      switch expression.kind {
      case "ColumnRef": value = .column(try scope.column(expression))
      case "FuncCall": value = try scope.aggregate(expression, in: .select)
      default: throw scope.refusal(of: expression, in: .select)
      }
      let label = target.string("name") ?? SelectItem.defaultLabel(of: value)
      items.append(SelectItem(value: value, label: label))
    }
    let hasAggregate = items.contains { item in
      if case .column = item.value { false } else { true }
    }
    guard hasAggregate else {
      throw .unsupported(
        construct: "a query without an aggregate",
        position: statement.nodes("targetList").first.flatMap(scope.position),
        instead: "Records are never released: select count(*), count, sum or avg of a column.")
    }
    return items
  }

  private func grouping(by items: [SelectItem]) throws(QueryError) -> [ColumnReference] {
    var columns: [ColumnReference] = []
    for node in statement.nodes("groupClause") {
      let column: ColumnReference
      switch node.kind {
      case "ColumnRef":
        column = try scope.column(node)
      case "A_Const":
        let index = try scope.ordinal(node, clause: "GROUP BY", count: items.count)
        guard case .column(let selected) = items[index].value else {
          throw .syntax(
            message: "aggregate functions are not allowed in GROUP BY",
            position: scope.position(of: node))
        }
        column = selected
      default:
        throw scope.refusal(of: node, in: .groupBy)
      }
      if !columns.contains(column) { columns.append(column) }
    }
    if columns.count > 2 {
      throw .unsupported(
        construct: "GROUP BY more than two columns", position: columns[2].position,
        instead: "Group by two columns and run one query for each value of the third.")
    }
    return columns
  }

  private func checkGrouping(
    of items: [SelectItem], by groupBy: [ColumnReference]
  ) throws(QueryError) {
    for item in items {
      guard case .column(let column) = item.value, !groupBy.contains(column) else { continue }
      var message =
        "column \"\(column.name)\" must appear in the GROUP BY clause or be used in an aggregate"
        + " function"
      if groupBy.contains(where: { $0.name == item.label }) {
        message += "; GROUP BY takes the column's own name, not its label \"\(item.label)\""
      }
      throw .syntax(message: message, position: column.position)
    }
  }
}
