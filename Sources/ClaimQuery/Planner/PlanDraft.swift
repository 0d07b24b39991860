import ClaimSchema

/// A plan whose totals are still to be written in one form or another.
struct PlanDraft {
  private let schema: Schema
  private let query: Query
  private let groupColumns: [GroupColumn]
  private let groups: Planner.Groups
  private let list: TotalList
  private let clearPredicates: [Predicate]
  private let paillierFilter: Predicate?
  private var builder: TotalBuilder?
  private var demand = PlanDemand()

  /// How many groups are written out to compare the forms' cost.
  private static let sampleSize = 16

  init(
    schema: Schema, query: Query, groupColumns: [GroupColumn], groups: Planner.Groups,
    list: TotalList, clearPredicates: [Predicate], paillierFilter: Predicate?
  ) {
    self.schema = schema
    self.query = query
    self.groupColumns = groupColumns
    self.groups = groups
    self.list = list
    self.clearPredicates = clearPredicates
    self.paillierFilter = paillierFilter
  }

  /// Writes all totals in the form that fits the depth with the fewest multiplications; the factored
  /// one when they are equal.
  mutating func chooseForm() throws(QueryError) {
    var fitting: [(builder: TotalBuilder, demand: PlanDemand, cost: Int)] = []
    var failure: QueryError?
    for form in [PlanForm.factored, .distributed] {
      let builder = TotalBuilder(
        form: form, depth: schema.depth, leadingColumn: groups.columns.first,
        groupingColumns: Set(groups.columns.dropFirst()))
      do throws(QueryError) {
        let (demand, cost) = try measure(builder)
        fitting.append((builder, demand, cost))
      } catch {
        // The distributed form has the least depth, so its error is the one to tell.
        failure = error
      }
    }
    guard let best = fitting.min(by: { $0.cost < $1.cost }) else {
      if let failure { throw failure }
      return
    }
    builder = best.builder
    demand = best.demand
  }

  /// What all totals of all groups need, and how many different multiplications the first groups
  /// make in each chunk.
  private func measure(
    _ builder: TotalBuilder
  ) throws(QueryError) -> (demand: PlanDemand, cost: Int) {
    var demand = PlanDemand()
    var products: Set<IndicatorExpression> = []
    if groupColumns.contains(where: \.isClear) { demand.masks = 1 }
    for (index, group) in groups.groups.enumerated() {
      for total in list.totals where total.isLattice {
        let expression = try builder.expression(
          of: group.cases, total: total, limb: 0, countConditions: list.countConditions,
          clearPredicates: clearPredicates)
        demand.include(expression)
        guard index < PlanDraft.sampleSize else { continue }
        for case .product(let left, let right) in expression.terms.map(\.operands) {
          IndicatorExpression.product([left, right]).collectProducts(into: &products)
        }
      }
    }
    return (demand, products.count)
  }

  var plan: Plan {
    let canonicalText = query.canonicalText
    return Plan(
      canonicalText: canonicalText, query: query, groupColumns: groupColumns,
      hiddenGroups: groups.groups, totals: list.totals, cells: list.cells,
      recordCountTotal: list.recordCountTotal, clearPredicates: clearPredicates,
      paillierFilter: paillierFilter, depth: schema.depth, demand: demand,
      digest: PlanDigest.of(
        canonicalText: canonicalText, schema: schema, groups: groups.groups, list: list,
        clearPredicates: clearPredicates, paillierFilter: paillierFilter),
      builder: builder, countConditions: list.countConditions)
  }
}

extension PlanDemand {
  /// Raises the demand to what one more total needs.
  mutating func include(_ expression: TotalExpression) {
    var products = 0
    for term in expression.terms {
      depth = max(depth, term.depth)
      factors = max(factors, term.factorCount)
      if term.mask != .everything { masks = 1 }
      if case .product = term.operands { products += 1 }
      for factor in term.factors { columnWeight = max(columnWeight, factor.largestColumnWeight) }
    }
    self.products = max(self.products, products)
  }
}

extension IndicatorExpression {
  fileprivate var largestColumnWeight: Int64 {
    switch self {
    case .linear(let form): form.weightSum
    case .product(let factors): factors.map(\.largestColumnWeight).max() ?? 0
    case .sum(let terms): terms.map(\.expression.largestColumnWeight).max() ?? 0
    }
  }

  fileprivate func collectProducts(into products: inout Set<IndicatorExpression>) {
    switch self {
    case .linear: return
    case .sum(let terms):
      for term in terms { term.expression.collectProducts(into: &products) }
    case .product(let factors):
      guard products.insert(self).inserted else { return }
      for factor in factors { factor.collectProducts(into: &products) }
    }
  }
}
