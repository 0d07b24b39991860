/// The grouping expressions of a query, as expressions over released values find them.
struct GroupingKeys {
  let translator: GroupingTranslator
  let groupings: [GroupingExpression]

  private var hasCase: Bool {
    groupings.contains { if case .conditional = $0 { true } else { false } }
  }

  /// The index of the grouping expression that `node` equals.
  func key(_ node: ParseNode, depth: Int) -> Int? {
    switch node.kind {
    case "ColumnRef", "FuncCall": break
    case "CaseExpr" where hasCase: break
    default: return nil
    }
    // What cannot be grouped by is no key, whatever the reason.
    guard let grouping = try? translator.expression(node, depth: depth) else { return nil }
    return groupings.firstIndex(of: grouping)
  }

  /// The index of the `date_trunc` that `node` is.
  func truncatedKey(_ node: ParseNode, depth: Int) -> Int? {
    guard let key = key(node, depth: depth), case .truncated = groupings[key] else { return nil }
    return key
  }

  /// What to add to the error for a column that is no key.
  func hint(for node: ParseNode) -> String {
    let name = node.names("fields").last ?? ""
    guard node.nodes("fields").count == 1, translator.targets.contains(where: { $0.label == name })
    else { return "" }
    return "; the name of an output column stands for it in ORDER BY and GROUP BY, and only alone"
  }
}
