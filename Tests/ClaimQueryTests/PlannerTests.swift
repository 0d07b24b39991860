import ClaimQuery
import ClaimSchema
import Testing

/// Plans against a direct evaluation of the same predicates on plain records.
@Suite struct PlannerTests {
  private func select(_ values: [SelectValue]) -> [SelectItem] {
    values.map { SelectItem(value: $0, label: "c") }
  }

  private func reference(_ name: String) -> ColumnReference {
    ColumnReference(name: name, position: 0)
  }

  private var everything: [SelectItem] {
    select([
      .countRecords, .aggregate(.sum, reference("n")), .aggregate(.sum, reference("m")),
      .aggregate(.sum, reference("v")), .aggregate(.avg, reference("w")),
      .aggregate(.count, reference("x")), .aggregate(.count, reference("t")),
      .aggregate(.count, reference("y")),
    ])
  }

  /// What the total is, by its definition.
  private func truth(_ total: TotalSpecification, _ records: [[String: PlainCell]]) -> Int64 {
    switch total {
    case .latticeRecordCount, .paillierRecordCount: return Int64(records.count)
    case .latticeCount(let column), .paillierCount(let column), .paillierClearCount(let column):
      return Int64(records.filter { $0[column] != .null }.count)
    case .latticeSum(let column), .paillierSum(let column):
      return records.reduce(0) { sum, record in
        if case .number(let number)? = record[column] { sum + number } else { sum }
      }
    }
  }

  private struct Outcome {
    var planned = 0
    var refused = 0
  }

  /// Plans random queries and compares every total of every group.
  private func compare(
    depth: Int, seeds: Range<UInt64>, groupBy: [[String]], predicateDepth: Int
  ) throws -> Outcome {
    let schema = try PlannerFixture.schema(depth: depth)
    let planner = Planner(schema: schema)
    var outcome = Outcome()
    for seed in seeds {
      var generator = PredicateGenerator(random: PlannerRandom(seed: seed), schema: schema)
      let predicate = generator.predicate(depth: predicateDepth)
      let table = PlainTable(schema, slots: 40, &generator.random)
      let keys = generator.random.pick(groupBy)
      let query = Query(
        select: everything, table: "claims", predicate: predicate,
        groupBy: keys.map(reference), orderBy: [])
      switch Result(catching: { () throws(QueryError) in try planner.plan(query) }) {
      case .success(let plan):
        outcome.planned += 1
        try check(plan, table, predicate, seed: seed)
      case .failure(.tooDeep(let factors, let available)):
        #expect(available == depth)
        #expect(factors > 1 << depth)
        try checkRemedy(query, factors: factors, seed: seed)
        outcome.refused += 1
      case .failure(.tooLarge): outcome.refused += 1
      case .failure(let error): throw error
      }
    }
    return outcome
  }

  /// The depth that a refusal tells must be enough.
  private func checkRemedy(_ query: Query, factors: Int, seed: UInt64) throws {
    var depth = 0
    while 1 << depth < factors { depth += 1 }
    let planner = Planner(schema: try PlannerFixture.schema(depth: depth))
    if case .failure(.tooDeep(let needed, _)) = Result(catching: { () throws(QueryError) in
      try planner.plan(query)
    }) {
      Issue.record("seed \(seed): told \(factors) factors, needs \(needed)")
    }
  }

  private func check(
    _ plan: Plan, _ table: PlainTable, _ predicate: Predicate, seed: UInt64
  ) throws {
    let records = table.slots.compactMap { $0 }.filter {
      PlainTruth(schema: table.schema, record: $0).value(predicate) == true
    }
    var evaluator = try SlotEvaluator(plan, table)
    var counted: Int64 = 0
    let clearColumn = plan.groupColumns.first(where: \.isClear)?.column.name
    let clearKeys =
      clearColumn.map { name in Array(Set(table.slots.compactMap { $0?[name] })) } ?? [.null]
    for group in plan.hiddenGroups.indices {
      for clearKey in clearKeys {
        let isInClearGroup = { (record: [String: PlainCell]) in
          clearColumn.map { record[$0] == clearKey } ?? true
        }
        let members = records.filter { record in
          isInClearGroup(record) && isMember(record, plan, group)
        }
        for (index, total) in plan.totals.enumerated() where total.isLattice {
          let value = try evaluator.total(index, group: group, where: isInClearGroup)
          #expect(value == truth(total, members), "seed \(seed): \(total) of \(group)")
          if index == plan.recordCountTotal { counted += value }
        }
      }
    }
    #expect(counted == Int64(records.count), "seed \(seed): a record is in no group")
    #expect(evaluator.deepest <= plan.depth, "seed \(seed)")
    #expect(plan.demand.depth <= plan.depth && plan.demand.depth <= evaluator.deepest)
  }

  /// Whether the record has the group's hidden keys.
  private func isMember(_ record: [String: PlainCell], _ plan: Plan, _ group: Int) -> Bool {
    let hidden = plan.groupColumns.filter { !$0.isClear }.map(\.column)
    return zip(hidden, plan.hiddenGroups[group].keys).allSatisfy { column, key in
      switch record[column.name] {
      case .null?: return key == nil
      case .text(let text)?: return key == text
      case .number(let number)?:
        guard column.name == "m" else { return key == String(number) }
        let bands: [(String, Range<Int64>)] = [
          ("[-100.00,0.00)", -10000..<0), ("[0.00,0.01)", 0..<1), ("[0.01,50.00)", 1..<5000),
          ("[50.00,100.00]", 5000..<10001),
        ]
        return bands.contains { $0.0 == key && $0.1.contains(number) }
      case nil: return false
      }
    }
  }

  @Test func everyTotalIsTheTruthWhereDepthAbounds() throws {
    let outcome = try compare(depth: 5, seeds: 0..<1500, groupBy: [[]], predicateDepth: 3)
    #expect(outcome.refused == 0)
  }

  @Test func everyTotalOfEveryGroupIsTheTruth() throws {
    let outcome = try compare(
      depth: 4, seeds: 2000..<2400,
      groupBy: [
        ["x"], ["y", "x"], ["m"], ["t"], ["x", "t"], ["k", "m"], ["m", "y"], ["y", "y"],
      ],
      predicateDepth: 2)
    #expect(outcome.planned > 350)
  }

  @Test(arguments: 0...3) func everyTotalIsTheTruthWithinTheDepth(_ depth: Int) throws {
    let first = UInt64(depth) * 10_000 + 10_000
    let outcome = try compare(
      depth: depth, seeds: first..<(first + 600), groupBy: [[], ["y"]], predicateDepth: 2)
    #expect(outcome.planned > 20)
    #expect(depth == 3 || outcome.refused > 20)
  }
}
