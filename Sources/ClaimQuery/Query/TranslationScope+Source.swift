extension TranslationScope {
  /// The scope of a statement: its FROM must be one table.
  init(of statement: ParseNode, positions: TextPositions) throws(QueryError) {
    let bare = TranslationScope(positions: positions, table: "", alias: nil)
    try bare.refuseClauses(of: statement)
    let sources = statement.nodes("fromClause")
    guard let source = sources.first else {
      if let subquery = statement.subquery { throw bare.refusal(of: subquery, in: .select) }
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
    self.init(positions: positions, table: name, alias: alias?.string("aliasname"))
  }
}

extension ParseNode {
  /// The first subquery in an expression.
  fileprivate var subquery: ParseNode? {
    kind == "SubLink" ? self : firstChild(\.subquery)
  }
}
