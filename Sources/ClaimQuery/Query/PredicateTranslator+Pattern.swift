/// LIKE.
extension PredicateTranslator {
  func pattern(_ node: ParseNode, depth: Int) throws(QueryError) -> Predicate {
    let value = try tested(node, by: "LIKE", remedy: "Write column LIKE 'prefix%'.")
    guard let right = node.node("rexpr") else { throw scope.refusal(ofOperator: node) }
    guard case .column(let column) = value else {
      throw .unsupported(
        construct: "LIKE of a part of a date", position: scope.position(of: node),
        instead: "Compare it by =, <, BETWEEN or IN.")
    }
    if right.kind == "FuncCall", right.names("funcname").last == "like_escape" {
      throw .unsupported(
        construct: "LIKE with ESCAPE", position: scope.position(of: right),
        instead: "Write \(column.name) LIKE 'prefix%' without escapes.")
    }
    let constant = try constants.literal(right, depth: depth)
    guard case .string(let text) = constant.value else {
      throw .unsupported(
        construct: "LIKE without a quoted pattern", position: constant.position,
        instead: "Write \(column.name) LIKE 'prefix%'.")
    }
    var prefix = text.unicodeScalars
    let isExact = prefix.last != "%"
    while prefix.last == "%" { prefix.removeLast() }
    let wildcards: Set<Unicode.Scalar> = ["%", "_", "\\"]
    if let wildcard = prefix.first(where: wildcards.contains) {
      throw .unsupported(
        construct: wildcard == "\\"
          ? "LIKE with an escape" : "LIKE with \(wildcard) before the pattern's end",
        position: constant.position,
        instead: "Only prefixes can be matched: write \(column.name) LIKE 'prefix%', IN with the"
          + " values, or prepare a flag column for the pattern before encrypting.")
    }
    let literal = Literal(value: .string(String(prefix)), position: constant.position)
    return .like(column, prefix: literal, isExact: isExact)
  }
}
