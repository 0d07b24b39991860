import ClaimSchema

/// Aggregates, functions and CASE over released values.
extension ResultTranslator {
  func call(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    if let function = AggregateTranslator.function(node) {
      let aggregates = AggregateTranslator(scope: scope)
      return .aggregate(try aggregates.aggregate(node, function, depth: depth))
    }
    if let value = try scope.testedValue(node) {
      guard groupings.groupings.contains(.column(value.column)) else {
        throw .notGrouped(value.column)
      }
      throw .unsupported(
        construct: "a part of a grouping column", position: scope.position(of: node),
        instead: "Write the same expression in GROUP BY.")
    }
    let names = node.names("funcname")
    guard names.count == 1 else { throw scope.refusal(ofFunction: node, in: clause) }
    guard let function = ResultFunction(named: names[0]) else {
      throw scope.refusal(ofFunction: node, in: clause)
    }
    switch function {
    case .round, .trunc: return .call(function, try numbers(node, 1...2, depth: depth))
    case .power, .mod: return .call(function, try numbers(node, 2...2, depth: depth))
    case .ceil, .floor, .abs, .sqrt, .ln, .exp:
      return .call(function, try numbers(node, 1...1, depth: depth))
    // The grammar has nodes of their own for these.
    case .coalesce, .nullif, .greatest, .least:
      throw scope.refusal(ofFunction: node, in: clause)
    }
  }

  private func numbers(
    _ call: ParseNode, _ count: ClosedRange<Int>, depth: Int
  ) throws(QueryError) -> [ResultExpression] {
    let known: Set<String> = ["funcname", "args", "funcformat", "location"]
    guard call.fieldNames.allSatisfy(known.contains) else {
      if call.has("agg_filter") {
        throw .syntax(
          message: "FILTER specified, but \(call.names("funcname").last ?? "?") is not an aggregate"
            + " function", position: scope.position(of: call))
      }
      throw call.has("over")
        ? scope.refusal(ofWindow: call) : scope.refusal(ofFunction: call, in: clause)
    }
    let arguments = call.nodes("args")
    guard count.contains(arguments.count) else {
      let name = call.names("funcname").last ?? "?"
      let expected =
        count.count == 2 ? "1 or 2 arguments" : count.upperBound == 1 ? "1 argument" : "2 arguments"
      throw .syntax(
        message: "function \(name) takes \(expected)", position: scope.position(of: call))
    }
    var values: [ResultExpression] = []
    for argument in arguments {
      values.append(try number(argument, depth: depth + 1))
    }
    return values
  }

  /// A function whose arguments must be of one type.
  func matching(
    _ function: ResultFunction, _ node: ParseNode, depth: Int
  ) throws(QueryError) -> ResultExpression {
    let arguments =
      function == .nullif
      ? [node.node("lexpr"), node.node("rexpr")].compactMap(\.self) : node.nodes("args")
    guard arguments.count <= SQLParser.branchLimit else {
      throw .tooLarge(
        what: "arguments of \(function.rawValue)", count: arguments.count,
        limit: SQLParser.branchLimit, remedy: "Ask for less in one query.")
    }
    var values: [ResultExpression] = []
    for argument in arguments {
      values.append(try result(argument, depth: depth + 1))
    }
    try checkKinds(values, of: function.rawValue.uppercased(), at: arguments)
    return .call(function, values)
  }

  func conditional(_ node: ParseNode, depth: Int) throws(QueryError) -> ResultExpression {
    let subject = node.node("arg")
    let written = node.nodes("args")
    try scope.checkBranches(written.count)
    var branches: [ResultBranch] = []
    var results: [ParseNode] = []
    for branch in written {
      guard let test = branch.node("expr"), let result = branch.node("result") else {
        throw scope.refusal(of: node, in: clause)
      }
      let condition =
        if let subject {
          try comparison(.equal, subject, test, branch, depth: depth + 1)
        } else {
          try self.condition(test, of: "CASE/WHEN", depth: depth + 1)
        }
      branches.append(
        ResultBranch(condition: condition, value: try self.result(result, depth: depth + 1)))
      results.append(result)
    }
    var otherwise: ResultExpression?
    if let last = node.node("defresult") {
      otherwise = try result(last, depth: depth + 1)
      results.append(last)
    }
    try checkKinds(branches.map(\.value) + [otherwise].compactMap(\.self), of: "CASE", at: results)
    if case .literal(let literal)? = otherwise, literal.value == .null { otherwise = nil }
    return .conditional(branches, otherwise: otherwise)
  }

  private func checkKinds(
    _ values: [ResultExpression], of construct: String, at nodes: [ParseNode]
  ) throws(QueryError) {
    var first: ResultKind?
    for (value, node) in zip(values, nodes) {
      guard let kind = ResultKind(value) else { continue }
      guard let expected = first else {
        first = kind
        continue
      }
      if kind != expected {
        throw .syntax(
          message: "\(construct) types \(expected.rawValue) and \(kind.rawValue) cannot be matched",
          position: scope.position(of: node))
      }
    }
  }
}
