import ClaimSchema

/// A plan whose totals are still to be written in one form or another.
struct PlanDraft {
  private let schema: Schema
  private let query: Query
  private let grouping: Grouping
  private let groups: [HiddenGroup]
  private let list: TotalList
  private let clearPredicates: [Predicate]
  private let paillierFilter: Predicate?
  private var builder: TotalBuilder?
  private var demand = PlanDemand()

  /// How many groups are written out to compare the forms' cost.
  private static let sampleSize = 16

  init(
    schema: Schema, query: Query, grouping: Grouping, groups: [HiddenGroup],
    list: TotalList, clearPredicates: [Predicate], paillierFilter: Predicate?
  ) {
    self.schema = schema
    self.query = query
    self.grouping = grouping
    self.groups = groups
    self.list = list
    self.clearPredicates = clearPredicates
    self.paillierFilter = paillierFilter
  }

  /// Writes all totals in the form that fits the depth with the fewest multiplications; the factored
  /// one when they are equal.
  mutating func chooseForm() throws(QueryError) {
    let factored = measured(.factored, groups: groups)
    if case .success(let measure) = factored {
      let sample = measured(.distributed, groups: groups.prefix(PlanDraft.sampleSize))
      guard case .success(let rival) = sample, rival.cost < measure.cost else {
        adopt(measure)
        return
      }
    }
    switch (measured(.distributed, groups: groups), factored) {
    case (.success(let measure), _), (.failure, .success(let measure)): adopt(measure)
    // The distributed form has the least depth, so its error is the one to tell.
    case (.failure(let error), .failure): throw error
    }
  }

  private mutating func adopt(_ measure: Measure) {
    builder = measure.builder
    demand = measure.demand
    demand.multiplications = measure.cost
  }

  private struct Measure {
    let builder: TotalBuilder
    var demand = PlanDemand()
    /// The different multiplications that the first groups make in each chunk.
    var cost = 0
  }

  /// What all totals of the groups need in the given form.
  private func measured(
    _ form: PlanForm, groups measuredGroups: some Collection<HiddenGroup>
  ) -> Result<Measure, QueryError> {
    let columns = grouping.hiddenColumns
    let builder = TotalBuilder(
      form: form, depth: schema.depth, leadingColumn: columns.first,
      groupingColumns: Set(columns.dropFirst()), indexes: schema.indexes)
    return Result { () throws(QueryError) in try measure(builder, measuredGroups) }
  }

  private func measure(
    _ builder: TotalBuilder, _ measuredGroups: some Collection<HiddenGroup>
  ) throws(QueryError) -> Measure {
    var measure = Measure(builder: builder)
    var products: Set<IndicatorExpression> = []
    if grouping.columns.contains(where: \.isClear) { measure.demand.masks = 1 }
    var tooMany = 0
    for (index, group) in measuredGroups.enumerated() {
      for total in list.totals where total.isLattice {
        let expression: TotalExpression
        do throws(QueryError) {
          expression = try builder.expression(of: group, total: total, limb: 0)
        } catch {
          // The longest product of all totals decides what depth would do.
          guard case .tooDeep(let factors, _) = error else { throw error }
          tooMany = max(tooMany, factors)
          continue
        }
        measure.demand.include(expression)
        guard index < PlanDraft.sampleSize else { continue }
        for case .product(let left, let right) in expression.terms.map(\.operands) {
          IndicatorExpression.product([left, right]).collectProducts(into: &products)
        }
      }
    }
    if tooMany > 0 { throw .tooDeep(factors: tooMany, depth: schema.depth) }
    measure.cost = products.count
    return measure
  }

  var plan: Plan {
    let canonicalText = query.canonicalText
    return Plan(
      canonicalText: canonicalText, query: query, groupColumns: grouping.columns,
      hiddenGroups: groups, totals: list.totals, aggregates: list.aggregates,
      recordCountTotal: list.recordCountTotal, clearPredicates: clearPredicates,
      paillierFilter: paillierFilter, depth: schema.depth, demand: demand,
      digest: PlanDigest.of(
        canonicalText: canonicalText, schema: schema, groups: groups, list: list,
        clearPredicates: clearPredicates, paillierFilter: paillierFilter),
      builder: builder, slices: list.slices)
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

  /// Adds the products in it, those inside of others included.
  package func collectProducts(into products: inout Set<IndicatorExpression>) {
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
