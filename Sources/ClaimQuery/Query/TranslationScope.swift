import ClaimSchema

/// What every part of a SELECT is translated against: the table's names and the text's positions.
struct TranslationScope {
  let positions: TextPositions
  let table: String
  let alias: String?

  func position(of node: ParseNode) -> Int? {
    node.byteOffset.map(positions.character(atByte:))
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
  func ordinal(_ node: ParseNode, clause: String, count: Int) throws(QueryError) -> Int {
    guard let value = node.object("ival") else {
      throw .syntax(
        message: "non-integer constant in \(clause)", position: position(of: node))
    }
    let ordinal = value.integer("ival") ?? 0
    guard (1...max(1, count)).contains(ordinal) else {
      throw .syntax(
        message: "\(clause) position \(ordinal) is not in select list",
        position: position(of: node))
    }
    return ordinal - 1
  }

  /// `count(*)`, or `sum`, `count` or `avg` of one column.
  func aggregate(_ call: ParseNode, in clause: Clause) throws(QueryError) -> SelectValue {
    let names = call.names("funcname")
    guard names.count == 1, let function = AggregateFunction(rawValue: names[0]) else {
      throw refusal(of: call, in: clause)
    }
    try refuseModifiers(of: call, function: function)
    let arguments = call.nodes("args")
    if call.flag("agg_star") {
      guard function == .count else {
        throw .syntax(message: "\(names[0])(*) is not a function", position: position(of: call))
      }
      return .countRecords
    }
    guard arguments.count == 1, let argument = arguments.first else {
      throw .syntax(
        message: "\(names[0]) takes one column", position: position(of: call))
    }
    guard argument.kind == "ColumnRef" else {
      throw refusal(ofArgument: argument, function: function)
    }
    return .aggregate(function, try column(argument))
  }

  private func refuseModifiers(
    of call: ParseNode, function: AggregateFunction
  ) throws(QueryError) {
    let name = function.rawValue
    let known: Set<String> = ["funcname", "args", "agg_star", "funcformat", "location"]
    for field in call.fieldNames.sorted() where !known.contains(field) {
      switch field {
      case "agg_distinct":
        throw .unsupported(
          construct: "\(name)(DISTINCT …)", position: position(of: call),
          instead: "Distinct values are not visible: leave DISTINCT out, or GROUP BY the column.")
      case "agg_filter":
        throw .unsupported(
          construct: "FILTER", position: call.node("agg_filter").flatMap(position),
          instead: "Put the condition into WHERE and run one query for each condition.")
      case "over":
        throw .unsupported(
          construct: "a window function", position: position(of: call),
          instead: "Leave OVER out and GROUP BY the columns of the window.")
      default:
        throw .unsupported(
          construct: "ORDER BY or VARIADIC inside an aggregate", position: position(of: call),
          instead: "Write \(name)(column).")
      }
    }
  }
}
