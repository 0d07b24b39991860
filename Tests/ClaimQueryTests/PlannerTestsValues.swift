import BigInteger
import ClaimQuery
import ClaimSchema
import Testing

/// What is summed for an aggregate: totals, coefficients, decimals, and the records counted.
@Suite struct PlannerTestsValues {
  private typealias Q = PlannerQuery

  private func plan(_ aggregates: [Aggregate]) throws -> Plan {
    try Planner(schema: PlannerFixture.schema(depth: 3)).plan(Q.make(aggregates))
  }

  /// The sum's terms as `coefficient measure`, and its decimals.
  private func sum(
    _ value: ValueExpression
  ) throws -> (terms: [String], scale: Int, isInteger: Bool) {
    let plan = try plan([Aggregate(.sum, of: [value])])
    guard case .sum(let total)? = plan.aggregates.first?.kind else {
      throw PlannerTestFailure.malformedExpression
    }
    let terms = total.terms.map { term in
      let measure = plan.totals[term.total].summedValue?.text ?? "records"
      return "\(term.coefficient.decimal) \(measure)"
    }
    return (terms, total.scale, total.isInteger)
  }

  private func arithmetic(
    _ a: ValueExpression, _ operation: ValueOperator, _ b: ValueExpression
  ) -> ValueExpression {
    .arithmetic(operation, a, b)
  }

  @Test func polynomialsHaveTheirCoefficientsAndDecimals() throws {
    let (v, w, m) = (Q.column("v"), Q.column("w"), Q.column("m"))
    for (value, terms, scale) in [
      (w, ["1 w"], 2),
      (.negated(w), ["-1 w"], 2),
      (arithmetic(w, .subtract, v), ["-100 v", "1 w"], 2),
      (arithmetic(w, .add, w), ["2 w"], 2),
      (arithmetic(w, .subtract, w), [], 2),
      (arithmetic(Q.constant("2"), .multiply, w), ["2 w"], 2),
      (arithmetic(w, .multiply, Q.constant("0.50")), ["50 w"], 4),
      (arithmetic(w, .multiply, Q.constant("0")), [], 2),
      (arithmetic(w, .add, Q.constant("1.5")), ["150 records", "1 w"], 2),
      (arithmetic(v, .add, Q.constant("-0.125")), ["-125 records", "1000 v"], 3),
      (arithmetic(w, .multiply, v), ["1 v * w"], 2),
      (arithmetic(m, .multiply, w), ["1 m * w"], 4),
      (
        arithmetic(
          arithmetic(w, .subtract, v), .multiply, arithmetic(w, .add, Q.constant("3"))),
        ["-30000 v", "-100 v * w", "300 w", "1 w * w"], 4
      ),
    ] as [(ValueExpression, [String], Int)] {
      let found = try sum(value)
      #expect(found.terms == terms)
      #expect(found.scale == scale)
      #expect(!found.isInteger)
    }
  }

  @Test func wholeNumbersStayWhole() throws {
    let (v, n) = (Q.column("v"), Q.column("n"))
    for (value, isInteger) in [
      (v, true), (arithmetic(v, .multiply, n), true), (Q.constant("3"), true),
      (arithmetic(v, .add, Q.constant("2.0")), false), (Q.constant("3."), false),
      (Q.when(.isNull(Q.reference("x")), v, otherwise: Q.constant("0")), true),
      (Q.when(.isNull(Q.reference("x")), v, otherwise: Q.constant("0.0")), false),
      // What never happens has its type too.
      (Q.when(.constant(false), Q.constant("0.5"), otherwise: v), false),
      (Q.when(.constant(true), v, otherwise: Q.column("w")), false),
      (Q.when(.constant(false), v, otherwise: .literal(Q.null)), true),
    ] as [(ValueExpression, Bool)] {
      #expect(try sum(value).isInteger == isInteger, "\(value)")
    }
  }

  /// PostgreSQL sums `bigint` as `numeric`, and a column that needs it would be one.
  @Test func sumsBeyondSixtyFourBitsAreDecimals() throws {
    func isInteger(_ largest: Int64) throws -> Bool? {
      let schema = Schema(
        table: "claims", capacity: 1 << 20, depth: 0, disclosure: DisclosureSettings(),
        columns: [
          PlannerFixture.column(
            "v", .integer(range: -largest...0, bands: nil), .encrypted, [.sum])
        ])
      let plan = try Planner(schema: schema).plan(Q.make([Q.aggregate(.sum, "v")]))
      return plan.aggregates.first?.linearTotals.first?.isInteger
    }
    #expect(try isInteger((1 << 43) - 1) == true)
    #expect(try isInteger(1 << 43) == false)
  }

  /// What CASE makes 0 is a value, but tells about no record.
  @Test func casesTellAboutTheRecordsWhereTheyHold() throws {
    let (w, m, zero) = (Q.column("w"), Q.column("m"), Q.constant("0"))
    let isA = Q.equals("x", "a")
    func specification(_ value: ValueExpression, filter: Predicate? = nil) throws -> (
      plan: Plan, found: AggregateSpecification
    ) {
      let plan = try self.plan([Aggregate(.sum, of: [value], filter: filter)])
      return (plan, try #require(plan.aggregates.first))
    }
    // w is never NULL: all records have a value, and those of a tell.
    let (plan, ofA) = try specification(Q.when(isA, w, otherwise: zero))
    #expect(ofA.values == [0])
    #expect(ofA.contributors.count == 1 && ofA.contributors != [0])
    let slice = plan.slices[plan.totals[ofA.contributors[0]].slice]
    #expect(
      slice == (try ConditionBuilder(schema: PlannerFixture.schema(depth: 3)).condition(isA)))

    // Without ELSE the others have none.
    var found = try specification(Q.when(isA, w)).found
    #expect(found.values == found.contributors && found.values.count == 1)

    // m may be NULL: a's records with a value, and all others.
    found = try specification(Q.when(isA, m, otherwise: zero)).found
    #expect(found.values.count == 2)
    #expect(found.contributors.count == 1 && found.values.contains(found.contributors[0]))

    // Two branches that say something are one count of all.
    found = try specification(Q.when(isA, w, otherwise: Q.constant("1"))).found
    #expect(found.values == [0] && found.contributors == [0])
    // But the constant is added for its own records only.
    #expect(found.linearTotals[0].terms.map(\.counted) == [0, 0])
    #expect(!found.linearTotals[0].terms.map(\.total).contains(0))

    // FILTER that nobody meets leaves nothing.
    found = try specification(w, filter: .constant(nil)).found
    #expect(
      found.values.isEmpty && found.contributors.isEmpty && found.linearTotals[0].terms.isEmpty)
  }

  @Test func aggregatesOfOneColumnShareTheirTotals() throws {
    let m = Q.column("m")
    let functions: [AggregateFunction] = [
      .sum, .avg, .variancePopulation, .varianceSample, .deviationPopulation, .deviationSample,
    ]
    let plan = try self.plan(
      functions.map { Aggregate($0, of: [m]) } + [Aggregate(.count, of: [m])])
    // The records, those with a value, the sum and the sum of squares.
    #expect(plan.totals.count == 4)
    let pair = try self.plan([
      Aggregate(.covariancePopulation, of: [m, Q.column("w")]),
      Aggregate(.correlation, of: [Q.column("w"), m]),
    ])
    // w · m, w, w² and m² where m has a value, m, and both counts.
    #expect(pair.totals.count == 7)
    guard case .association(_, _, _, let squares)? = pair.aggregates.first?.kind else {
      Issue.record("no covariance")
      return
    }
    #expect(squares.isEmpty)
  }

  @Test func distinctValuesAreCountedByKey() throws {
    let plan = try plan([
      Aggregate(.count, of: [Q.column("b")], isDistinct: true, filter: Q.equals("x", "a"))
    ])
    guard case .distinct(let keys)? = plan.aggregates.first?.kind else {
      Issue.record("no keys")
      return
    }
    // −1, 0, 1, 2; NULL is no value.
    #expect(keys.count == 4 && Set(keys).count == 4)
    #expect(plan.aggregates.first?.contributors.count == 1)
  }
}
