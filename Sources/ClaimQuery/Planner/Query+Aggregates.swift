extension Query {
  /// The aggregates in SELECT, HAVING and ORDER BY, each once, in the order in which they are
  /// written.
  package var aggregates: [Aggregate] {
    var aggregates: [Aggregate] = []
    var seen: Set<Aggregate> = []
    func collect(_ expression: ResultExpression) {
      expression.forEachAggregate { if seen.insert($0).inserted { aggregates.append($0) } }
    }
    for item in select { collect(item.value) }
    if let having { collect(having) }
    for term in orderBy {
      if case .expression(let expression) = term.key { collect(expression) }
    }
    return aggregates
  }
}

extension ResultExpression {
  /// Calls `body` with every aggregate in it, in reading order.
  package func forEachAggregate(_ body: (Aggregate) -> Void) {
    switch self {
    case .key, .literal: return
    case .aggregate(let aggregate): body(aggregate)
    case .negated(let inner), .cast(let inner, _), .not(let inner), .isNull(let inner):
      inner.forEachAggregate(body)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right):
      left.forEachAggregate(body)
      right.forEachAggregate(body)
    case .call(_, let operands), .and(let operands), .or(let operands):
      for operand in operands { operand.forEachAggregate(body) }
    case .conditional(let branches, let otherwise):
      for branch in branches {
        branch.condition.forEachAggregate(body)
        branch.value.forEachAggregate(body)
      }
      otherwise?.forEachAggregate(body)
    }
  }
}
