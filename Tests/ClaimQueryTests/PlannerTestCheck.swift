import BigInteger
import ClaimKeys
import ClaimQuery
import ClaimSchema
import Testing

/// Holds everything that a plan says of a plain table against the truth.
struct PlanCheck {
  let plan: Plan
  let table: PlainTable
  private let seed: UInt64
  private let query: Query
  /// The records that meet WHERE, by their keys.
  private let groups: [[String?]: [PlainTruth]]
  private var opened: [OpenedGroup] = []
  private var evaluator: SlotEvaluator

  init(_ plan: Plan, of query: Query, _ table: PlainTable, seed: UInt64) throws {
    self.plan = plan
    self.query = query
    self.table = table
    self.seed = seed
    let selected = table.slots.compactMap { $0 }
      .map { PlainTruth(schema: table.schema, record: $0) }
      .filter { record in query.predicate.map { record.value($0) == true } ?? true }
    groups = Dictionary(grouping: selected) { record in query.groupBy.map(record.key) }
    evaluator = try SlotEvaluator(plan, table)
  }

  mutating func run() throws {
    try openGroups()
    checkGroups()
    try checkAnswer()
    #expect(evaluator.deepest <= plan.depth, "seed \(seed)")
    #expect(plan.demand.depth <= evaluator.deepest, "seed \(seed)")
    #expect(plan.demand.products == evaluator.products, "seed \(seed)")
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
          #expect(value == truth, "seed \(seed): \(total) of \(all)")
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
  private func checkGroups() {
    #expect(
      Set(opened.map(\.keys)).count == opened.count, "seed \(seed): a group stands twice")
    #expect(
      Set(groups.keys).isSubset(of: opened.map(\.keys)), "seed \(seed): a group is missing")
    for group in opened {
      let records = groups[group.keys] ?? []
      #expect(
        group.totals[plan.recordCountTotal] == BigInteger(records.count),
        "seed \(seed): records of \(group.keys)")
      for specification in plan.aggregates {
        let truth = PlainAggregate(specification.aggregate, over: records)
        func sum(_ totals: [Int]) -> BigInteger {
          totals.reduce(BigInteger()) { $0 + group.totals[$1] }
        }
        let place: Comment = "seed \(seed): \(specification.aggregate) of \(group.keys)"
        #expect(sum(specification.values) == BigInteger(truth.values), place)
        #expect(sum(specification.contributors) == BigInteger(truth.contributors), place)
        for term in specification.linearTotals.flatMap(\.terms) {
          #expect(isPossible(term, group), place)
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
    let answer: Answer
    do {
      answer = try policy.release(plan: plan, groups: opened)
    } catch {
      Issue.record("seed \(seed): \(error)")
      return
    }
    let keyCount = query.groupBy.count
    let expected = keyCount == 0 ? [[]] : Array(groups.keys)
    #expect(
      Set(answer.rows.map { $0.prefix(keyCount).map(\.text) }) == Set(expected)
        && answer.rows.count == expected.count, "seed \(seed): rows")
    for row in answer.rows {
      let records = groups[row.prefix(keyCount).map(\.text)] ?? []
      for (cell, specification) in zip(row.dropFirst(keyCount), plan.aggregates) {
        let truth = PlainAggregate(specification.aggregate, over: records)
        guard case .value(let value) = cell, truth.matches(value) else {
          Issue.record(
            "seed \(seed): \(specification.aggregate) is \(cell), not \(truth.value)")
          continue
        }
      }
    }
  }
}
