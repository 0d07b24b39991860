import ClaimSchema

/// Functions that are refused, and what could be written instead.
extension TranslationScope {
  func refusal(ofFunction call: ParseNode, in clause: Clause) -> QueryError {
    let name = call.names("funcname").last ?? "?"
    let place = position(of: call)
    if call.has("over") { return refusal(ofWindow: call) }
    if AggregateTranslator.function(call) != nil {
      let message =
        clause == .argument
        ? "aggregate function calls cannot be nested"
        : "aggregate functions are not allowed in \(clause.words)"
      return .syntax(message: message, position: place)
    }
    if call.names("funcname").count > 1, AggregateFunction(rawValue: name) != nil {
      return .unsupported(
        construct: "a qualified function name", position: place, instead: "Write \(name)(…).")
    }
    let column = call.columnNames.first ?? "column"
    let (construct, instead) =
      unknownAggregateAdvice(name, column)
      ?? (clause.isAfterRelease
        ? releasedAdvice(name) : recordAdvice(name, column, in: clause))
    return .unsupported(construct: construct, position: place, instead: instead)
  }

  /// Aggregates of PostgreSQL's that there are not here.
  private func unknownAggregateAdvice(
    _ name: String, _ column: String
  ) -> (construct: String, instead: String)? {
    switch name {
    case "min", "max":
      (
        name,
        "Extremes are single records: count the records beyond a value, such as WHERE"
          + " \(column) > 1000."
      )
    case "percentile_cont", "percentile_disc", "median", "quantile", "mode":
      (
        name,
        "A percentile is a single record's value: count the records of each band with GROUP BY CASE"
          + " WHEN \(column) < 1000 THEN '0-999' ELSE '1000+' END."
      )
    case "array_agg", "string_agg", "json_agg", "jsonb_agg", "first_value", "any_value":
      (name, "Records are never released: use sum, count or avg.")
    case "bool_and", "bool_or", "every":
      (name, "Count the records: count(*) FILTER (WHERE condition).")
    case "covar_samp":
      (name, "Write covar_pop(y, x) * count(*) / (count(*) - 1) where neither is NULL.")
    case "regr_slope", "regr_intercept", "regr_r2", "regr_count", "regr_avgx", "regr_avgy",
      "regr_sxx", "regr_syy", "regr_sxy":
      (name, "Write it with covar_pop, corr, var_pop and avg.")
    case "approx_count_distinct":
      (name, "Write count(DISTINCT \(column)).")
    default: nil
    }
  }

  /// Functions of a record's values.
  private func recordAdvice(
    _ name: String, _ column: String, in clause: Clause
  ) -> (construct: String, instead: String) {
    switch name {
    case "extract", "date_part", "date_trunc":
      (
        "\(name) here",
        "Use it in a condition or in GROUP BY, such as CASE WHEN extract(year FROM \(column)) = 2009"
          + " THEN 1 ELSE 0 END."
      )
    case "like_escape", "similar_to_escape": ("an escape", "Write LIKE 'prefix%'.")
    case "abs" where clause == .argument:
      (
        "abs inside an aggregate",
        "Write CASE WHEN \(column) < 0 THEN -\(column) ELSE \(column) END."
      )
    case "round", "trunc", "ceil", "ceiling", "floor", "abs", "sqrt", "power", "pow", "ln", "exp",
      "log", "mod", "sign":
      (
        "the function \(name) here",
        clause == .argument
          ? "Apply it to the aggregate, or prepare a column for it before encrypting."
          : "Compare the column itself, or prepare a column for it before encrypting."
      )
    case "lower", "upper", "trim", "btrim", "substring", "substr", "left", "starts_with":
      (
        "the function \(name)",
        "Write \(column) = '…' or \(column) LIKE 'prefix%', or prepare a column for it before"
          + " encrypting."
      )
    case "age", "now", "date", "make_date", "to_date", "to_char":
      (
        "the function \(name)",
        "Compare a date column with constants such as DATE '2009-01-01'; a difference of dates has to"
          + " be a column of its own before encrypting."
      )
    default:
      (
        "the function \(name)",
        "Use columns and constants, or prepare a column for it before encrypting."
      )
    }
  }

  /// Functions of released values.
  private func releasedAdvice(_ name: String) -> (construct: String, instead: String) {
    switch name {
    case "log", "log10": ("the function \(name)", "Write ln(x) / ln(10).")
    case "cbrt": ("the function cbrt", "Write power(x, 1.0 / 3).")
    case "sign":
      ("the function sign", "Write CASE WHEN x > 0 THEN 1 WHEN x < 0 THEN -1 ELSE 0 END.")
    case "to_char", "concat", "upper", "lower", "left", "lpad", "format":
      (
        "the function \(name)",
        "Select the value itself and change its text in the released answer."
      )
    case "row_number", "rank", "dense_rank", "lag", "lead", "ntile":
      ("the function \(name)", "Order by the value and number the rows of the released answer.")
    default:
      (
        "the function \(name)",
        "Use the aggregates "
          + AggregateFunction.allCases.map(\.rawValue).joined(separator: ", ")
          + ", and the functions "
          + ResultFunction.allCases.map(\.rawValue).joined(separator: ", ") + "."
      )
    }
  }
}

extension ParseNode {
  /// The columns that an expression names, in the order of its operands.
  var columnNames: [String] {
    if kind == "ColumnRef" { return names("fields").suffix(1) }
    let parts = [node("lexpr"), node("rexpr"), node("arg")].compactMap(\.self) + nodes("args")
    return parts.flatMap(\.columnNames)
  }
}
