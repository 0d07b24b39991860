import ClaimQuery
import ClaimSchema
import Testing

/// How the planner refuses conditions, columns and groups, with the place and the remedy.
@Suite struct PlannerTestsRefusals {
  private typealias Q = PlannerQuery

  private func refusal(where predicate: Predicate) throws -> QueryError? {
    try Q.refusal(Q.make(where: predicate))
  }

  @Test func anotherTable() throws {
    var query = Q.make()
    query.table = "patients"
    #expect(try Q.refusal(query) == .unknownTable(name: "patients", expected: "claims"))
  }

  @Test func unknownColumnsNameTheKnown() throws {
    let known = ["t", "k", "a", "e", "x", "y", "c", "d", "n", "m", "b", "v", "w", "p", "q"]
    let predicate = Predicate.isNull(Q.reference("age", at: 35))
    #expect(
      try refusal(where: .not(predicate)) == .unknownColumn(name: "age", position: 35, known: known)
    )
    let dropped = Q.make([Q.aggregate(.count, "secret", at: 7)])
    #expect(
      try Q.refusal(dropped) == .unknownColumn(name: "secret", position: 7, known: known))
    #expect(
      try Q.refusal(Q.make(by: ["age"])) == .unknownColumn(name: "age", position: 0, known: known))
  }

  @Test func columnsWithoutIndexCannotFilter() throws {
    let sumOnly = try refusal(
      where: .comparison(Q.reference("v", at: 31), .less, Q.number("1")))
    #expect(Q.misuse(sumOnly)?.column == "v")
    #expect(Q.misuse(sumOnly)?.position == 31)
    #expect(Q.misuse(sumOnly)?.remedy.contains("add filter to its use") == true)
    for predicate in [
      Predicate.comparison(Q.reference("p"), .less, Q.number("1")), .isNull(Q.reference("p")),
      .isIn(Q.reference("p"), [Q.number("1")]),
    ] {
      #expect(Q.misuse(try refusal(where: predicate))?.column == "p")
    }
    // A NULL constant does not hide the misuse.
    let null = Literal(value: .null, position: 0)
    #expect(
      Q.misuse(try refusal(where: .comparison(Q.reference("v"), .less, null)))?.column == "v")
  }

  @Test func constantsOfAnotherKind() throws {
    func expected(_ predicate: Predicate) throws -> String? {
      guard case .literal(_, let position, let expected)? = try refusal(where: predicate) else {
        return nil
      }
      #expect(position == 40)
      return expected
    }
    func compared(_ column: String, _ literal: Literal) -> Predicate {
      .comparison(Q.reference(column), .equal, literal)
    }
    let one = Q.number("1", at: 40)
    #expect(try expected(compared("x", one)) == "quoted text such as 'A1'")
    #expect(try expected(compared("t", one)) == "quoted text such as 'A1'")
    #expect(try expected(.like(Q.reference("c"), prefix: one, isExact: false)) != nil)
    #expect(try expected(compared("d", one)) == "a date such as '2009-01-31'")
    #expect(try expected(compared("e", Q.text("2009-02-30", at: 40)))?.contains("date") == true)
    #expect(try expected(compared("d", Q.text("2009-02-30", at: 40)))?.contains("date") == true)
    #expect(try expected(compared("n", Q.text("many", at: 40)))?.contains("whole number") == true)
    #expect(try expected(compared("a", Q.text("1,5", at: 40))) == "an amount such as 25000.00")
    let boolean = Literal(value: .boolean(true), position: 40)
    #expect(try expected(.isIn(Q.reference("k"), [Q.number("1"), boolean])) != nil)
    // A branch that is never taken is checked all the same.
    #expect(try expected(.and([.constant(false), compared("x", one)])) != nil)
  }

  @Test func comparisonsBetweenCutPoints() throws {
    let error = try refusal(
      where: .comparison(Q.reference("m"), .greater, Q.number("3.00", at: 39)))
    #expect(error == .notACutPoint(column: "m", position: 39, nearest: ["0.01", "50.00"]))
  }

  @Test func likeOnNumbersAndDates() throws {
    for column in ["k", "e", "n", "d"] {
      let predicate = Predicate.like(
        Q.reference(column, at: 33), prefix: Q.text("1"), isExact: false)
      let found = Q.misuse(try refusal(where: predicate))
      #expect(found?.column == column)
      #expect(found?.position == 33)
    }
  }

  @Test func shapesOfQueries() throws {
    func unsupported(_ query: Query) throws -> String? {
      guard case .unsupported(let construct, _, _)? = try Q.refusal(query) else { return nil }
      return construct
    }
    let bare = Q.make(select: [.key(0)], by: [.column(Q.reference("x"))])
    #expect(try unsupported(bare) == "a query without an aggregate")
    #expect(try unsupported(Q.make([], by: [String]())) == "a query without an aggregate")
    #expect(try unsupported(Q.make(by: ["x", "y", "t", "k"])) == "GROUP BY of 4 expressions")
  }

  @Test func partsOfWhatIsNoDate() throws {
    let one = Q.number("1", at: 40)
    func refused(_ column: String, _ literal: Literal) throws -> QueryError? {
      try refusal(where: .datePart(.month, Q.reference(column, at: 33), .equal, literal))
    }
    for column in ["k", "t", "x", "n"] {
      #expect(Q.misuse(try refused(column, one))?.position == 33)
    }
    for column in ["d", "e"] {
      #expect(try refused(column, one) == nil)
      for literal in [Q.text("May", at: 40), Literal(value: .boolean(true), position: 40)] {
        guard case .literal(column, 40, _)? = try refused(column, literal) else {
          Issue.record("\(column): \(String(describing: try refused(column, literal)))")
          continue
        }
      }
    }
    for grouping in [
      GroupingExpression.datePart(.year, Q.reference("k", at: 33)),
      .truncated(.month, Q.reference("x", at: 33)),
    ] {
      #expect(Q.misuse(try Q.refusal(Q.make(by: [grouping])))?.position == 33)
    }
    // Days are too many to list, unless WHERE does.
    #expect(
      Q.misuse(try Q.refusal(Q.make(by: [.truncated(.day, Q.reference("d"))])))?.column == "d")
  }

  @Test func labelsThatAreTruthValues() throws {
    let grouping = GroupingExpression.conditional(
      [
        GroupingBranch(
          condition: Q.equals("x", "a"), label: Literal(value: .boolean(true), position: 21))
      ], otherwise: nil)
    guard case .unsupported(_, 21, _)? = try Q.refusal(Q.make(by: [grouping])) else {
      Issue.record("a truth value is a label")
      return
    }
  }

  @Test func hiddenKeysThatAreNotKnown() throws {
    #expect(Q.misuse(try Q.refusal(Q.make(by: ["v"])))?.column == "v")
    #expect(Q.misuse(try Q.refusal(Q.make(by: ["p"])))?.column == "p")
    let codes = Q.misuse(try Q.refusal(Q.make(by: ["c"])))
    #expect(codes?.remedy.contains("c IN (…)") == true)
    // Only a top-level conjunct restricts every record.
    let either = Predicate.or([Q.equals("c", "A0"), Q.equals("y", "1")])
    #expect(Q.misuse(try Q.refusal(Q.make(where: either, by: ["c"])))?.column == "c")
  }

  @Test func paillierTotalsUnderHiddenConditions() throws {
    let sum = [Q.aggregate(.sum, "p", at: 11)]
    for query in [
      Q.make(sum, where: Q.equals("x", "a")), Q.make(sum, by: ["x"]),
      Q.make(sum + [.countRecords], where: .or([Q.equals("t", "a"), Q.equals("y", "1")])),
    ] {
      let found = Q.misuse(try Q.refusal(query))
      #expect(found?.column == "p")
      #expect(found?.position == 11)
      #expect(found?.remedy.contains("encrypted with use sum") == true)
    }
    let filtered = Aggregate(.avg, of: [Q.column("q")], filter: Q.equals("x", "a"), position: 11)
    #expect(Q.misuse(try Q.refusal(Q.make([filtered])))?.column == "q")
    let bands = GroupingExpression.conditional(
      [GroupingBranch(condition: Q.equals("t", "a"), label: Q.text("one"))], otherwise: nil)
    guard case .columnUse("p", 11, let problem, _)? = try Q.refusal(Q.make(sum, by: [bands])) else {
      Issue.record("grouped")
      return
    }
    #expect(problem.contains("grouped by CASE"))
    // What folds away does not hide anything.
    let folded = Predicate.or([
      Q.equals("t", "a"), .comparison(Q.reference("x"), .equal, Literal(value: .null, position: 0)),
    ])
    #expect(try Q.refusal(Q.make(sum, where: folded)) == nil)
  }

}
