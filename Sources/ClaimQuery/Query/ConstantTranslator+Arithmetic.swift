/// Calculating with constants: numbers exactly, dates by PostgreSQL's rules.
extension ConstantTranslator {
  func arithmetic(_ node: ParseNode, depth: Int) throws(QueryError) -> Constant {
    guard let right = node.node("rexpr"), let name = node.names("name").last,
      ["+", "-", "*"].contains(name)
    else { throw scope.refusal(of: node, in: clause) }
    let second = try constant(right, depth: depth + 1)
    guard let left = node.node("lexpr") else { return try signed(second, by: name, node) }
    switch (try constant(left, depth: depth + 1), name, second) {
    case (.literal(.number(let a)), _, .literal(.number(let b))):
      return .literal(.number(try calculated(a, name, b, node)))
    case (.date(let text), "+", .literal(.number(let days))),
      (.literal(.number(let days)), "+", .date(let text)):
      return try moved(text, by: try interval(days, node), node)
    case (.date(let text), "-", .literal(.number(let days))):
      return try moved(text, by: try interval(days, node).negated, node)
    case (.date(let text), "+", .interval(let interval)),
      (.interval(let interval), "+", .date(let text)):
      return try moved(text, by: interval, node)
    case (.date(let text), "-", .interval(let interval)):
      return try moved(text, by: interval.negated, node)
    default:
      throw .unsupported(
        construct: "this calculation with constants", position: scope.position(of: node),
        instead: "Write the result itself.")
    }
  }

  private func signed(
    _ constant: Constant, by name: String, _ node: ParseNode
  ) throws(QueryError) -> Constant {
    guard case .literal(.number(let digits)) = constant, name != "*" else {
      throw scope.refusal(of: node, in: clause)
    }
    return name == "+" ? constant : .literal(.number(Literal.Value.negated(digits)))
  }

  private func calculated(
    _ a: String, _ name: String, _ b: String, _ node: ParseNode
  ) throws(QueryError) -> String {
    guard let first = DecimalConstant(a), let second = DecimalConstant(b) else {
      throw .unsupported(
        construct: "a calculation with numbers this long", position: scope.position(of: node),
        instead: "Write the result itself.")
    }
    return switch name {
    case "+": (first + second).text
    case "-": (first - second).text
    default: (first * second).text
    }
  }

  private func interval(_ days: String, _ node: ParseNode) throws(QueryError) -> CalendarInterval {
    guard let interval = CalendarInterval("\(days) days", fields: nil) else {
      throw .syntax(
        message: "a date takes a whole number of days", position: scope.position(of: node))
    }
    return interval
  }

  private func moved(
    _ text: String, by interval: CalendarInterval, _ node: ParseNode
  ) throws(QueryError) -> Constant {
    let day = try scope.day(text, at: scope.position(of: node))
    guard let moved = day.adding(interval) else {
      throw .unsupported(
        construct: "a date outside the years 1 to 9999", position: scope.position(of: node),
        instead: "Write a date within them.")
    }
    return .date(moved.description)
  }
}

extension Literal.Value {
  /// The digits of a number with the other sign.
  static func negated(_ digits: String) -> String {
    if digits.hasPrefix("-") { return String(digits.dropFirst()) }
    return digits == "0" ? digits : "-" + digits
  }
}
