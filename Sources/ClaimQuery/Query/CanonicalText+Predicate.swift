/// Conditions on records.
extension CanonicalText {
  static func condition(_ predicate: Predicate) -> String {
    switch predicate {
    case .comparison(let column, let comparison, let constant):
      "\(name(column.name)) \(comparison.rawValue) \(literal(constant))"
    case .datePart(let part, let column, let comparison, let constant):
      "extract(\(part.rawValue) FROM \(name(column.name))) \(comparison.rawValue)"
        + " \(literal(constant))"
    case .between, .isIn, .like, .isNull, .isTrue:
      leaf(predicate, isNegated: false)
    case .not(let inner):
      switch inner {
      case .between, .isIn, .like, .isNull, .isTrue: leaf(inner, isNegated: true)
      default: "NOT (" + condition(inner) + ")"
      }
    case .and(let operands): chain(operands, by: " AND ", whenEmpty: "TRUE")
    case .or(let operands): chain(operands, by: " OR ", whenEmpty: "FALSE")
    case .constant(let value): value.map { $0 ? "TRUE" : "FALSE" } ?? "NULL"
    }
  }

  /// The conditions that have a negated form of their own.
  private static func leaf(_ predicate: Predicate, isNegated: Bool) -> String {
    let not = isNegated ? "NOT " : ""
    switch predicate {
    case .between(let column, let low, let high):
      return "\(name(column.name)) \(not)BETWEEN \(literal(low)) AND \(literal(high))"
    case .isIn(let column, let constants):
      let list = constants.map(literal).joined(separator: ", ")
      return "\(name(column.name)) \(not)IN (\(list))"
    case .like(let column, let prefix, let isExact):
      return "\(name(column.name)) \(not)LIKE \(pattern(prefix, isExact: isExact))"
    case .isNull(let column):
      return "\(name(column.name)) IS \(not)NULL"
    case .isTrue(let inner):
      return "(\(condition(inner))) IS \(not)TRUE"
    default:
      return not + "(" + condition(predicate) + ")"
    }
  }

  private static func pattern(_ prefix: Literal, isExact: Bool) -> String {
    guard case .string(let text) = prefix.value else { return literal(prefix) }
    return quoted(isExact ? text : text + "%", with: "'")
  }

  private static func chain(
    _ operands: [Predicate], by separator: String, whenEmpty: String
  ) -> String {
    guard operands.count != 1 else { return operands.map(condition).joined() }
    guard !operands.isEmpty else { return whenEmpty }
    return operands.map { operand in
      switch operand {
      case .and, .or: "(" + condition(operand) + ")"
      default: condition(operand)
      }
    }.joined(separator: separator)
  }
}
