import ClaimSchema

extension TranslationScope {
  /// Refuses a function call.
  func refusal(ofFunction call: ParseNode, in clause: Clause) -> QueryError {
    let names = call.names("funcname")
    let name = names.last ?? "?"
    let place = position(of: call)
    if AggregateFunction(rawValue: name) != nil {
      switch clause {
      case .filter:
        return .syntax(message: "aggregate functions are not allowed in WHERE", position: place)
      case .groupBy:
        return .syntax(message: "aggregate functions are not allowed in GROUP BY", position: place)
      case .select, .orderBy:
        return .unsupported(
          construct: "a qualified function name", position: place, instead: "Write \(name)(…).")
      }
    }
    let column = call.columnNames.first ?? "column"
    let (construct, instead) =
      switch name {
      case "extract", "date_part", "date_trunc":
        (
          name,
          clause == .filter
            ? "Write \(column) BETWEEN '2009-01-01' AND '2009-12-31'."
            : "Run one query for each period, with WHERE \(column) BETWEEN '2009-01-01' AND"
              + " '2009-12-31'."
        )
      case "min", "max":
        (
          name,
          "Extremes are single records: count the records beyond a value, such as WHERE"
            + " \(column) > 1000."
        )
      case "stddev", "stddev_pop", "stddev_samp", "variance", "var_pop", "var_samp":
        (name, "Use sum, count or avg.")
      case "like_escape", "similar_to_escape": ("an escape", "Write LIKE 'prefix%'.")
      case "round", "trunc", "ceil", "floor", "abs":
        (
          "the function \(name)",
          clause == .filter
            ? "Compare the column itself." : "Leave it out and apply it to the released value."
        )
      case "lower", "upper", "trim", "btrim", "substring", "substr", "left", "starts_with":
        ("the function \(name)", "Write \(column) = '…' or \(column) LIKE 'prefix%'.")
      default:
        (
          "the function \(name)",
          clause == .filter
            ? "Compare the column itself with constants."
            : "Use sum, count or avg of a column."
        )
      }
    return .unsupported(construct: construct, position: place, instead: instead)
  }
}

extension ParseNode {
  /// The columns that an expression names, in the order of its operands.
  var columnNames: [String] {
    if kind == "ColumnRef" { return names("fields").suffix(1) }
    let parts = [node("lexpr"), node("rexpr"), node("arg")].compactMap(\.self) + nodes("args")
    return parts.flatMap(\.columnNames)
  }

  /// The column c of `sum(c) / count(*)` or `sum(c) / count(c)`.
  var meanColumn: String? {
    guard let sum = node("lexpr")?.innermostCall, sum.names("funcname") == ["sum"],
      let count = node("rexpr")?.innermostCall, count.names("funcname") == ["count"]
    else { return nil }
    let column = sum.columnNames
    return column.count == 1 && (count.flag("agg_star") || count.columnNames == column)
      ? column.first : nil
  }

  /// The function call under casts.
  private var innermostCall: ParseNode? {
    switch kind {
    case "FuncCall": self
    case "TypeCast": node("arg")?.innermostCall
    default: nil
    }
  }
}
