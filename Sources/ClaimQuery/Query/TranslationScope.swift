/// What every part of a SELECT is translated against: the table's names, the text's positions and
/// what its expressions may still take.
struct TranslationScope {
  let positions: TextPositions
  let table: String
  let alias: String?
  private let budget = ExpressionBudget()

  init(positions: TextPositions, table: String, alias: String?) {
    self.positions = positions
    self.table = table
    self.alias = alias
  }

  func position(of node: ParseNode) -> Int? {
    node.byteOffset.map(positions.character(atByte:))
  }

  /// Counts a part of an expression that `depth` others enclose.
  func enter(_ depth: Int) throws(QueryError) {
    guard depth <= SQLParser.nestingLimit else {
      throw .tooLarge(
        what: "nested conditions and expressions", count: depth, limit: SQLParser.nestingLimit,
        remedy: "Write the query with fewer levels; AND and OR of many conditions are one level.")
    }
    try budget.spend()
  }

  /// A column's name, qualified by the table or its alias at most.
  func column(_ node: ParseNode) throws(QueryError) -> ColumnReference {
    let position = position(of: node) ?? 0
    let parts = node.nodes("fields")
    guard parts.last?.kind != "A_Star" else {
      throw .unsupported(
        construct: "*", position: position,
        instead: "Records are never released: select count(*), count, sum or avg of a column.")
    }
    let names = parts.compactMap { $0.string("sval") }
    guard names.count == parts.count, let name = names.last, names.count <= 2 else {
      throw .unsupported(
        construct: "a name of more than two parts", position: position,
        instead: "Write the column's name alone.")
    }
    if names.count == 2, names[0] != table, names[0] != alias {
      throw .syntax(
        message: "missing FROM-clause entry for table \"\(names[0])\"", position: position)
    }
    return ColumnReference(name: name, position: position)
  }

  /// The 0-based output column that a whole number in GROUP BY or ORDER BY means.
  func ordinal(_ node: ParseNode, clause: Clause, count: Int) throws(QueryError) -> Int {
    guard let value = node.object("ival") else {
      throw .syntax(
        message: "non-integer constant in \(clause.words)", position: position(of: node))
    }
    let ordinal = value.integer("ival") ?? 0
    guard (1...max(1, count)).contains(ordinal) else {
      throw .syntax(
        message: "\(clause.words) position \(ordinal) is not in select list",
        position: position(of: node))
    }
    return ordinal - 1
  }

  /// Refuses a CASE of more branches than the limit.
  func checkBranches(_ count: Int) throws(QueryError) {
    guard count <= SQLParser.branchLimit else {
      throw .tooLarge(
        what: "branches of one CASE", count: count, limit: SQLParser.branchLimit,
        remedy: "Merge branches with the same result by OR or IN, or prepare the column before"
          + " encrypting.")
    }
  }
}

extension QueryError {
  /// PostgreSQL's error for a column outside of aggregates that the groups do not fix.
  static func notGrouped(_ column: ColumnReference, hint: String = "") -> QueryError {
    .syntax(
      message: "column \"\(column.name)\" must appear in the GROUP BY clause or be used in an"
        + " aggregate function" + hint,
      position: column.position)
  }
}
