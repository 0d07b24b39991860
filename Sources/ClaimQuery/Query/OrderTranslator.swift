/// Translates ORDER BY.
struct OrderTranslator {
  let scope: TranslationScope
  let items: [SelectItem]
  let results: ResultTranslator

  /// The most terms.
  private static let limit = 64

  func terms(_ nodes: [ParseNode]) throws(QueryError) -> [OrderTerm] {
    guard nodes.count <= OrderTranslator.limit else {
      throw .tooLarge(
        what: "terms of ORDER BY", count: nodes.count, limit: OrderTranslator.limit,
        remedy: "Leave out those that decide nothing.")
    }
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
      return .output(try scope.ordinal(node, clause: .orderBy, count: items.count))
    case "ColumnRef" where node.nodes("fields").count == 1:
      if let index = try output(labelled: node.names("fields").last ?? "", node) {
        return .output(index)
      }
    default: break
    }
    let value = try results.result(node, depth: 0)
    return items.firstIndex { $0.value == value }.map(OrderKey.output) ?? .expression(value)
  }

  /// As in PostgreSQL, a bare name is first an output column's.
  private func output(labelled name: String, _ node: ParseNode) throws(QueryError) -> Int? {
    let labelled = items.indices.filter { items[$0].label == name }
    guard let first = labelled.first else { return nil }
    guard labelled.allSatisfy({ items[$0].value == items[first].value }) else {
      throw .syntax(
        message: "ORDER BY \"\(name)\" is ambiguous", position: scope.position(of: node))
    }
    return first
  }
}
