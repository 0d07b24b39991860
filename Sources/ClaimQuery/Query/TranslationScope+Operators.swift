import ClaimSchema

/// Operators that are refused, and what could be written instead.
extension TranslationScope {
  private static let arithmetic: Set<String> = ["+", "-", "*", "/", "%", "^"]

  /// Refuses an operator of a condition on records.
  func refusal(ofOperator node: ParseNode) -> QueryError {
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
        ("ANY or ALL here", "Write \(column) IN (…) or \(column) NOT IN (…) with the constants.")
      case "AEXPR_DISTINCT", "AEXPR_NOT_DISTINCT":
        ("IS DISTINCT FROM between these", "Compare a column with a constant.")
      case "AEXPR_NULLIF": ("NULLIF here", "Compare the column itself.")
      case "AEXPR_OP" where ["~", "~*", "!~", "!~*", "~~", "!~~"].contains(name):
        ("the operator \(name)", "Write \(column) LIKE 'prefix%'.")
      case "AEXPR_OP" where TranslationScope.arithmetic.contains(name):
        (
          "arithmetic in a condition",
          "Compare a column with a constant, or prepare a column for the result before encrypting."
        )
      default: ("the operator \(name)", "Use =, <>, <, <=, >, >=, IN, BETWEEN or LIKE.")
      }
    return .unsupported(construct: construct, position: position(of: node), instead: instead)
  }

  /// Refuses an operator between released values.
  func refusal(ofResultOperator node: ParseNode) -> QueryError {
    let name = node.names("name").last ?? "?"
    let (construct, instead): (String, String) =
      switch node.string("kind") {
      case "AEXPR_BETWEEN_SYM", "AEXPR_NOT_BETWEEN_SYM":
        ("BETWEEN SYMMETRIC", "Write BETWEEN with the smaller value first.")
      case "AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_SIMILAR":
        ("a pattern here", "Put the condition into WHERE.")
      case "AEXPR_OP_ANY", "AEXPR_OP_ALL": ("ANY or ALL here", "Write IN (…) with the values.")
      case "AEXPR_DISTINCT", "AEXPR_NOT_DISTINCT":
        ("IS DISTINCT FROM here", "Compare by = or <>, and test by IS NULL.")
      case "AEXPR_OP" where name == "||":
        ("joining texts", "Select the parts and join them in the released answer.")
      default:
        ("the operator \(name)", "Use +, -, *, /, %, ^, comparisons, IN and BETWEEN.")
      }
    return .unsupported(construct: construct, position: position(of: node), instead: instead)
  }

  /// Refuses a calculated grouping expression.
  func refusal(ofGrouping node: ParseNode) -> QueryError {
    let column = node.columnNames.first ?? "column"
    let isArithmetic = TranslationScope.arithmetic.contains(node.names("name").last ?? "")
    return .unsupported(
      construct: isArithmetic ? "GROUP BY a calculated value" : "GROUP BY a condition",
      position: position(of: node),
      instead: isArithmetic
        ? "Write bands, such as CASE WHEN \(column) < 10 THEN '0-9' ELSE '10+' END, or prepare a"
          + " column before encrypting."
        : "Write CASE WHEN condition THEN 'yes' ELSE 'no' END.")
  }

  /// Refuses what an aggregate cannot be taken over.
  func refusal(ofArgument argument: ParseNode, function: AggregateFunction) -> QueryError {
    let name = function.rawValue
    let columns = argument.columnNames
    let column = columns.first ?? "column"
    let symbol = argument.names("name").last ?? ""
    let (construct, instead): (String, String) =
      switch argument.kind {
      case "A_Expr" where symbol == "/":
        (
          "division inside an aggregate",
          columns.count == 2
            ? "Divide the sums: sum(\(columns[0])) / sum(\(columns[1])). A quotient of each record"
              + " has to be a column of its own before encrypting."
            : "Divide afterwards, such as \(name)(\(column)) / 12."
        )
      case "A_Expr" where ["%", "^"].contains(symbol):
        (
          "the operator \(symbol) inside an aggregate",
          "Use +, - and *; a square is \(column) * \(column). Other results have to be a column of"
            + " their own before encrypting."
        )
      case "MinMaxExpr":
        (
          "GREATEST or LEAST inside an aggregate",
          "Write \(name)(CASE WHEN \(column) > 0 THEN \(column) ELSE 0 END)."
        )
      case "TypeCast":
        ("this cast inside an aggregate", "Leave it out, and round or cast the aggregate.")
      default: ("", "")
      }
    guard construct.isEmpty else {
      return .unsupported(
        construct: construct, position: position(of: argument), instead: instead)
    }
    return refusal(of: argument, in: .argument)
  }
}
