/// Translates ORDER BY: output columns by label, number or equal aggregate, and grouping columns.
struct OrderTranslator {
  let scope: TranslationScope
  let items: [SelectItem]
  let groupBy: [ColumnReference]

  func terms(_ nodes: [ParseNode]) throws(QueryError) -> [OrderTerm] {
    var terms: [OrderTerm] = []
    for node in nodes {
      guard let expression = node.node("node") else {
        throw scope.refusal(of: node, in: .orderBy)
      }
      let direction = node.string("sortby_dir")
      guard direction != "SORTBY_USING" else {
        throw .unsupported(
          construct: "ORDER BY … USING", position: scope.position(of: expression),
          instead: "Write ASC or DESC.")
      }
      let isDescending = direction == "SORTBY_DESC"
      let nullsFirst =
        switch node.string("sortby_nulls") {
        case "SORTBY_NULLS_FIRST": true
        case "SORTBY_NULLS_LAST": false
        default: isDescending
        }
      terms.append(
        OrderTerm(key: try key(expression), isDescending: isDescending, nullsFirst: nullsFirst))
    }
    return terms
  }

  private func key(_ node: ParseNode) throws(QueryError) -> OrderKey {
    switch node.kind {
    case "A_Const":
      return .output(try scope.ordinal(node, clause: "ORDER BY", count: items.count))
    case "FuncCall":
      let value = try scope.aggregate(node, in: .orderBy)
      guard let index = items.firstIndex(where: { $0.value == value }) else {
        throw .unsupported(
          construct: "ORDER BY an aggregate that is not selected",
          position: scope.position(of: node), instead: "Add the same aggregate to SELECT.")
      }
      return .output(index)
    case "ColumnRef":
      return try key(ofColumn: node)
    default:
      throw scope.refusal(of: node, in: .orderBy)
    }
  }

  /// As in PostgreSQL, a bare name is first an output column's label, then a column's.
  private func key(ofColumn node: ParseNode) throws(QueryError) -> OrderKey {
    let column = try scope.column(node)
    if node.nodes("fields").count == 1 {
      let labelled = items.indices.filter { items[$0].label == column.name }
      if let first = labelled.first {
        guard labelled.allSatisfy({ items[$0].value == items[first].value }) else {
          throw .syntax(
            message: "ORDER BY \"\(column.name)\" is ambiguous", position: column.position)
        }
        return .output(first)
      }
    }
    if let index = items.firstIndex(where: { $0.value == .column(column) }) {
      return .output(index)
    }
    guard groupBy.contains(column) else {
      throw .syntax(
        message: "column \"\(column.name)\" must appear in the GROUP BY clause or be used in an"
          + " aggregate function",
        position: column.position)
    }
    return .groupColumn(column.name)
  }
}
