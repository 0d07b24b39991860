/// What is refused, and what could be written instead.
extension TranslationScope {
  static let joinRemedy =
    "Join before encrypting: a prepare query in the schema puts the columns of other records and"
    + " files into the table."

  /// Refuses every clause of SELECT that `Query` has no place for, known here or not.
  func refuseClauses(of statement: ParseNode) throws(QueryError) {
    let known: Set<String> = [
      "targetList", "fromClause", "whereClause", "groupClause", "havingClause", "sortClause",
      "limitCount", "limitOffset", "limitOption", "op",
    ]
    if let operation = statement.string("op"), operation != "SETOP_NONE" {
      let word = operation.dropFirst("SETOP_".count)
      throw .unsupported(
        construct: "\(word)", position: statement.object("rarg").flatMap(position),
        instead: "Run the queries one by one and put their released answers together.")
    }
    for field in statement.fieldNames.sorted() where !known.contains(field) {
      throw refusal(ofClause: field, in: statement)
    }
  }

  private func refusal(ofClause field: String, in statement: ParseNode) -> QueryError {
    let (construct, instead) =
      switch field {
      case "withClause":
        (
          "WITH",
          "Write one SELECT from the claim table, with the expressions of the parts where their names"
            + " stand; parts that do not fit together so are queries of their own, and what needs"
            + " other records is prepared before encrypting."
        )
      case "distinctClause":
        ("DISTINCT", "Leave it out: GROUP BY gives each combination of keys once.")
      case "windowClause": ("WINDOW", "Leave it out and use GROUP BY.")
      case "valuesLists": ("VALUES", "Write SELECT, aggregates over columns, FROM and the table.")
      case "intoClause": ("INTO", "Leave it out and save the answer where it is decrypted.")
      case "lockingClause": ("FOR UPDATE or FOR SHARE", "Leave it out.")
      case "groupDistinct": ("GROUP BY DISTINCT", "Write GROUP BY and the columns.")
      default:
        (
          "this clause (\(field))",
          "Use SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY and LIMIT only."
        )
      }
    return .unsupported(
      construct: construct, position: place(of: field, in: statement),
      instead: instead)
  }

  private func place(of field: String, in statement: ParseNode) -> Int? {
    if let node = statement.node(field) { return position(of: node) }
    if let object = statement.object(field) { return position(of: object) }
    return (statement.nodes(field) + statement.objects(field)).lazy.compactMap(position).first
  }

  /// Refuses what stands after FROM and is not a table's name.
  func refusal(ofSource source: ParseNode) -> QueryError {
    let (construct, instead) =
      switch source.kind {
      case "JoinExpr": ("JOIN", TranslationScope.joinRemedy)
      case "RangeSubselect":
        (
          "a subquery in FROM",
          "Write its aggregates into one SELECT from the claim table, with HAVING for conditions on"
            + " them; a sum over each person or stay is prepared before encrypting, by a prepare query"
            + " in the schema."
        )
      case "RangeTableSample": ("TABLESAMPLE", "Leave it out: all records are totalled.")
      default: ("this kind of table", "Write FROM and the claim table's name.")
      }
    return .unsupported(construct: construct, position: position(of: source), instead: instead)
  }

  /// Refuses OVER.
  func refusal(ofWindow call: ParseNode) -> QueryError {
    .unsupported(
      construct: "a window function", position: position(of: call),
      instead: "Leave OVER out and GROUP BY the columns of the window; shares of a whole are two"
        + " queries whose released answers are divided.")
  }

  /// Refuses an expression, with advice for the clause it stands in.
  func refusal(of node: ParseNode, in clause: Clause) -> QueryError {
    switch node.kind {
    case "FuncCall": return refusal(ofFunction: node, in: clause)
    case "A_Expr" where clause.isAfterRelease: return refusal(ofResultOperator: node)
    case "A_Expr" where clause == .groupBy: return refusal(ofGrouping: node)
    case "A_Expr": return refusal(ofOperator: node)
    default: break
    }
    let (construct, instead) =
      switch node.kind {
      case "SubLink":
        (
          "a subquery",
          "Ask it as a query of its own: write its released result as a constant, or divide the two"
            + " answers."
        )
      case "CaseExpr": ("CASE here", "Write the condition with AND, OR and NOT.")
      case "CoalesceExpr": coalesceAdvice(node, in: clause)
      case "MinMaxExpr": ("GREATEST or LEAST", "Use each column on its own.")
      case "BoolExpr", "NullTest", "BooleanTest":
        (
          "a condition here",
          clause == .groupBy
            ? "Write CASE WHEN condition THEN 'yes' ELSE 'no' END." : "Write a constant."
        )
      case "TypeCast":
        ("a cast", "Leave it out: constants are read by the type of the column.")
      case "ParamRef": ("a parameter", "Write the constant itself.")
      case "SQLValueFunction":
        ("the current date, time or user", "Write a constant, such as DATE '2009-01-01'.")
      case "GroupingSet", "GroupingFunc":
        ("ROLLUP, CUBE or GROUPING SETS", "Run one query for each set of grouping columns.")
      case "CollateClause": ("COLLATE", "Leave it out: text is compared by its UTF-8 bytes.")
      case "A_ArrayExpr", "A_Indirection": ("an array", "Write column IN (…) with the constants.")
      case "ColumnRef": ("a column here", "Write a constant.")
      default: ("this expression", "Use plain columns and constants.")
      }
    return .unsupported(construct: construct, position: position(of: node), instead: instead)
  }

  private func coalesceAdvice(
    _ node: ParseNode, in clause: Clause
  ) -> (construct: String, instead: String) {
    let column = node.columnNames.first ?? "column"
    return clause == .groupBy
      ? ("COALESCE here", "Group by \(column): records where it is NULL are a group of their own.")
      : ("COALESCE here", "Test for it: \(column) IS NULL OR \(column) = constant.")
  }
}
