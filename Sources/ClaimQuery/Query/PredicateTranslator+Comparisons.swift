/// Comparisons of a record's values with constants.
extension PredicateTranslator {
  func comparison(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    switch (node.string("kind"), node.names("name")) {
    case ("AEXPR_OP", let names) where names.count == 1 && node.node("lexpr") != nil:
      guard let comparison = Comparison(rawValue: names[0]) else {
        throw scope.refusal(ofOperator: node)
      }
      return try self.comparison(node, by: comparison, depth: depth)
    case ("AEXPR_IN", ["="]):
      return try membership(node, depth: depth)
    case ("AEXPR_IN", ["<>"]):
      return .not(try membership(node, depth: depth + 1))
    case ("AEXPR_OP_ANY", ["="]):
      return try membership(node, depth: depth)
    case ("AEXPR_OP_ALL", ["<>"]):
      return .not(try membership(node, depth: depth + 1))
    case ("AEXPR_BETWEEN", _): return try range(node, depth: depth)
    case ("AEXPR_NOT_BETWEEN", _): return .not(try range(node, depth: depth + 1))
    case ("AEXPR_LIKE", ["~~"]): return try pattern(node, depth: depth)
    case ("AEXPR_LIKE", ["!~~"]): return .not(try pattern(node, depth: depth))
    case ("AEXPR_DISTINCT", _): return .not(try identity(node, depth: depth + 1))
    case ("AEXPR_NOT_DISTINCT", _): return try identity(node, depth: depth)
    default: throw scope.refusal(ofOperator: node)
    }
  }

  /// The condition of `CASE value WHEN constant`.
  func equality(
    _ value: ParseNode, _ constant: ParseNode, depth: Int
  ) throws(QueryError) -> Predicate {
    try scope.enter(depth)
    guard let tested = try scope.testedValue(value) else {
      throw .unsupported(
        construct: "CASE of an expression", position: scope.position(of: value),
        instead: "Write CASE and a column, or CASE WHEN and a condition.")
    }
    return try test(tested, .equal, try constants.literal(constant, depth: depth))
  }

  private func comparison(
    _ node: ParseNode, by comparison: Comparison, depth: Int
  ) throws(QueryError) -> Predicate {
    guard let left = node.node("lexpr"), let right = node.node("rexpr") else {
      throw scope.refusal(ofOperator: node)
    }
    if left.isCondition || right.isCondition {
      throw .unsupported(
        construct: "a comparison of a condition", position: scope.position(of: node),
        instead: "Write the condition alone, or NOT and the condition.")
    }
    let first = try scope.testedValue(left)
    let second = try scope.testedValue(right)
    // A truncated date that differs is written as NOT BETWEEN.
    if comparison == .notEqual, case .truncated? = first ?? second { try scope.enter(depth + 1) }
    switch (first, second) {
    case (let value?, nil):
      return try test(value, comparison, try constants.literal(right, depth: depth))
    case (nil, let value?):
      return try test(value, comparison.flipped, try constants.literal(left, depth: depth))
    case (_?, _?):
      throw .unsupported(
        construct: "a comparison of two columns", position: scope.position(of: node),
        instead:
          "Compare each column with a constant, or prepare a column for the comparison before"
          + " encrypting.")
    case (nil, nil):
      _ = try constants.literal(left, depth: depth)
      _ = try constants.literal(right, depth: depth)
      throw .unsupported(
        construct: "a comparison of two constants", position: scope.position(of: node),
        instead: "Write TRUE or FALSE.")
    }
  }

  /// IN, `= ANY (…)` and, before NOT, `<> ALL (…)`.
  private func membership(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    let value = try tested(node, by: "IN", remedy: "Write column = constant OR column = constant.")
    guard let right = node.node("rexpr") else { throw scope.refusal(ofOperator: node) }
    let written =
      right.kind == "List"
      ? try literals(right.nodes("items"), depth: depth) : try array(right, node, depth: depth)
    var seen: Set<Literal> = []
    let constants = written.filter { seen.insert($0).inserted }
    guard !constants.isEmpty else { return .constant(false) }
    guard constants.count <= SQLParser.memberLimit else {
      throw .tooLarge(
        what: "members of IN", count: constants.count, limit: SQLParser.memberLimit,
        remedy: "Prepare a flag column for the list before encrypting, or use LIKE or BETWEEN.")
    }
    if case .column(let column) = value { return .isIn(column, constants) }
    try scope.enter(depth + 1)
    var tests: [Predicate] = []
    for constant in constants {
      tests.append(try test(value, .equal, constant))
    }
    return tests.count == 1 ? tests[0] : .or(tests)
  }

  private func literals(_ nodes: [ParseNode], depth: Int) throws(QueryError) -> [Literal] {
    var literals: [Literal] = []
    for node in nodes {
      literals.append(try constants.literal(node, depth: depth))
    }
    return literals
  }

  /// `ARRAY[…]` or `'{…}'`, with a cast or without.
  private func array(
    _ node: ParseNode, _ comparison: ParseNode, depth: Int
  ) throws(QueryError) -> [Literal] {
    let array =
      node.kind == "TypeCast" && node.object("typeName")?.has("arrayBounds") == true
      ? node.node("arg") ?? node : node
    if array.kind == "A_ArrayExpr" {
      return try literals(array.nodes("elements"), depth: depth)
    }
    guard array.kind == "A_Const",
      case .string(let text) = try LiteralTranslator(scope: scope).literal(array).value
    else { throw scope.refusal(ofOperator: comparison) }
    let position = scope.position(of: array) ?? 0
    guard let elements = ArrayConstant.elements(text) else {
      throw .syntax(message: "malformed array", position: position)
    }
    return elements.map { element in
      Literal(value: element.map { .string($0) } ?? .null, position: position)
    }
  }

  private func range(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    let value = try tested(
      node, by: "BETWEEN", remedy: "Write column <= constant AND column >= constant.")
    let bounds = try literals(node.node("rexpr")?.nodes("items") ?? [], depth: depth)
    guard bounds.count == 2 else { throw scope.refusal(ofOperator: node) }
    if case .column(let column) = value { return .between(column, bounds[0], bounds[1]) }
    try scope.enter(depth + 1)
    return .and([
      try test(value, .greaterOrEqual, bounds[0]), try test(value, .lessOrEqual, bounds[1]),
    ])
  }

  /// IS NOT DISTINCT FROM: never NULL, and TRUE for NULL against NULL.
  private func identity(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    guard let left = node.node("lexpr"), let right = node.node("rexpr") else {
      throw scope.refusal(ofOperator: node)
    }
    let isTurned = try scope.testedValue(left) == nil
    guard let value = try scope.testedValue(isTurned ? right : left) else {
      throw scope.refusal(ofOperator: node)
    }
    try scope.enter(depth + 2)
    let constant = try constants.literal(isTurned ? left : right, depth: depth)
    guard constant.value != .null else { return .isNull(value.column) }
    return .isTrue(try test(value, .equal, constant))
  }

  /// What stands on the left of `word`.
  func tested(
    _ node: ParseNode, by word: String, remedy: String
  ) throws(QueryError) -> TestedValue {
    guard let left = node.node("lexpr") else { throw scope.refusal(ofOperator: node) }
    if let value = try scope.testedValue(left) { return value }
    _ = try constants.literal(left, depth: 0)
    throw .unsupported(
      construct: "\(word) after a constant", position: scope.position(of: left), instead: remedy)
  }
}

extension Comparison {
  /// The comparison with its sides exchanged.
  fileprivate var flipped: Comparison {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
