import ClaimKeys
import ClaimQuery
import ClaimSchema

extension StoryCase {
  /// Compares the query's plan with the vector's.
  func checkPlan(_ layout: TableLayout) throws {
    let found = try Planner(schema: layout.schema).plan(SQLParser.parse(query))
    try VectorCheck.equal("plan.canonical_text", found.canonicalText, plan.canonicalText)
    try VectorCheck.equal("plan.totals", found.totals.map(\.vectorText), plan.totals)
    try VectorCheck.equal(
      "plan.hidden_groups", found.hiddenGroups.map(\.keys), plan.hiddenGroups)
    try VectorCheck.equal("plan.circuits", circuits(of: found), plan.circuits)
    try VectorCheck.equal("plan.demand", PlanFacts.Demand(found.demand), plan.demand)
    try VectorCheck.equal("plan.digest", found.digest.bytes, plan.digest)
  }

  private func circuits(of plan: Plan) throws -> [[[String]]] {
    try plan.hiddenGroups.indices.map { group in
      try plan.totals.indices.filter { plan.totals[$0].isLattice }.map { total in
        try plan.expression(group: group, total: total).terms.map(\.vectorText)
      }
    }
  }
}

extension StoryCase.PlanFacts.Demand {
  fileprivate init(_ demand: PlanDemand) {
    self.init(
      depth: demand.depth, factors: demand.factors, masks: demand.masks,
      products: demand.products, columnWeight: demand.columnWeight,
      multiplications: demand.multiplications)
  }
}

extension TotalSpecification {
  /// As vectors write it, such as `lattice value paid slice 0`.
  fileprivate var vectorText: String {
    let measured =
      switch measure {
      case .records: "records"
      case .present(let column): "present \(column)"
      case .value(let value): "value \(value.factors.joined(separator: "*"))"
      case .personBucket(let bucket): "bucket \(bucket)"
      }
    return "\(engine.rawValue) \(measured) slice \(slice)"
  }
}

extension TotalTerm {
  /// As vectors write it: the operands, and the clear predicates that hold.
  fileprivate var vectorText: String {
    let operands = factors.map(\.vectorText).sorted().joined(separator: " · ")
    let text = weight == 1 ? operands : "\(weight) \(operands)"
    let required = mask.required.isEmpty ? "" : " where \(mask.required)"
    return text + required + (mask.excluded.isEmpty ? "" : " except \(mask.excluded)")
  }
}

extension IndicatorExpression {
  /// As vectors write it; the order of factors and of terms does not matter.
  fileprivate var vectorText: String {
    switch self {
    case .linear(let form):
      let terms = form.terms.map { term in
        term.weight == 1 ? term.column.storageKey : "\(term.weight) \(term.column.storageKey)"
      }
      let text = terms.joined(separator: " + ")
      return terms.count > 1 ? "(\(text))" : text
    case .product(let factors):
      return "(\(factors.map(\.vectorText).sorted().joined(separator: " · ")))"
    case .sum(let terms):
      let texts = terms.map { term in
        term.weight == 1
          ? term.expression.vectorText : "\(term.weight) \(term.expression.vectorText)"
      }
      return "[\(texts.sorted().joined(separator: " + "))]"
    }
  }
}
