/// CASE and what is written as one: coalesce and nullif.
extension ValueTranslator {
  private var conditions: PredicateTranslator {
    PredicateTranslator(scope: scope, clause: .argument)
  }

  func conditional(_ node: ParseNode, depth: Int) throws(QueryError) -> ValueExpression {
    let subject = node.node("arg")
    let written = node.nodes("args")
    try scope.checkBranches(written.count)
    var branches: [ValueBranch] = []
    for branch in written {
      guard let test = branch.node("expr"), let result = branch.node("result") else {
        throw scope.refusal(ofArgument: node, function: function)
      }
      let condition =
        if let subject {
          try conditions.equality(subject, test, depth: depth + 1)
        } else {
          try conditions.predicate(test, depth: depth + 1)
        }
      branches.append(
        ValueBranch(condition: condition, value: try value(result, depth: depth + 1)))
    }
    guard let last = node.node("defresult") else { return .conditional(branches, otherwise: nil) }
    let otherwise = try value(last, depth: depth + 1)
    return .conditional(branches, otherwise: otherwise.isNullConstant ? nil : otherwise)
  }

  /// The first column that is not NULL, else the last argument.
  func coalesce(_ node: ParseNode, depth: Int) throws(QueryError) -> ValueExpression {
    let arguments = node.nodes("args")
    guard let last = arguments.last else {
      throw scope.refusal(ofArgument: node, function: function)
    }
    guard arguments.count > 1 else { return try value(last, depth: depth) }
    try scope.checkBranches(arguments.count)
    var branches: [ValueBranch] = []
    for argument in arguments.dropLast() {
      let value = try value(argument, depth: depth + 1)
      guard let column = value.column else {
        throw .unsupported(
          construct: "coalesce of an expression inside an aggregate",
          position: scope.position(of: argument),
          instead: "Write coalesce(column, 0) for each column of the expression, or CASE WHEN.")
      }
      try scope.enter(depth + 2)
      branches.append(ValueBranch(condition: .not(.isNull(column)), value: value))
    }
    let otherwise = try value(last, depth: depth + 1)
    return .conditional(branches, otherwise: otherwise.isNullConstant ? nil : otherwise)
  }

  /// `nullif(column, constant)`.
  func nullIf(_ node: ParseNode, depth: Int) throws(QueryError) -> ValueExpression {
    guard let left = node.node("lexpr"), let right = node.node("rexpr") else {
      throw scope.refusal(ofArgument: node, function: function)
    }
    let operand = try value(left, depth: depth + 1)
    guard let column = operand.column else {
      throw .unsupported(
        construct: "nullif of an expression inside an aggregate",
        position: scope.position(of: node),
        instead: "Write nullif(column, constant), or CASE WHEN.")
    }
    let constants = ConstantTranslator(scope: scope, clause: .argument)
    let constant = try constants.literal(right, depth: depth + 1)
    let null = Literal(value: .null, position: scope.position(of: node) ?? 0)
    return .conditional(
      [ValueBranch(condition: .comparison(column, .equal, constant), value: .literal(null))],
      otherwise: operand)
  }
}

extension ValueExpression {
  fileprivate var isNullConstant: Bool {
    if case .literal(let literal) = self { literal.value == .null } else { false }
  }

  fileprivate var column: ColumnReference? {
    switch self {
    case .column(let column), .whole(let column): column
    default: nil
    }
  }
}
