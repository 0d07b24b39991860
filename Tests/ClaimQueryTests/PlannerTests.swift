import ClaimQuery
import ClaimSchema
import Testing
import _TestSupport

/// Plans against a direct evaluation of the same queries on plain records.
@Suite struct PlannerTests {
  private typealias Q = PlannerQuery

  private struct Outcome {
    var planned = 0
    var refused = 0
  }

  private struct Case: CustomStringConvertible {
    let query: Query
    let table: PlainTable

    var description: String {
      let records = table.slots.map { record in
        record.map { "\($0.sorted { $0.key < $1.key })" } ?? "empty"
      }
      return "\(query.canonicalText) over \(records)"
    }
  }

  /// Plans queries, and compares every total, group and aggregate.
  private func compare(
    depth: Int, hasIndexes: Bool = false, runs: Int,
    _ query: @escaping (inout PlannerQueryGenerator) -> Query
  ) throws -> Outcome {
    let schema = try PlannerFixture.schema(depth: depth, hasIndexes: hasIndexes)
    let planner = Planner(schema: schema)
    var outcome = Outcome()
    var queries: [String: Query] = [:]
    try Property("a plan computes what its query means", runs: runs) { choices in
      var generator = PlannerQueryGenerator(PredicateGenerator(random: choices, schema: schema))
      defer { choices = generator.predicates.random }
      let query = query(&generator)
      return Case(
        query: query, table: PlainTable(schema, slots: 40, &generator.predicates.random))
    } holds: { made in
      let query = made.query
      switch Result(catching: { () throws(QueryError) in try planner.plan(query) }) {
      case .success(let plan):
        outcome.planned += 1
        var check = try PlanCheck(plan, of: query, made.table)
        try check.run()
        try hold(try planner.plan(query) == plan, "planned twice, there are two plans")
        let known = queries.updateValue(query, forKey: plan.digest.hexadecimal)
        try hold(known == nil || known == query, "one digest for two queries")
      case .failure(.tooDeep(let factors, let available)):
        try agree(available, depth, "the depth")
        try hold(factors > 1 << depth, "\(factors) factors are not too many")
        try checkRemedy(query, hasIndexes: hasIndexes, factors: factors)
        outcome.refused += 1
      case .failure(.tooLarge): outcome.refused += 1
      case .failure(let error): throw error
      }
    }.check()
    return outcome
  }

  /// The depth that a refusal tells must be enough.
  private func checkRemedy(_ query: Query, hasIndexes: Bool, factors: Int) throws {
    var depth = 0
    while 1 << depth < factors { depth += 1 }
    let planner = Planner(
      schema: try PlannerFixture.schema(depth: depth, hasIndexes: hasIndexes))
    if case .failure(.tooDeep(let needed, _)) = Result(catching: { () throws(QueryError) in
      try planner.plan(query)
    }) {
      throw BrokenLaw("told \(factors) factors, needs \(needed)")
    }
  }

  /// A count and a sum of each kind of column.
  private func everything(
    where predicate: Predicate, by keys: [String] = []
  ) -> Query {
    let sums = ["n", "m", "v"].map { Q.aggregate(.sum, $0) }
    let counts = ["x", "t", "y"].map { Q.aggregate(.count, $0) }
    return Q.make(
      [.countRecords] + sums + [Q.aggregate(.avg, "w")] + counts, where: predicate, by: keys)
  }

  @Test(arguments: [false, true])
  func everyConditionIsTheTruthWhereDepthAbounds(hasIndexes: Bool) throws {
    let outcome = try compare(depth: 5, hasIndexes: hasIndexes, runs: 800) {
      everything(where: $0.predicates.predicate(depth: 3))
    }
    #expect(outcome.refused == 0)
  }

  @Test(arguments: [false, true])
  func everyTotalOfEveryGroupIsTheTruth(hasIndexes: Bool) throws {
    let groups = [
      ["x"], ["y", "x"], ["m"], ["t"], ["x", "t"], ["k", "m"], ["m", "y"], ["y", "y"],
      ["b", "x", "m"], ["t", "x", "k"],
    ]
    let outcome = try compare(depth: 4, hasIndexes: hasIndexes, runs: 250) {
      everything(
        where: $0.predicates.predicate(depth: 2), by: $0.predicates.random.element(of: groups))
    }
    #expect(outcome.planned > 200)
  }

  @Test(arguments: 0...3, [false, true])
  func everyTotalIsTheTruthWithinTheDepth(_ depth: Int, hasIndexes: Bool) throws {
    let outcome = try compare(
      depth: depth, hasIndexes: hasIndexes, runs: 300
    ) {
      everything(
        where: $0.predicates.predicate(depth: 2), by: $0.predicates.random.element(of: [[], ["y"]]))
    }
    #expect(outcome.planned > 10)
    #expect(depth == 3 || outcome.refused > 10)
  }

  @Test(arguments: [false, true])
  func everyAggregateIsTheTruth(hasIndexes: Bool) throws {
    let outcome = try compare(depth: 5, hasIndexes: hasIndexes, runs: 400) {
      $0.query(aggregates: 1...4, keys: 0, depth: 1)
    }
    #expect(outcome.planned > 350)
  }

  @Test(arguments: 1...3, [false, true])
  func everyAggregateOfEveryGroupIsTheTruth(keys: Int, hasIndexes: Bool) throws {
    let outcome = try compare(
      depth: 5, hasIndexes: hasIndexes, runs: 150
    ) {
      $0.query(aggregates: 1...2, keys: keys, depth: 1)
    }
    #expect(outcome.planned > 100)
  }

  /// Paillier totals are compared by what the plan says that they are over.
  @Test func everyPaillierAggregateIsTheTruth() throws {
    let outcome = try compare(depth: 0, runs: 300) { generator in
      generator.predicates.columns = ["t", "k", "a", "e"]
      let generated = generator.query(aggregates: 1...1, keys: 0, depth: 2)
      let filter = generator.predicates.predicate(depth: 1)
      let condition = generator.predicates.predicate(depth: 1)
      let columns = ["p", "q"].map { Q.column($0) }
      let aggregates = [
        Aggregate(.sum, of: [columns[0]], filter: filter), Aggregate(.avg, of: [columns[1]]),
        Aggregate(.count, of: [columns[0]]), Aggregate(.count, of: [columns[1]], filter: filter),
        Aggregate(.sum, of: [Q.when(condition, columns[0], otherwise: Q.constant("0"))]),
        Aggregate(
          .avg, of: [.arithmetic(.subtract, Q.when(condition, columns[1]), Q.constant("1.5"))]),
      ]
      let chosen = aggregates.filter { _ in generator.predicates.random.chance(50) }
      let keys = generator.predicates.random.element(of: [[], ["t"], ["k", "a"]])
      return Q.make(
        chosen.isEmpty ? [aggregates[0]] : chosen, where: generated.predicate, by: keys)
    }
    #expect(outcome.refused == 0)
  }
}
