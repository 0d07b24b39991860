/// One expression of the SELECT list with its output column's name.
struct SelectTarget {
  let expression: ParseNode
  let label: String
}

extension ParseNode {
  /// The name that PostgreSQL gives an output column of this expression without AS.
  var outputLabel: String { ownLabel.name }

  /// The name, and whether a cast or a CASE around the expression keeps it.
  private var ownLabel: (name: String, isStrong: Bool) {
    switch kind {
    case "ColumnRef": return (names("fields").last ?? "?column?", true)
    case "FuncCall": return (names("funcname").last ?? "?column?", true)
    case "CoalesceExpr": return ("coalesce", true)
    case "MinMaxExpr": return (string("op") == "IS_LEAST" ? "least" : "greatest", true)
    case "A_Expr" where string("kind") == "AEXPR_NULLIF": return ("nullif", true)
    case "TypeCast":
      if let inner = node("arg")?.ownLabel, inner.isStrong { return inner }
      return (object("typeName")?.names("names").last ?? "?column?", false)
    case "CaseExpr":
      if let inner = node("defresult")?.ownLabel, inner.isStrong { return inner }
      return ("case", false)
    default: return ("?column?", false)
    }
  }

  /// The first call of an aggregate in the expression.
  var aggregateCall: ParseNode? {
    if kind == "FuncCall", AggregateTranslator.function(self) != nil { return self }
    return firstChild(\.aggregateCall)
  }
}
