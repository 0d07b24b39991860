import ClaimQuery
import ClaimSchema
import Testing

/// What joint indexes spare. The fixture has one over x (3 values, NULL) and y (2), and one over m
/// (4 bands, NULL), x and b (4 values, NULL).
@Suite struct PlannerTestsJoint {
  private typealias Q = PlannerQuery

  private let isA = Q.equals("x", "a")
  private let isOne = Q.equals("y", "1")
  private let sum = [Q.aggregate(.sum, "w")]

  private func plan(_ query: Query, depth: Int = 0) throws -> Plan {
    try Planner(schema: PlannerFixture.schema(depth: depth, hasIndexes: true)).plan(query)
  }

  private func xy(_ places: [Int], weight: Int64 = 1) -> [LinearForm.Term] {
    places.map {
      LinearForm.Term(column: .joint(columns: ["x", "y"], place: $0), weight: weight)
    }
  }

  /// The only linear term of the count of a group.
  private func countForm(_ plan: Plan, group: Int = 0) throws -> [LinearForm.Term]? {
    let terms = try plan.expression(group: group, total: plan.recordCountTotal).terms
    guard let term = terms.first, terms.count == 1, case .linear(let form) = term.operands else {
      return nil
    }
    return form.terms
  }

  @Test func setsInOneAndAreASum() throws {
    // Values ascend: b, a, c as declared are 0, 1, 2; NULL is 3. Places are x · 2 + y.
    let one = try plan(Q.make(where: .and([isA, isOne])))
    #expect(try countForm(one) == xy([3]))
    #expect(one.demand.depth == 0 && one.demand.factors == 1)
    let null = try plan(Q.make(where: .and([.isNull(Q.reference("x")), isOne])))
    #expect(try countForm(null) == xy([7]))
    let some = Predicate.or([isA, .isNull(Q.reference("x"))])
    #expect(try countForm(plan(Q.make(where: .and([some, isOne])))) == xy([3, 7]))
    // A NULL is not unequal.
    #expect(try countForm(plan(Q.make(where: .and([.not(isA), isOne])))) == xy([1, 5]))
  }

  @Test func mostOfThePlacesAreWhatIsLeft() throws {
    let most = Predicate.and([.not(.isTrue(isA)), .not(.isNull(Q.reference("m")))])
    let form = try #require(try countForm(plan(Q.make(where: most))))
    // 4 of 5 bands, 3 of 4 values, all of b: 60 of 100 places, so 40 are taken away.
    #expect(form.first == LinearForm.Term(column: .occupied, weight: 1))
    #expect(form.dropFirst().count == 40)
    #expect(form.dropFirst().allSatisfy { $0.weight == -1 })
    for case .joint(let columns, let place) in form.dropFirst().map(\.column) {
      #expect(columns == ["m", "x", "b"])
      #expect(place / 20 == 4 || place / 5 % 4 == 1)
    }
  }

  @Test func theIndexOverMostColumnsIsTaken() throws {
    let all = Predicate.and([
      isA, isOne, .comparison(Q.reference("b"), .equal, Q.number("2")),
      .comparison(Q.reference("m"), .less, Q.number("0")),
    ])
    let plan = try plan(Q.make(where: all), depth: 1)
    // m, x and b in one factor, y in another.
    #expect(plan.demand.factors == 2)
    let terms = try plan.expression(group: 0, total: 0).terms
    let forms = terms.flatMap(\.factors).compactMap(\.linearForm)
    let place = 0 * 20 + 1 * 5 + 3
    #expect(forms.contains(LinearForm(.joint(columns: ["m", "x", "b"], place: place))))
    #expect(forms.contains(LinearForm(.indicator(column: "y", digit: 0, value: 1))))
  }

  @Test func groupsByBothColumnsNeedNoDepth() throws {
    let groups = try plan(Q.make(by: ["x", "y"]))
    #expect(groups.hiddenGroups.count == 8 && groups.demand.depth == 0)
    // Keys ascend: a, b, c, NULL.
    for (group, place) in [2, 3, 0, 1, 4, 5, 6, 7].enumerated() {
      #expect(try countForm(groups, group: group) == xy([place]))
    }
    #expect(try plan(Q.make(sum, by: ["y", "x"]), depth: 1).demand.factors == 2)
    #expect(try plan(Q.make(sum, by: ["m", "b", "x"]), depth: 1).hiddenGroups.count == 100)
    // A condition on one column and a group by the other meet in the index too.
    #expect(try plan(Q.make(where: isA, by: ["y"])).demand.depth == 0)
  }

  @Test func oneColumnAloneUsesItsOwnIndex() throws {
    let form = try #require(try countForm(plan(Q.make(where: isA))))
    #expect(
      form == [
        LinearForm.Term(column: .indicator(column: "x", digit: 0, value: 1), weight: 1)
      ])
  }

  @Test func columnsOutsideTheIndexesAreMultiplied() throws {
    #expect(throws: QueryError.tooDeep(factors: 2, depth: 0)) {
      try plan(Q.make(where: .and([isOne, .comparison(Q.reference("b"), .equal, Q.number("2"))])))
    }
  }
}
