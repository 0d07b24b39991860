import BigInteger
import ClaimKeys
import ClaimQuery
import ClaimSchema
import _TestSupport

/// Holds everything that a plan says of a plain table against the truth; throws where it is not.
struct PlanCheck {
  let plan: Plan
  let table: PlainTable
  private let query: Query
  /// The records that meet WHERE, by their keys.
  private let groups: [[String?]: [PlainTruth]]
  private var opened: [OpenedGroup] = []
  private var evaluator: SlotEvaluator

  init(_ plan: Plan, of query: Query, _ table: PlainTable) throws {
    self.plan = plan
    self.query = query
    self.table = table
    let selected = table.slots.compactMap { $0 }
      .map { PlainTruth(schema: table.schema, record: $0) }
      .filter { record in query.predicate.map { record.value($0) == true } ?? true }
    groups = Dictionary(grouping: selected) { record in query.groupBy.map(record.key) }
    evaluator = try SlotEvaluator(plan, table)
  }

  mutating func run() throws {
    try openGroups()
    try checkGroups()
    try checkAnswer()
    try hold(evaluator.deepest <= plan.depth, "deeper than the plan's \(plan.depth)")
    try hold(plan.demand.depth <= evaluator.deepest, "less deep than its demand")
    try agree(evaluator.products, plan.demand.products, "the products of one total")
  }

  /// Computes all totals of all groups, and compares each with its definition.
  private mutating func openGroups() throws {
    let (schema, columns) = (table.schema, plan.groupColumns.filter(\.isClear))
    func clearKey(_ record: [String: PlainCell]) -> [String?] {
      let truth = PlainTruth(schema: schema, record: record)
      return columns.map { truth.key($0.expression) }
    }
    let clearKeys = Set(table.slots.compactMap { $0.map(clearKey) })
    for keys in clearKeys.isEmpty ? [[]] : Array(clearKeys) {
      for group in plan.hiddenGroups.indices {
        let all = allKeys(clear: keys, hidden: plan.hiddenGroups[group].keys)
        var totals: [BigInteger] = []
        for (index, total) in plan.totals.enumerated() {
          let truth = self.truth(of: total, in: groups[all] ?? [])
          var value = truth
          if total.isLattice {
            value = try evaluator.total(index, group: group, where: { clearKey($0) == keys })
          }
          try agree(value, truth, "\(total) of \(all)")
          totals.append(BigInteger(value))
        }
        opened.append(OpenedGroup(keys: all, totals: totals))
      }
    }
  }

  private func allKeys(clear: [String?], hidden: [String?]) -> [String?] {
    var (clear, hidden) = (clear[...], hidden[...])
    return plan.groupColumns.map { $0.isClear ? clear.removeFirst() : hidden.removeFirst() }
  }

  private func truth(of total: TotalSpecification, in records: [PlainTruth]) -> Int64 {
    let admitted = records.filter { table.holds(plan.slices[total.slice], $0) }
    func number(_ name: String, _ record: PlainTruth) -> Int64? {
      if case .number(let number)? = record.record[name] { number } else { nil }
    }
    return admitted.reduce(0) { sum, record in
      switch total.measure {
      case .records: return sum + 1
      case .present(let name): return sum + (record.record[name] == .null ? 0 : 1)
      case .value(.column(let name)): return sum + (number(name, record) ?? 0)
      case .value(.product(let a, let b)):
        guard let x = number(a, record), let y = number(b, record) else { return sum }
        return sum + x * y
      case .personBucket: return sum
      }
    }
  }

  /// Every record that WHERE selects is in one group, and the aggregates count what they tell about.
  private func checkGroups() throws {
    try hold(Set(opened.map(\.keys)).count == opened.count, "a group stands twice")
    try hold(Set(groups.keys).isSubset(of: opened.map(\.keys)), "a group is missing")
    for group in opened {
      let records = groups[group.keys] ?? []
      try agree(
        group.totals[plan.recordCountTotal], BigInteger(records.count),
        "the records of \(group.keys)")
      for specification in plan.aggregates {
        let truth = PlainAggregate(specification.aggregate, over: records)
        func sum(_ totals: [Int]) -> BigInteger {
          totals.reduce(BigInteger()) { $0 + group.totals[$1] }
        }
        let place = "\(specification.aggregate) of \(group.keys)"
        try agree(sum(specification.values), BigInteger(truth.values), "values of \(place)")
        try agree(
          sum(specification.contributors), BigInteger(truth.contributors),
          "contributors of \(place)")
        for term in specification.linearTotals.flatMap(\.terms) {
          try hold(isPossible(term, group), "\(term) of \(place) is impossible")
        }
      }
    }
  }

  /// Whether a total is within what its count of records and the columns' ranges admit.
  private func isPossible(_ term: LinearTotal.Term, _ group: OpenedGroup) -> Bool {
    let ranges = plan.totals[term.total].summedValue?.factors.map { name -> ClosedRange<Int64> in
      table.schema.column(named: name)?.numberRange ?? 0...0
    }
    guard let ranges else { return true }
    let ends =
      ranges.count == 1
      ? [ranges[0].lowerBound, ranges[0].upperBound]
      : [ranges[0].lowerBound, ranges[0].upperBound].flatMap { x in
        [x * ranges[1].lowerBound, x * ranges[1].upperBound]
      }
    // The others add nothing, where the count is of more records.
    let all = ends + (term.isCountExact ? [] : [0])
    let count = group.totals[term.counted]
    let (low, high) = (BigInteger(all.min() ?? 0), BigInteger(all.max() ?? 0))
    return count * low <= group.totals[term.total] && group.totals[term.total] <= count * high
  }

  /// The answer of a key that withholds nothing has the true groups and the true aggregates.
  private func checkAnswer() throws {
    let policy = DisclosurePolicy(settings: DisclosureSettings(minimumCohort: 1))
    let answer = try policy.release(plan: plan, groups: opened)
    let keyCount = query.groupBy.count
    let expected = keyCount == 0 ? [[]] : Array(groups.keys)
    try agree(
      Set(answer.rows.map { $0.prefix(keyCount).map(\.text) }), Set(expected), "the rows' keys")
    try agree(answer.rows.count, expected.count, "the number of rows")
    for row in answer.rows {
      let records = groups[row.prefix(keyCount).map(\.text)] ?? []
      for (cell, specification) in zip(row.dropFirst(keyCount), plan.aggregates) {
        let truth = PlainAggregate(specification.aggregate, over: records)
        guard case .value(let value) = cell, truth.matches(value) else {
          throw BrokenLaw("\(specification.aggregate) is \(cell), not \(truth.value)")
        }
      }
    }
  }
}
