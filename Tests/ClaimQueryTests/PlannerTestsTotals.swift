import ClaimQuery
import ClaimSchema
import Testing

/// Which totals and groups a query needs, and what the digest covers.
@Suite struct PlannerTestsTotals {
  private typealias Q = PlannerQuery

  private func plan(_ query: Query, depth: Int = 3) throws -> Plan {
    try Planner(schema: PlannerFixture.schema(depth: depth)).plan(query)
  }

  private func lattice(
    _ measure: TotalSpecification.Measure, slice: Int = 0
  ) -> TotalSpecification {
    TotalSpecification(engine: .lattice, measure: measure, slice: slice)
  }

  private func paillier(
    _ measure: TotalSpecification.Measure, slice: Int = 0
  ) -> TotalSpecification {
    TotalSpecification(engine: .paillier, measure: measure, slice: slice)
  }

  private func presence(_ column: String, _ schema: Schema) throws -> Condition {
    let column = try #require(schema.column(named: column))
    return .encrypted(ColumnSet(HiddenColumn(column), .all))
  }

  @Test func contributorsAreCountedSilentlyAndOnce() throws {
    let aggregates = [
      Q.aggregate(.sum, "m"), Q.aggregate(.avg, "m"), Q.aggregate(.count, "m"),
      Q.aggregate(.sum, "w"), Q.aggregate(.count, "t"),
    ]
    let schema = try PlannerFixture.schema(depth: 3)
    let plan = try plan(Q.make(aggregates, by: ["y"]))
    #expect(
      plan.totals == [
        lattice(.records), lattice(.records, slice: 1), lattice(.value(.column("m"))),
        lattice(.value(.column("w"))), lattice(.value(.product("w", "w"))),
        lattice(.records, slice: 2),
      ])
    #expect(
      plan.slices == [
        .constant(true), try presence("m", schema), .clear(.not(.isNull(Q.reference("t")))),
      ])
    #expect(plan.recordCountTotal == 0)
    #expect(plan.aggregates.map(\.aggregate) == aggregates)
    #expect(plan.aggregates.map(\.values) == [[1], [1], [1], [0], [5]])
    #expect(plan.aggregates.map(\.contributors) == [[1], [1], [1], [0], [5]])
    // Only w is never negative.
    #expect(
      plan.aggregates.map { $0.silentSquares?.terms.map(\.total) } == [nil, nil, nil, [4], nil])
    #expect(plan.aggregates.map { $0.linearTotals.count } == [1, 1, 0, 1, 0])
    let sums = plan.aggregates.flatMap(\.linearTotals)
    #expect(sums.map { $0.terms.map(\.total) } == [[2], [2], [3]])
    #expect(sums.map { $0.terms.map(\.counted) } == [[1], [1], [0]])
    #expect(sums.allSatisfy { $0.scale == 2 && !$0.isInteger })
    #expect(sums.flatMap(\.terms).allSatisfy { $0.coefficient == 1 && $0.isCountExact })
  }

  @Test func paillierColumnsAloneReadNoLattice() throws {
    let clear = Q.equals("t", "a")
    let query = Q.make([Q.aggregate(.sum, "p"), Q.aggregate(.avg, "q")], where: clear, by: ["t"])
    let plan = try plan(query)
    #expect(
      plan.totals == [
        paillier(.records), paillier(.present(column: "p")), paillier(.value(.column("p"))),
        paillier(.value(.column("q"))),
      ])
    #expect(plan.paillierFilter == clear)
    #expect(plan.hiddenGroups.map(\.keys) == [[]])
    #expect(try plan.expression(group: 0, total: 1).terms.isEmpty)
    #expect(plan.aggregates.map(\.contributors) == [[1], [0]])
  }

  @Test func bothEnginesInOneQuery() throws {
    let clear = Q.equals("t", "a")
    let plan = try plan(
      Q.make([.countRecords, Q.aggregate(.sum, "p"), Q.aggregate(.sum, "w")], where: clear))
    #expect(plan.totals.first == lattice(.records))
    #expect(plan.totals.contains(paillier(.value(.column("p")))))
    #expect(plan.paillierFilter == clear)
    #expect(plan.clearPredicates == [clear])
  }

  @Test func schemasWithoutEncryptedColumnsCountWithPaillier() throws {
    let schema = Schema(
      table: "claims", capacity: 10, depth: 0, disclosure: DisclosureSettings(),
      columns: [
        PlannerFixture.column("t", .text, .clear, []),
        PlannerFixture.column("p", .integer(range: 0...9, bands: nil), .paillier, [.sum]),
      ])
    let plan = try Planner(schema: schema).plan(
      Q.make([.countRecords, Q.aggregate(.count, "t")], where: .constant(nil)))
    #expect(plan.totals == [paillier(.records), paillier(.records, slice: 1)])
    #expect(plan.slices.last == .clear(.not(.isNull(Q.reference("t")))))
    #expect(plan.paillierFilter == .constant(false))
  }

  @Test func hiddenGroupsComeInKeyOrder() throws {
    #expect(
      try plan(Q.make(by: ["y", "x"]), depth: 3).hiddenGroups.map(\.keys) == [
        ["0", "a"], ["0", "b"], ["0", "c"], ["0", nil], ["1", "a"], ["1", "b"], ["1", "c"],
        ["1", nil],
      ])
    #expect(
      try plan(Q.make(by: ["m"])).hiddenGroups.map(\.keys) == [
        ["[-100.00,0.00)"], ["[0.00,0.01)"], ["[0.01,50.00)"], ["[50.00,100.00]"], [nil],
      ])
    // The server sees these keys; the executor lists them.
    #expect(try plan(Q.make(by: ["t"])).hiddenGroups.map(\.keys) == [[]])
  }

  @Test func groupsThatWhereExcludesAreDropped() throws {
    let some = Predicate.isIn(Q.reference("x"), [Q.text("c"), Q.text("a"), Q.text("z")])
    #expect(try plan(Q.make(where: some, by: ["x"])).hiddenGroups.map(\.keys) == [["a"], ["c"]])
    let null = Predicate.isNull(Q.reference("x"))
    #expect(try plan(Q.make(where: null, by: ["x"])).hiddenGroups.map(\.keys) == [[nil]])
    #expect(try plan(Q.make(where: .constant(nil), by: ["x"])).hiddenGroups.isEmpty)
    // Without GROUP BY there is always a row.
    let nothing = try plan(Q.make(where: .constant(false)))
    #expect(nothing.hiddenGroups.map(\.keys) == [[]])
    #expect(try nothing.expression(group: 0, total: 0).terms.isEmpty)
  }

  @Test func listsInWhereAreKeys() throws {
    let codes = Predicate.and([
      Q.equals("y", "1"),
      .isIn(
        Q.reference("c"),
        [Q.text("B1"), Q.text("B"), Q.text("a0"), Q.text("A0"), Q.text("B1")]),
    ])
    #expect(
      try plan(Q.make(where: codes, by: ["c"])).hiddenGroups.map(\.keys)
        == [["A0"], ["B"], ["B1"]])
    let days = Predicate.isIn(
      Q.reference("d"), [Q.text("20090214"), Q.text("2009-01-31"), Q.text("2010-01-01")])
    #expect(
      try plan(Q.make(where: days, by: ["d"])).hiddenGroups.map(\.keys)
        == [["2009-01-31"], ["2009-02-14"]])
  }

  @Test func digestsCoverTheMeaning() throws {
    func digest(_ query: Query, depth: Int = 3) throws -> String {
      try plan(query, depth: depth).digest.hexadecimal
    }
    let queries = [
      Q.make(), Q.make(by: ["x"]), Q.make(by: ["y"]), Q.make(where: Q.equals("x", "a")),
      Q.make(where: Q.equals("x", "b")), Q.make(where: Q.equals("t", "b")),
      Q.make(where: .not(Q.equals("t", "b"))), Q.make([Q.aggregate(.sum, "w")]),
      Q.make([Q.aggregate(.avg, "w")]), Q.make([Q.aggregate(.count, "m")]),
      Q.make([Q.aggregate(.sum, "p")]),
    ]
    let digests = try queries.map { try digest($0) }
    #expect(Set(digests).count == queries.count)
    #expect(try queries.map { try digest($0) } == digests)
    #expect(try digest(queries[0], depth: 2) != digests[0])
    // The same text written with other blanks.
    let moved = Q.make(where: .comparison(Q.reference("x", at: 90), .equal, Q.text("a", at: 99)))
    #expect(try digest(moved) == digests[3])
  }

  @Test func explanationsSayWhatIsReadAndLearned() throws {
    let query = Q.make(
      [Q.aggregate(.avg, "m")], where: .and([Q.equals("t", "a"), Q.equals("y", "1")]), by: ["x"])
    let schema = try PlannerFixture.schema(depth: 3)
    let explanation = try PlanExplanation(
      plan(query), schema: schema, limbCount: { $0 == .column("m") ? 2 : 1 })
    #expect(
      explanation.totals.map(\.description) == ["records", "records, condition 1", "sum of m"])
    #expect(explanation.totals.map(\.isSilent) == [true, true, false])
    #expect(explanation.totals.allSatisfy { $0.engine == .lattice })
    #expect(explanation.clearColumns == ["t"])
    #expect(explanation.hiddenFilterColumns == ["m", "x", "y"])
    #expect(explanation.hiddenGroupCount == 4)
    #expect(!explanation.readsPaillierRecords)
    #expect(
      explanation.columnsRead.filter { $0.storageKey.hasPrefix("m/") } == [
        .present(column: "m"), .value(.column("m"), limb: 0), .value(.column("m"), limb: 1),
      ])
    let figures = PlanExplanation.TableFigures(
      tables: ["claims.cryptally"], records: 7, chunks: 1, bytesRead: 4096)
    let text = explanation.text(figures: figures)
    for line in [
      "  records (lattice, added silently)", "  sum of m (lattice)",
      "  by x, hidden: 4 groups, empty ones included",
      "  depth 2 of 3: products of up to 3 factors, 8 admitted",
      "  7 records in 1 chunk, 4096 bytes read",
    ] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
    #expect(!explanation.text().contains("bytes read"))
    #expect(text.contains("the clear cells of t"))
  }
}
