import ClaimQuery
import ClaimSchema
import Testing
import _TestSupport

/// Conditions and their complements.
@Suite struct ConditionTests {
  private typealias Q = PlannerQuery

  private let builder: ConditionBuilder

  init() throws {
    builder = ConditionBuilder(schema: try PlannerFixture.schema(depth: 3))
  }

  /// A condition is TRUE where the predicate is, and its complement everywhere else, NULL included.
  @Test func complementsAreEverythingElse() throws {
    let builder = builder
    try Property("a condition's complement is everything else", runs: 1500) { choices in
      PredicateCase(&choices, builder.schema, slots: 12)
    } holds: { made in
      let (predicate, table) = (made.predicate, made.table)
      let condition = try builder.condition(predicate)
      let opposite = try builder.condition(predicate, is: false)
      let complement = condition.complement
      for record in table.slots.compactMap({ $0 }) {
        let truth = PlainTruth(schema: builder.schema, record: record)
        let value = truth.value(predicate)
        try agree(table.holds(condition, truth), value == true, "the condition")
        try agree(table.holds(opposite, truth), value == false, "the opposite")
        try agree(table.holds(complement, truth), value != true, "the complement")
        try agree(table.holds(complement.complement, truth), value == true, "twice")
      }
    }.check()
  }

  @Test func aConditionAndItsComplementExcludeEachOther() throws {
    let clear = Q.equals("t", "a")
    for predicate in [
      clear, .not(clear), .isTrue(clear), .not(.isTrue(clear)), Q.equals("x", "a"),
      .isNull(Q.reference("x")), .isNull(Q.reference("t")), .constant(nil),
      .not(.comparison(Q.reference("k"), .less, Q.number("3"))),
    ] {
      let condition = try builder.condition(predicate)
      #expect(Condition.all(of: [condition, condition.complement]) == .constant(false))
      #expect(Condition.any(of: [condition, condition.complement]) == .constant(true))
      #expect(condition.complement.complement == condition)
    }
  }

  /// The complement of a clear predicate holds where it is NULL too, unlike NOT.
  @Test func complementsOfClearPredicatesKeepNull() throws {
    let clear = Q.equals("t", "a")
    let condition = try builder.condition(clear)
    #expect(condition == .clear(clear))
    #expect(condition.complement == .clear(.not(.isTrue(clear))))
    #expect(try builder.condition(clear, is: false) == .clear(.not(clear)))
    #expect(try builder.condition(.not(.isTrue(clear))) == condition.complement)
  }

  @Test func complementsOfSetsAreSets() throws {
    let condition = try builder.condition(Q.equals("x", "a"))
    guard case .encrypted(let rest) = condition.complement else {
      Issue.record("\(condition.complement)")
      return
    }
    #expect(rest.includesNull)
    // Values stand as declared: b, a, c.
    #expect([0, 1, 2].map { rest.values.contains([$0]) } == [true, false, true])
    #expect(Condition.constant(true).complement == .constant(false))
    let both = try builder.condition(.and([Q.equals("x", "a"), Q.equals("y", "1")]))
    guard case .any(let operands) = both.complement else {
      Issue.record("\(both.complement)")
      return
    }
    #expect(operands.count == 2)
  }
}
