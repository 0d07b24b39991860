import ClaimSchema

/// Aggregates and what they are taken over.
extension CanonicalText {
  static func aggregate(_ aggregate: Aggregate) -> String {
    let arguments = aggregate.arguments.map { value($0) }.joined(separator: ", ")
    let list = aggregate.arguments.isEmpty ? "*" : arguments
    let call = "\(aggregate.function.rawValue)(\(aggregate.isDistinct ? "DISTINCT " : "")\(list))"
    return aggregate.filter.map { "\(call) FILTER (WHERE \(condition($0)))" } ?? call
  }

  /// The value, in parentheses where it binds less than `strength`.
  static func value(_ value: ValueExpression, above strength: Binding = .loosest) -> String {
    switch value {
    case .column(let column): return name(column.name)
    case .whole(let column): return "CAST(\(name(column.name)) AS bigint)"
    case .literal(let constant): return literal(constant)
    case .negated(let inner):
      return "-" + self.value(inner, above: .atom).guarded
    case .arithmetic(let symbol, let left, let right):
      let own = Binding(symbol.rawValue)
      let text =
        self.value(left, above: own) + " \(symbol.rawValue) "
        + self.value(right, above: own.tighter)
      return own < strength ? "(\(text))" : text
    case .conditional(let branches, let otherwise):
      let written = branches.map { (condition($0.condition), self.value($0.value)) }
      return choice(written, otherwise: otherwise.map { self.value($0) })
    }
  }
}
