/// Expressions over released values.
extension CanonicalText {
  /// The expression, in parentheses where it binds less than `strength`.
  func result(_ expression: ResultExpression, above strength: Binding = .loosest) -> String {
    let (text, own) = written(expression)
    return own < strength ? "(\(text))" : text
  }

  private func written(_ expression: ResultExpression) -> (text: String, binding: Binding) {
    switch expression {
    case .key(let index):
      guard query.groupBy.indices.contains(index) else { return ("NULL", .atom) }
      return (CanonicalText.grouping(query.groupBy[index]), .atom)
    case .aggregate(let aggregate): return (CanonicalText.aggregate(aggregate), .atom)
    case .literal(let literal): return (CanonicalText.literal(literal), .atom)
    case .negated(let inner): return ("-" + result(inner, above: .atom).guarded, .sign)
    case .arithmetic(let symbol, let left, let right):
      let own = Binding(symbol.rawValue)
      let text =
        result(left, above: own) + " \(symbol.rawValue) " + result(right, above: own.tighter)
      return (text, own)
    case .call(let function, let arguments):
      let list = arguments.map { result($0) }.joined(separator: ", ")
      return ("\(function.rawValue)(\(list))", .atom)
    case .cast(let inner, let type):
      return ("CAST(\(result(inner)) AS \(type.canonicalText))", .atom)
    case .comparison(let comparison, let left, let right):
      let sides = [left, right].map { result($0, above: .sum) }
      return (sides.joined(separator: " \(comparison.rawValue) "), .comparison)
    case .not(.isNull(let inner)):
      return (result(inner, above: .sum) + " IS NOT NULL", .test)
    case .not(let inner): return ("NOT (\(result(inner)))", .not)
    case .and(let operands): return chain(operands, by: " AND ", whenEmpty: "TRUE", .and)
    case .or(let operands): return chain(operands, by: " OR ", whenEmpty: "FALSE", .or)
    case .isNull(let inner): return (result(inner, above: .sum) + " IS NULL", .test)
    case .conditional(let branches, let otherwise):
      let written = branches.map { (result($0.condition), result($0.value)) }
      return (CanonicalText.choice(written, otherwise: otherwise.map { result($0) }), .atom)
    }
  }

  private func chain(
    _ operands: [ResultExpression], by separator: String, whenEmpty: String, _ binding: Binding
  ) -> (text: String, binding: Binding) {
    guard operands.count > 1 else { return operands.first.map(written) ?? (whenEmpty, .atom) }
    return (operands.map { result($0, above: .not) }.joined(separator: separator), binding)
  }

  /// What PostgreSQL calls the output column of the canonical text when there is no AS.
  func defaultLabel(of value: ResultExpression) -> String { label(of: value).name }

  /// The label, and whether a cast or a CASE around the expression keeps it.
  private func label(of value: ResultExpression) -> (name: String, isStrong: Bool) {
    switch value {
    case .key(let index):
      guard query.groupBy.indices.contains(index) else { return ("?column?", false) }
      return switch query.groupBy[index] {
      case .column(let column): (column.name, true)
      case .datePart: ("extract", true)
      case .truncated: ("date_trunc", true)
      case .conditional: ("case", false)
      }
    case .aggregate(let aggregate): return (aggregate.function.rawValue, true)
    case .call(let function, _): return (function.rawValue, true)
    case .cast(let inner, let type):
      let label = label(of: inner)
      return label.isStrong ? label : (type.internalName, false)
    case .conditional(_, let otherwise):
      guard let otherwise, case let label = label(of: otherwise), label.isStrong else {
        return ("case", false)
      }
      return label
    case .literal, .negated, .arithmetic, .comparison, .not, .and, .or, .isNull:
      return ("?column?", false)
    }
  }
}

/// How strongly an operator binds its operands, as in PostgreSQL's grammar.
enum Binding: Int, Comparable {
  case loosest
  case or
  case and
  case not
  case test
  case comparison
  case sum
  case product
  case power
  case sign
  case atom

  init(_ symbol: String) {
    switch symbol {
    case "^": self = .power
    case "*", "/", "%": self = .product
    default: self = .sum
    }
  }

  /// What the right operand of an operator must bind with: operators of one strength go from left to
  /// right.
  var tighter: Binding { Binding(rawValue: rawValue + 1) ?? .atom }

  static func < (a: Binding, b: Binding) -> Bool { a.rawValue < b.rawValue }
}

extension String {
  /// Two minus signs would begin a comment, and one in front of a number is the number's.
  var guarded: String { hasPrefix("-") ? "(\(self))" : self }
}

extension CastTarget {
  fileprivate var canonicalText: String {
    switch self {
    case .integer: "integer"
    case .bigint: "bigint"
    case .numeric: "numeric"
    case .decimal(let precision, let scale): "numeric(\(precision), \(scale))"
    case .double: "double precision"
    case .text: "text"
    }
  }

  /// The type's name in PostgreSQL's catalogue, which names columns.
  fileprivate var internalName: String {
    switch self {
    case .integer: "int4"
    case .bigint: "int8"
    case .numeric, .decimal: "numeric"
    case .double: "float8"
    case .text: "text"
    }
  }
}
