import ClaimQuery
import ClaimSchema
import Testing
import _TestSupport

/// Clear predicates against the direct evaluation, and what they refuse.
@Suite struct PlannerTestsClearPredicate {
  private typealias Q = PlannerQuery

  @Test func everyPredicateIsTheTruth() throws {
    let schema = try PlannerFixture.schema(depth: 0)
    try Property("a clear predicate is the truth", runs: 3000) { choices in
      PredicateCase(&choices, schema, columns: ["t", "k", "a", "e"], slots: 8)
    } holds: { made in
      let (predicate, table) = (made.predicate, made.table)
      let clear = try ClearPredicate(predicate, schema: schema)
      for (slot, record) in table.slots.enumerated() {
        guard let record else { continue }
        let isTrue = clear.isTrue { table.text(clear.columns[$0], slot: slot) }
        let truth = PlainTruth(schema: schema, record: record).value(predicate) == true
        try agree(isTrue, truth, "slot \(slot)")
      }
    }.check()
  }

  @Test func comparesByTheColumnsType() throws {
    let schema = try PlannerFixture.schema(depth: 0)
    func isTrue(_ predicate: Predicate, _ cell: String?) throws -> Bool {
      try ClearPredicate.isTrue(predicate, cells: { _ in cell }, schema: schema)
    }
    func less(_ column: String, _ literal: Literal) -> Predicate {
      .comparison(Q.reference(column), .less, literal)
    }
    #expect(try isTrue(less("k", Q.number("10")), "9"))
    #expect(try !isTrue(less("t", Q.text("10")), "9"))
    #expect(try isTrue(less("a", Q.number("-1.995")), "-2.00"))
    #expect(try !isTrue(less("a", Q.number("-2.005")), "-2.00"))
    #expect(try isTrue(less("e", Q.text("20100101")), "2009-12-31"))
    #expect(try isTrue(less("t", Q.text("é")), "z"))
    // Bytes, not Unicode's equivalence: é as one scalar and as two.
    #expect(try !isTrue(Q.equals("t", "\u{E9}"), "e\u{301}"))
    #expect(try !isTrue(less("k", Q.number("10")), nil))
    #expect(try !isTrue(less("k", Q.number("10")), "not a number"))
  }

  @Test func refusesEncryptedColumns() throws {
    let schema = try PlannerFixture.schema(depth: 0)
    do throws(QueryError) {
      _ = try ClearPredicate(.isNull(Q.reference("x", at: 12)), schema: schema)
      Issue.record("accepted")
    } catch {
      guard case .columnUse("x", 12, _, _) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }
}
