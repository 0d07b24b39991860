import ClaimSchema

/// Translates constants and what is calculated from constants alone, which is one constant in the
/// query: casts, sums of dates and intervals, arithmetic of numbers.
struct ConstantTranslator {
  let scope: TranslationScope
  let clause: Clause

  /// What a constant expression stands for.
  enum Constant {
    case literal(Literal.Value)
    /// A date as written; whether there is such a day is checked where it is calculated with, else
    /// by the column that it is compared with.
    case date(String)
    case interval(CalendarInterval)
  }

  /// The constant that `node` is; anything else is refused.
  func literal(_ node: ParseNode, depth: Int) throws(QueryError) -> Literal {
    let position = scope.position(of: node) ?? 0
    switch try constant(node, depth: depth) {
    case .literal(let value): return Literal(value: value, position: position)
    case .date(let text): return Literal(value: .string(text), position: position)
    case .interval:
      throw .unsupported(
        construct: "an interval on its own", position: position,
        instead: "Add it to a date, such as DATE '2009-01-01' + INTERVAL '1 month'.")
    }
  }

  /// The date that a cast, or arithmetic of dates, is; nil for other expressions.
  func date(_ node: ParseNode, depth: Int) throws(QueryError) -> Literal? {
    guard node.holdsDateConstant else { return nil }
    guard case .date(let text) = try constant(node, depth: depth) else { return nil }
    return Literal(value: .string(text), position: scope.position(of: node) ?? 0)
  }

  func constant(_ node: ParseNode, depth: Int) throws(QueryError) -> Constant {
    try scope.enter(depth)
    switch node.kind {
    case "A_Const":
      return .literal(try LiteralTranslator(scope: scope).literal(node).value)
    case "TypeCast":
      guard let argument = node.node("arg"), argument.columnNames.isEmpty else {
        throw scope.refusal(of: node, in: clause)
      }
      return try cast(try constant(argument, depth: depth + 1), node)
    case "A_Expr" where node.string("kind") == "AEXPR_OP" && node.columnNames.isEmpty:
      return try arithmetic(node, depth: depth)
    case "FuncCall" where node.names("funcname") == ["date_trunc"]:
      return try truncated(node, depth: depth)
    default:
      throw scope.refusal(of: node, in: clause)
    }
  }

  private func cast(_ constant: Constant, _ node: ParseNode) throws(QueryError) -> Constant {
    let type = SQLType(node.object("typeName"))
    switch (type, constant) {
    case (_, .literal(.null)): return constant
    case (.date, .literal(.string(let text))), (.date, .date(let text)): return .date(text)
    case (.timestamp, .literal(.string(let text))), (.timestamp, .date(let text)):
      return .date(try midnight(text, node))
    case (.interval(let fields), .literal(.string(let text))):
      guard let interval = CalendarInterval(text, fields: fields) else {
        throw .unsupported(
          construct: "this interval", position: scope.position(of: node),
          instead: "Write whole years, months, weeks and days, such as INTERVAL '1 month'.")
      }
      return .interval(interval)
    case (.integer, .literal(.number(let digits))):
      // A fraction would be rounded.
      guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "e") }) else {
        throw .unsupported(
          construct: "a rounding cast of a constant", position: scope.position(of: node),
          instead: "Write the whole number itself.")
      }
      return constant
    case (.numeric(nil, nil), .literal(.number)), (.double, .literal(.number)): return constant
    case (.integer, .literal(.string(let text))), (.numeric(nil, nil), .literal(.string(let text))),
      (.double, .literal(.string(let text))):
      return try self.cast(.literal(.number(try number(text, node))), node)
    case (.text, .literal(.string)): return constant
    case (.text, .literal(.number(let digits))): return .literal(.string(digits))
    case (.other(name: "bool"), .literal(.boolean)): return constant
    default: throw scope.refusal(of: node, in: clause)
    }
  }

  /// The decimal in a quoted text.
  private func number(_ text: String, _ node: ParseNode) throws(QueryError) -> String {
    let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard let digits = DecimalConstant(trimmed)?.text else {
      throw .syntax(
        message: "the text of this cast is not a number", position: scope.position(of: node))
    }
    return digits
  }

  /// The day of a text whose time, if there is one, is 0.
  private func midnight(_ text: String, _ node: ParseNode) throws(QueryError) -> String {
    let parts = text.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "T" })
    guard let day = parts.first, parts.count == 1 || "00:00:00.000000".hasPrefix(parts[1]) else {
      throw .unsupported(
        construct: "a time of the day", position: scope.position(of: node),
        instead: "Dates here have no time: write DATE '2009-01-01'.")
    }
    return String(day)
  }

  /// `date_trunc('month', DATE '…')`.
  private func truncated(_ call: ParseNode, depth: Int) throws(QueryError) -> Constant {
    let arguments = call.nodes("args")
    guard arguments.count == 2, let argument = arguments.last,
      case .date(let text) = try constant(argument, depth: depth + 1)
    else { throw scope.refusal(of: call, in: clause) }
    let unit = try scope.unit(of: call)
    let day = try scope.day(text, at: scope.position(of: argument))
    return .date(unit.bounds(of: day).first.description)
  }
}

extension TranslationScope {
  /// The day that a constant writes.
  func day(_ text: String, at position: Int?) throws(QueryError) -> CalendarDay {
    guard let day = CalendarDay(iso: text) else {
      throw .unsupported(
        construct: "a date of this form", position: position,
        instead: "Write a day that exists as year, month and day, such as DATE '2009-01-31'.")
    }
    return day
  }
}

extension ParseNode {
  /// Whether an expression of constants alone has a date or an interval in it.
  fileprivate var holdsDateConstant: Bool {
    switch kind {
    case "TypeCast":
      guard let argument = node("arg"), argument.isConstant else { return false }
      switch SQLType(object("typeName")) {
      case .date, .timestamp, .interval: return true
      default: return argument.holdsDateConstant
      }
    case "A_Expr":
      let operands = [node("lexpr"), node("rexpr")].compactMap(\.self)
      return isConstant && operands.contains(where: \.holdsDateConstant)
    default: return false
    }
  }

  private var isConstant: Bool {
    switch kind {
    case "A_Const": true
    case "TypeCast": node("arg")?.isConstant == true
    case "A_Expr":
      string("kind") == "AEXPR_OP"
        && [node("lexpr"), node("rexpr")].compactMap(\.self).allSatisfy(\.isConstant)
    default: false
    }
  }
}
