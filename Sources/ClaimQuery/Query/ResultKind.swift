/// As much of a released value's type as can be told without a schema.
enum ResultKind: String {
  case number
  case text
  case boolean

  /// The kind of an expression; nil where only the schema can tell, and for NULL.
  init?(_ expression: ResultExpression) {
    switch expression {
    case .key: return nil
    case .aggregate, .negated, .arithmetic: self = .number
    case .comparison, .not, .and, .or, .isNull: self = .boolean
    case .literal(let literal):
      switch literal.value {
      case .number: self = .number
      case .string: self = .text
      case .boolean: self = .boolean
      case .null: return nil
      }
    case .cast(_, let type): self = type == .text ? .text : .number
    case .call(let function, let arguments):
      switch function {
      case .coalesce, .nullif, .greatest, .least: self.init(first: arguments)
      default: self = .number
      }
    case .conditional(let branches, let otherwise):
      self.init(first: branches.map(\.value) + [otherwise].compactMap(\.self))
    }
  }

  /// The kind of the first expression that tells one.
  private init?(first expressions: [ResultExpression]) {
    for expression in expressions {
      if let kind = ResultKind(expression) {
        self = kind
        return
      }
    }
    return nil
  }
}
