import ClaimSchema

/// The part of a SELECT that an expression stands in: the advice differs.
enum Clause {
  case select
  case filter
  case groupBy
  case orderBy
}

/// What is refused, and what could be written instead.
extension TranslationScope {
  static let joinRemedy =
    "Join before encrypting: put the columns that a query needs into one table."

  /// Refuses every clause of SELECT that `Query` has no place for, known here or not.
  func refuseClauses(of statement: ParseNode) throws(QueryError) {
    let known: Set<String> = [
      "targetList", "fromClause", "whereClause", "groupClause", "sortClause", "limitOption", "op",
    ]
    if let operation = statement.string("op"), operation != "SETOP_NONE" {
      let word = operation.dropFirst("SETOP_".count)
      throw .unsupported(
        construct: "\(word)", position: statement.object("rarg").flatMap(position),
        instead: "Run the queries one by one.")
    }
    for field in statement.fieldNames.sorted() where !known.contains(field) {
      throw refusal(ofClause: field, in: statement)
    }
  }

  private func refusal(ofClause field: String, in statement: ParseNode) -> QueryError {
    let (construct, instead) =
      switch field {
      case "withClause": ("WITH", "Write one SELECT from the claim table.")
      case "distinctClause":
        ("DISTINCT", "Leave it out: GROUP BY gives each combination of keys once.")
      case "havingClause":
        ("HAVING", "Leave it out and choose among the groups of the released answer.")
      case "limitCount", "limitOffset":
        ("LIMIT or OFFSET", "Leave it out and take the first rows of the released answer.")
      case "windowClause": ("WINDOW", "Leave it out and use GROUP BY.")
      case "valuesLists": ("VALUES", "Write SELECT, aggregates over columns, FROM and the table.")
      case "intoClause": ("INTO", "Leave it out and save the answer where it is decrypted.")
      case "lockingClause": ("FOR UPDATE or FOR SHARE", "Leave it out.")
      case "groupDistinct": ("GROUP BY DISTINCT", "Write GROUP BY and the columns.")
      default: ("this clause (\(field))", "Use SELECT, FROM, WHERE, GROUP BY and ORDER BY only.")
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
      case "RangeSubselect": ("a subquery", "Write FROM and the claim table's name.")
      case "RangeTableSample": ("TABLESAMPLE", "Leave it out: all records are totalled.")
      default: ("this kind of table", "Write FROM and the claim table's name.")
      }
    return .unsupported(construct: construct, position: position(of: source), instead: instead)
  }

  /// Refuses an aggregate's argument that is not a column.
  func refusal(ofArgument argument: ParseNode, function: AggregateFunction) -> QueryError {
    let name = function.rawValue
    let place = position(of: argument)
    guard argument.kind != "A_Const" else {
      return .unsupported(
        construct: "\(name) of a constant", position: place,
        instead: "Write count(*) to count the records.")
    }
    if argument.kind == "A_Expr", argument.string("kind") == "AEXPR_OP",
      ["+", "-"].contains(argument.names("name").last), argument.has("lexpr")
    {
      let columns = argument.columnNames
      let example = columns.count == 2 ? ": \(name)(\(columns[0])), \(name)(\(columns[1]))" : ""
      return .unsupported(
        construct: "\(name) of an expression", position: place,
        instead: function == .sum
          ? "Sum each column and add the results\(example)."
          : "Ask for each column and combine the results\(example).")
    }
    if argument.kind == "A_Expr", argument.string("kind") == "AEXPR_OP" {
      return .unsupported(
        construct: "\(name) of an expression", position: place,
        instead: "Write \(name)(column); a product or quotient of columns has to be a column of"
          + " its own before encrypting.")
    }
    return refusal(of: argument, in: .select)
  }

  /// Refuses an operator of WHERE.
  func refusal(ofOperator node: ParseNode) -> QueryError {
    let place = position(of: node)
    let column = node.columnNames.first ?? "column"
    let name = node.names("name").last ?? "?"
    let (construct, instead): (String, String) =
      switch node.string("kind") {
      case "AEXPR_BETWEEN_SYM", "AEXPR_NOT_BETWEEN_SYM":
        ("BETWEEN SYMMETRIC", "Write BETWEEN with the smaller constant first.")
      case "AEXPR_ILIKE":
        ("ILIKE", "Write \(column) LIKE 'prefix%', once for each spelling.")
      case "AEXPR_SIMILAR": ("SIMILAR TO", "Write \(column) LIKE 'prefix%'.")
      case "AEXPR_OP_ANY", "AEXPR_OP_ALL":
        ("ANY or ALL", "Write \(column) IN (…) with the constants.")
      case "AEXPR_DISTINCT":
        ("IS DISTINCT FROM", "Write (\(column) <> constant OR \(column) IS NULL).")
      case "AEXPR_NOT_DISTINCT": ("IS NOT DISTINCT FROM", "Write \(column) = constant.")
      case "AEXPR_NULLIF": ("NULLIF", "Compare the column itself.")
      case "AEXPR_OP" where ["~", "~*", "!~", "!~*", "~~", "!~~"].contains(name):
        ("the operator \(name)", "Write \(column) LIKE 'prefix%'.")
      case "AEXPR_OP" where ["+", "-", "*", "/", "%", "^"].contains(name):
        ("arithmetic in a condition", "Compare a column with a constant computed beforehand.")
      default: ("the operator \(name)", "Use =, <>, <, <=, >, >=, IN, BETWEEN or LIKE.")
      }
    return .unsupported(construct: construct, position: place, instead: instead)
  }

  /// Refuses an expression, with advice for the clause it stands in.
  func refusal(of node: ParseNode, in clause: Clause) -> QueryError {
    switch node.kind {
    case "FuncCall": return refusal(ofFunction: node, in: clause)
    case "A_Expr" where clause == .filter: return refusal(ofOperator: node)
    default: break
    }
    let column = node.columnNames.first ?? "column"
    let (construct, instead) =
      switch node.kind {
      case "SubLink":
        ("a subquery", "Run it on its own and write its result as a constant.")
      case "CaseExpr":
        ("CASE", "Put the condition into WHERE and run one query for each case.")
      case "CoalesceExpr":
        ("COALESCE", "Add a test to WHERE: \(column) IS NULL or \(column) IS NOT NULL.")
      case "MinMaxExpr": ("GREATEST or LEAST", "Use each column on its own.")
      case "BooleanTest":
        ("IS TRUE, IS FALSE or IS UNKNOWN", "Write the condition alone, or NOT and the condition.")
      case "TypeCast":
        ("a cast", "Leave it out: constants are read by the type of the column.")
      case "ParamRef": ("a parameter", "Write the constant itself.")
      case "SQLValueFunction":
        ("the current date, time or user", "Write a constant, such as DATE '2009-01-01'.")
      case "GroupingSet", "GroupingFunc":
        ("ROLLUP, CUBE or GROUPING SETS", "Run one query for each set of grouping columns.")
      case "CollateClause": ("COLLATE", "Leave it out: text is compared by its UTF-8 bytes.")
      case "A_Const": ("a constant here", "Select aggregates and grouping columns only.")
      case "A_Expr": arithmeticAdvice(node, in: clause)
      default: ("this expression", "Use plain columns and constants.")
      }
    return .unsupported(construct: construct, position: position(of: node), instead: instead)
  }

  private func arithmeticAdvice(
    _ node: ParseNode, in clause: Clause
  ) -> (construct: String, instead: String) {
    switch clause {
    case .groupBy:
      ("GROUP BY an expression", "Group by a column; declare bands or a column of its own for it.")
    case .orderBy:
      ("ORDER BY an expression", "Order by an output column, its number or a grouping column.")
    case .select, .filter:
      if node.names("name") == ["/"], let mean = node.meanColumn {
        ("arithmetic on aggregates", "Write avg(\(mean)), the mean over its non-NULL values.")
      } else {
        (
          "arithmetic in SELECT",
          "Select the aggregates and compute with the released values."
        )
      }
    }
  }
}
