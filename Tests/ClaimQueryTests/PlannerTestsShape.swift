import ClaimQuery
import ClaimSchema
import Testing

/// The form in which totals are written: what they cost and what they share.
@Suite struct PlannerTestsShape {
  private typealias Q = PlannerQuery

  private func plan(
    _ query: Query, depth: Int = 3, hasIndexes: Bool = false
  ) throws -> Plan {
    try Planner(schema: PlannerFixture.schema(depth: depth, hasIndexes: hasIndexes)).plan(query)
  }

  private func linear(_ column: LatticeColumn, _ weight: Int64 = 1) -> LinearForm.Term {
    LinearForm.Term(column: column, weight: weight)
  }

  private func indicator(_ column: String, _ value: Int, digit: Int = 0) -> LatticeColumn {
    .indicator(column: column, digit: digit, value: value)
  }

  /// The only linear term of a count.
  private func countForm(_ predicate: Predicate?) throws -> [LinearForm.Term]? {
    let plan = try plan(Q.make(where: predicate))
    let terms = try plan.expression(group: 0, total: plan.recordCountTotal).terms
    guard let term = terms.first, terms.count == 1, case .linear(let form) = term.operands else {
      return nil
    }
    #expect(term.mask == .everything && term.weight == 1)
    return form.terms
  }

  @Test func countsWithoutProducts() throws {
    #expect(try countForm(nil) == [linear(.occupied)])
    #expect(try countForm(Q.equals("y", "1")) == [linear(indicator("y", 1))])
    // More than half of the values: what is left of all.
    #expect(
      try countForm(.not(Q.equals("x", "b")))
        == [linear(.present(column: "x")), linear(indicator("x", 0), -1)])
    #expect(
      try countForm(.isNull(Q.reference("v")))
        == [linear(.occupied), linear(.present(column: "v"), -1)])
    #expect(
      try countForm(.or([.isNull(Q.reference("x")), Q.equals("x", "a")]))
        == [
          linear(.occupied), linear(.present(column: "x"), -1), linear(indicator("x", 1)),
        ])
    // Both a constant that no value equals, and two values at once.
    #expect(try countForm(Q.equals("x", "z")) == nil)
    #expect(try countForm(.and([Q.equals("x", "a"), Q.equals("x", "b")])) == nil)
    #expect(try countForm(.or([Q.equals("y", "0"), Q.equals("y", "1")])) == [linear(.occupied)])
  }

  @Test func columnsOfOneAndMeetInOneFactor() throws {
    let predicate = Predicate.and([
      .comparison(Q.reference("m"), .greaterOrEqual, Q.number("0")),
      .or([Q.equals("y", "1"), .comparison(Q.reference("m"), .greaterOrEqual, Q.number("50"))]),
      .comparison(Q.reference("m"), .less, Q.number("50")),
    ])
    let plan = try plan(Q.make(where: predicate))
    #expect(plan.demand.factors == 2)
    #expect(plan.demand.depth == 1)
    #expect(plan.demand.products == 1)
  }

  @Test func depthCountsTheSummedValue() throws {
    let sum = [Q.aggregate(.sum, "w")]
    let code = Q.equals("c", "A0")
    #expect(try plan(Q.make(sum), depth: 0).demand.depth == 0)
    #expect(try plan(Q.make(where: code), depth: 1).demand.depth == 1)
    let plan = try plan(Q.make(sum, where: code), depth: 2)
    #expect(plan.demand.depth == 2)
    #expect(plan.demand.factors == 3)
  }

  @Test func distributesWhereTheFactoredFormIsTooDeep() throws {
    let letters = [Character]("ABCDEFGH")
    let schema = Schema(
      table: "claims", capacity: 10, depth: 3, disclosure: DisclosureSettings(),
      columns: [
        PlannerFixture.column(
          "c", .code(alphabets: Array(repeating: letters, count: 5)), .encrypted, [.filter]),
        PlannerFixture.column("w", .integer(range: 0...9, bands: nil), .encrypted, [.sum]),
      ])
    let range = Predicate.comparison(Q.reference("c"), .less, Q.text("CDEFD"))
    let query = Q.make([Q.aggregate(.sum, "w")], where: range)
    let plan = try Planner(schema: schema).plan(query)
    #expect(plan.builder?.form == .distributed)
    #expect(plan.demand.factors == 6)
    #expect(plan.demand.depth == 3)
  }

  @Test func clearConditionsAreMasksOverCases() throws {
    let clear = Q.equals("t", "a")
    let either = Predicate.or([clear, Q.equals("x", "a")])
    let plan = try plan(Q.make(where: either))
    #expect(plan.clearPredicates == [clear])
    let terms = try plan.expression(group: 0, total: plan.recordCountTotal).terms
    #expect(
      terms == [
        TotalTerm(
          weight: 1, mask: ClearMask(required: [0]), operands: .linear(LinearForm(.occupied))),
        TotalTerm(
          weight: 1, mask: ClearMask(excluded: [0]),
          operands: .linear(LinearForm(indicator("x", 1)))),
      ])
    #expect(plan.demand.masks == 1)
    #expect(plan.demand.depth == 0)
  }

  @Test func clearEqualitiesExcludeEachOther() throws {
    let alternatives = (0..<20).map { index in
      Predicate.and([
        Q.equals("t", "site \(index)"),
        .comparison(Q.reference("n"), .less, Q.number(String(index + 1))),
      ])
    }
    let plan = try plan(Q.make(where: .or(alternatives)))
    #expect(plan.hiddenGroups.first?.cases.first?.count == 20)
  }

  @Test func groupsShareTheRightOperand() throws {
    let sum = [Q.aggregate(.sum, "w"), .countRecords]
    let plan = try plan(Q.make(sum, where: Q.equals("y", "1"), by: ["x"]))
    #expect(plan.hiddenGroups.map(\.keys) == [["a"], ["b"], ["c"], [nil]])
    var right: Set<IndicatorExpression> = []
    let total = try #require(plan.totals.firstIndex { $0.summedValue == .column("w") })
    for group in plan.hiddenGroups.indices {
      let terms = try plan.expression(group: group, total: total).terms
      #expect(terms.count == 1)
      guard case .product(_, let operand)? = terms.first?.operands else {
        Issue.record("no product")
        return
      }
      right.insert(operand)
    }
    #expect(right.count == 1)
  }

  @Test func limbsDifferOnlyInTheValue() throws {
    let sum = [Q.aggregate(.sum, "w")]
    let plan = try plan(Q.make(sum, where: Q.equals("y", "1")))
    let total = try #require(plan.totals.firstIndex { $0.summedValue == .column("w") })
    let terms = try plan.expression(group: 0, total: total, limb: 2).terms
    #expect(
      terms == [
        TotalTerm(
          weight: 1, mask: .everything,
          operands: .product(
            .linear(LinearForm(indicator("y", 1))),
            .linear(LinearForm(.value(.column("w"), limb: 2)))))
      ])
  }

  @Test func balancedProductsHaveTheLeastDepth() throws {
    let factor = IndicatorExpression.linear(LinearForm(.occupied))
    for count in 1...33 {
      let product = try #require(
        IndicatorExpression.balanced(Array(repeating: factor, count: count)))
      var least = 0
      while 1 << least < count { least += 1 }
      #expect(product.depth == least)
      #expect(product.factorCount == count)
    }
    let sum = IndicatorExpression.sum([.init(weight: 1, expression: .product([factor, factor]))])
    #expect(IndicatorExpression.depth(multiplying: [sum, factor, factor]) == 2)
    #expect(IndicatorExpression.depth(multiplying: [sum, sum, factor]) == 3)
  }
}
