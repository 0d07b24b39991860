import ClaimSchema

/// Translates the call of an aggregate.
struct AggregateTranslator {
  let scope: TranslationScope

  /// Other names of PostgreSQL's for what `AggregateFunction` has.
  private static let synonyms = ["variance": "var_samp", "stddev": "stddev_samp"]

  /// The aggregate that a call means by its name; nil for other functions.
  static func function(_ call: ParseNode) -> AggregateFunction? {
    let names = call.names("funcname")
    guard names.count == 1 else { return nil }
    return AggregateFunction(rawValue: synonyms[names[0]] ?? names[0])
  }

  func aggregate(
    _ call: ParseNode, _ function: AggregateFunction, depth: Int
  ) throws(QueryError) -> Aggregate {
    let position = scope.position(of: call) ?? 0
    try refuseModifiers(of: call, function)
    var filter: Predicate?
    if let condition = call.node("agg_filter") {
      let conditions = PredicateTranslator(scope: scope, clause: .aggregateFilter)
      // Beside the condition of a CASE it stands one level deeper.
      let levels = call.flag("agg_distinct") ? 2 : 1
      filter = try conditions.predicate(condition, depth: depth + levels)
    }
    let arguments = call.nodes("args")
    if call.flag("agg_star") {
      guard function == .count else {
        throw .syntax(message: "\(function.rawValue)(*) is not a function", position: position)
      }
      return Aggregate(.count, filter: filter, position: position)
    }
    let expected = function == .covariancePopulation || function == .correlation ? 2 : 1
    guard arguments.count == expected else {
      let number = expected == 2 ? "two arguments" : "one argument"
      throw .syntax(message: "\(function.rawValue) takes \(number)", position: position)
    }
    if call.flag("agg_distinct") {
      return try distinct(arguments[0], call, function, filter, depth: depth)
    }
    var values: [ValueExpression] = []
    for argument in arguments {
      let translator = ValueTranslator(scope: scope, function: function)
      values.append(try translator.value(argument, depth: depth + 1))
    }
    return Aggregate(function, of: values, filter: filter, position: position)
  }

  /// `count(DISTINCT column)`. `count(DISTINCT CASE WHEN condition THEN column END)` counts the same
  /// values as a FILTER with the condition.
  private func distinct(
    _ argument: ParseNode, _ call: ParseNode, _ function: AggregateFunction, _ filter: Predicate?,
    depth: Int
  ) throws(QueryError) -> Aggregate {
    guard function == .count else {
      throw .unsupported(
        construct: "\(function.rawValue)(DISTINCT …)", position: scope.position(of: call),
        instead: "Leave DISTINCT out, or ask for count(DISTINCT column).")
    }
    if argument.kind == "ColumnRef" {
      let column = try scope.column(argument)
      return Aggregate(
        .count, of: [.column(column)], isDistinct: true, filter: filter,
        position: scope.position(of: call) ?? 0)
    }
    let values = ValueTranslator(scope: scope, function: function)
    guard argument.kind == "CaseExpr",
      case .conditional(let branches, nil) = try values.value(argument, depth: depth + 1),
      branches.count == 1, case .column(let column) = branches[0].value
    else {
      throw .unsupported(
        construct: "count(DISTINCT …) of an expression", position: scope.position(of: argument),
        instead: "Write count(DISTINCT column), with FILTER (WHERE …) for a condition.")
    }
    var conditions: [Predicate] = []
    for condition in [filter, branches[0].condition].compactMap(\.self) {
      if case .and(let inner) = condition { conditions += inner } else { conditions += [condition] }
    }
    return Aggregate(
      .count, of: [.column(column)], isDistinct: true,
      filter: conditions.count == 1 ? conditions[0] : .and(conditions),
      position: scope.position(of: call) ?? 0)
  }

  private func refuseModifiers(
    of call: ParseNode, _ function: AggregateFunction
  ) throws(QueryError) {
    let known: Set<String> = [
      "funcname", "args", "agg_star", "agg_distinct", "agg_filter", "funcformat", "location",
    ]
    for field in call.fieldNames.sorted() where !known.contains(field) {
      switch field {
      case "over": throw scope.refusal(ofWindow: call)
      default:
        throw .unsupported(
          construct: "ORDER BY or VARIADIC inside an aggregate", position: scope.position(of: call),
          instead: "Write \(function.rawValue)(column).")
      }
    }
  }
}
