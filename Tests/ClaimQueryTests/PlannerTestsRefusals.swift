import ClaimQuery
import ClaimSchema
import Testing

/// Every way in which the planner refuses a query, with its place and its remedy.
@Suite struct PlannerTestsRefusals {
  private typealias Q = PlannerQuery

  private func refusal(_ query: Query, depth: Int = 3) throws -> QueryError? {
    let planner = Planner(schema: try PlannerFixture.schema(depth: depth))
    switch Result(catching: { () throws(QueryError) in try planner.plan(query) }) {
    case .success: return nil
    case .failure(let error): return error
    }
  }

  private func refusal(where predicate: Predicate) throws -> QueryError? {
    try refusal(Q.make(where: predicate))
  }

  /// The place and remedy of a misused column.
  private func misuse(_ error: QueryError?) -> (column: String, position: Int, remedy: String)? {
    guard case .columnUse(let column, let position, _, let remedy)? = error else { return nil }
    return (column, position, remedy)
  }

  @Test func anotherTable() throws {
    var query = Q.make()
    query.table = "patients"
    #expect(try refusal(query) == .unknownTable(name: "patients", expected: "claims"))
  }

  @Test func unknownColumnsNameTheKnown() throws {
    let known = ["t", "k", "a", "e", "x", "y", "c", "d", "n", "m", "b", "v", "w", "p", "q"]
    let predicate = Predicate.isNull(Q.reference("age", at: 35))
    #expect(
      try refusal(where: .not(predicate)) == .unknownColumn(name: "age", position: 35, known: known)
    )
    let dropped = Q.make([Q.aggregate(.count, "secret", at: 7)])
    #expect(
      try refusal(dropped) == .unknownColumn(name: "secret", position: 7, known: known))
    #expect(
      try refusal(Q.make(by: ["age"])) == .unknownColumn(name: "age", position: 0, known: known))
  }

  @Test func columnsWithoutIndexCannotFilter() throws {
    let sumOnly = try refusal(
      where: .comparison(Q.reference("v", at: 31), .less, Q.number("1")))
    #expect(misuse(sumOnly)?.column == "v")
    #expect(misuse(sumOnly)?.position == 31)
    #expect(misuse(sumOnly)?.remedy.contains("add filter to its use") == true)
    for predicate in [
      Predicate.comparison(Q.reference("p"), .less, Q.number("1")), .isNull(Q.reference("p")),
      .isIn(Q.reference("p"), [Q.number("1")]),
    ] {
      #expect(misuse(try refusal(where: predicate))?.column == "p")
    }
    // A NULL constant does not hide the misuse.
    let null = Literal(value: .null, position: 0)
    #expect(
      misuse(try refusal(where: .comparison(Q.reference("v"), .less, null)))?.column == "v")
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
      let found = misuse(try refusal(where: predicate))
      #expect(found?.column == column)
      #expect(found?.position == 33)
    }
  }

  @Test func sumsOfWhatCannotBeSummed() throws {
    func found(_ column: String, _ function: AggregateFunction = .sum) throws -> String? {
      misuse(try refusal(Q.make([Q.aggregate(function, column, at: 11)])))?.remedy
    }
    #expect(try found("x")?.contains("count(x)") == true)
    #expect(try found("d", .avg)?.contains("count(d)") == true)
    #expect(try found("k")?.contains("paillier") == true)
    #expect(try found("a", .avg)?.contains("encrypted with use sum") == true)
    let schema = Schema(
      table: "claims", capacity: 10, depth: 1, disclosure: DisclosureSettings(),
      columns: [
        PlannerFixture.column("n", .integer(range: 0...9, bands: nil), .encrypted, [.filter])
      ])
    let query = Q.make([Q.aggregate(.sum, "n", at: 7)])
    do throws(QueryError) {
      _ = try Planner(schema: schema).plan(query)
      Issue.record("planned")
    } catch {
      #expect(misuse(error)?.remedy.contains("add sum to its use") == true)
    }
  }

  @Test func shapesOfQueries() throws {
    func unsupported(_ query: Query) throws -> String? {
      guard case .unsupported(let construct, _, _)? = try refusal(query) else { return nil }
      return construct
    }
    let bare = Q.make(select: [.key(0)], by: [.column(Q.reference("x"))])
    #expect(try unsupported(bare) == "a query without an aggregate")
    #expect(try unsupported(Q.make([], by: [String]())) == "a query without an aggregate")
    #expect(try unsupported(Q.make(by: ["x", "y", "t", "k"])) == "GROUP BY of 4 expressions")
  }

  @Test func partsThatAreNotThere() throws {
    func message(_ query: Query) throws -> String? {
      guard case .syntax(let message, _)? = try refusal(query) else { return nil }
      return message
    }
    let loose = Q.make(select: [.aggregate(.countRecords), .key(0)])
    #expect(try message(loose) == "there is no grouping expression 1")
    var query = Q.make(by: ["x"])
    query.having = .comparison(.equal, .key(1), .literal(Q.text("a")))
    #expect(try message(query) == "there is no grouping expression 2")
    for (key, expected) in [
      (OrderKey.output(2), "ORDER BY position 3 is not in the select list"),
      (.output(-1), "ORDER BY position 0 is not in the select list"),
      (.expression(.key(-1)), "there is no grouping expression 0"),
    ] {
      var query = Q.make(by: ["x"])
      query.orderBy = [OrderTerm(key: key, isDescending: false, nullsFirst: false)]
      #expect(try message(query) == expected)
    }
    var limited = Q.make()
    limited.limit = -1
    #expect(try message(limited) == "LIMIT must not be negative")
    var shifted = Q.make()
    shifted.offset = -1
    #expect(try message(shifted) == "OFFSET must not be negative")
  }

  @Test func aggregatesOfTheWrongArguments() throws {
    let w = Q.column("w")
    for (aggregate, expected) in [
      (Aggregate(.sum, position: 7), "sum takes 1 argument, not 0"),
      (Aggregate(.avg, of: [w, w], position: 7), "avg takes 1 argument, not 2"),
      (Aggregate(.count, of: [w, w], position: 7), "count takes at most 1 argument, not 2"),
      (Aggregate(.correlation, of: [w], position: 7), "corr takes 2 arguments, not 1"),
      (Aggregate(.varianceSample, position: 7), "var_samp takes 1 argument, not 0"),
    ] {
      #expect(
        try refusal(Q.make([.countRecords, aggregate])) == .syntax(message: expected, position: 7))
    }
    let distinct = Aggregate(.sum, of: [w], isDistinct: true, position: 9)
    guard case .unsupported("sum(DISTINCT …)", 9, _)? = try refusal(Q.make([distinct])) else {
      Issue.record("\(String(describing: try refusal(Q.make([distinct]))))")
      return
    }
    let records = Aggregate(.count, isDistinct: true, position: 9)
    #expect(
      try refusal(Q.make([records]))
        == .syntax(message: "DISTINCT needs an argument", position: 9))
  }

  @Test func resultsOfTheWrongType() throws {
    let count = ResultExpression.aggregate(.countRecords)
    let text = ResultExpression.literal(Q.text("a"))
    func isRefused(_ change: (inout Query) -> Void) throws -> Bool {
      var query = Q.make()
      change(&query)
      guard case .syntax? = try refusal(query) else { return false }
      return true
    }
    #expect(try isRefused { $0.having = count })
    #expect(try isRefused { $0.having = .and([.comparison(.less, count, count), count]) })
    #expect(
      try isRefused {
        $0.select.append(SelectItem(value: .arithmetic(.add, count, .not(count)), label: "c"))
      })
    #expect(
      try isRefused {
        $0.orderBy = [
          OrderTerm(
            key: .expression(.call(.round, [count, count, count])), isDescending: false,
            nullsFirst: false)
        ]
      })
    #expect(
      try isRefused {
        $0.select.append(
          SelectItem(value: .call(.coalesce, [.isNull(count), count]), label: "c"))
      })
    #expect(
      try !isRefused {
        $0.having = .comparison(.less, count, count)
        $0.select.append(SelectItem(value: text, label: "c"))
      })
  }

  @Test func valuesThatCannotBeAggregated() throws {
    func refused(_ value: ValueExpression, _ function: AggregateFunction = .sum) throws
      -> QueryError?
    {
      try refusal(Q.make([Aggregate(function, of: [value], position: 7)]))
    }
    func construct(_ error: QueryError?) -> String? {
      if case .unsupported(let construct, _, _)? = error { construct } else { nil }
    }
    let (v, p, text) = (Q.column("v"), Q.column("p", at: 11), ValueExpression.literal(Q.text("1")))
    func times(_ a: ValueExpression, _ b: ValueExpression) -> ValueExpression {
      .arithmetic(.multiply, a, b)
    }
    #expect(construct(try refused(times(v, times(v, v)))) == "a product of 3 columns")
    // The squares of a variance count too.
    #expect(construct(try refused(times(v, v), .varianceSample)) == "a product of 4 columns")
    #expect(construct(try refused(text)) == "sum of a constant that is no number")
    #expect(construct(try refused(Q.constant("1e3"))) == "a number in this form")
    // A constant of any kind is counted.
    #expect(try refused(text, .count) == nil)
    // Paillier ciphertexts are not multiplied, nor under the NULLs of another one.
    #expect(misuse(try refused(times(p, p)))?.position == 7)
    let mixed = ValueExpression.arithmetic(.add, p, v)
    #expect(misuse(try refused(mixed))?.column == "p")
    let whole = try refused(.whole(Q.reference("w", at: 12)))
    #expect(misuse(whole)?.column == "w")
    #expect(misuse(whole)?.position == 12)
    #expect(try refused(.whole(Q.reference("v", at: 12))) == nil)
    let many = (0..<70).reduce(v) { value, _ in times(value, Q.constant("0.1")) }
    guard case .tooLarge("decimals of a sum", 70, 64, _)? = try refused(many) else {
      Issue.record("\(String(describing: try refused(many)))")
      return
    }
  }

  @Test func productsThatAreNotStored() throws {
    let columns = ["v", "w"].map {
      PlannerFixture.column($0, .integer(range: 0...9, bands: nil), .encrypted, [.sum])
    }
    let schema = Schema(
      table: "claims", capacity: 10, depth: 1, disclosure: DisclosureSettings(), columns: columns,
      products: [.product("v", "w")])
    func instead(_ aggregate: Aggregate) -> String? {
      do throws(QueryError) {
        _ = try Planner(schema: schema).plan(Q.make([aggregate]))
        return nil
      } catch {
        guard case .unsupported(_, _, let instead) = error else { return "\(error)" }
        return instead
      }
    }
    let (v, w) = (Q.column("v"), Q.column("w"))
    #expect(instead(Aggregate(.sum, of: [.arithmetic(.multiply, w, v)])) == nil)
    #expect(instead(Aggregate(.covariancePopulation, of: [w, v])) == nil)
    let square = "Declare it in the schema, as products: [[v, v]], and encrypt again."
    #expect(instead(Aggregate(.correlation, of: [v, w])) == square)
    #expect(instead(Q.aggregate(.deviationSample, "v")) == square)
  }

  @Test func countsOfDistinctValuesWithoutKeys() throws {
    func distinct(_ value: ValueExpression) throws -> QueryError? {
      try refusal(Q.make([Aggregate(.count, of: [value], isDistinct: true, position: 7)]))
    }
    for column in ["c", "d", "m", "t", "v", "p"] {
      let found = misuse(try distinct(Q.column(column, at: 22)))
      #expect(found?.column == column)
      #expect(found?.position == 22)
    }
    guard case .unsupported(_, 7, _)? = try distinct(.negated(Q.column("b"))) else {
      Issue.record("an expression was counted")
      return
    }
    #expect(try distinct(Q.column("b")) == nil)
  }

  @Test func partsOfWhatIsNoDate() throws {
    let one = Q.number("1", at: 40)
    func refused(_ column: String, _ literal: Literal) throws -> QueryError? {
      try refusal(where: .datePart(.month, Q.reference(column, at: 33), .equal, literal))
    }
    for column in ["k", "t", "x", "n"] {
      #expect(misuse(try refused(column, one))?.position == 33)
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
      #expect(misuse(try refusal(Q.make(by: [grouping])))?.position == 33)
    }
    // Days are too many to list, unless WHERE does.
    #expect(misuse(try refusal(Q.make(by: [.truncated(.day, Q.reference("d"))])))?.column == "d")
  }

  @Test func labelsThatAreTruthValues() throws {
    let grouping = GroupingExpression.conditional(
      [
        GroupingBranch(
          condition: Q.equals("x", "a"), label: Literal(value: .boolean(true), position: 21))
      ], otherwise: nil)
    guard case .unsupported(_, 21, _)? = try refusal(Q.make(by: [grouping])) else {
      Issue.record("a truth value is a label")
      return
    }
  }

  @Test func hiddenKeysThatAreNotKnown() throws {
    #expect(misuse(try refusal(Q.make(by: ["v"])))?.column == "v")
    #expect(misuse(try refusal(Q.make(by: ["p"])))?.column == "p")
    let codes = misuse(try refusal(Q.make(by: ["c"])))
    #expect(codes?.remedy.contains("c IN (…)") == true)
    // Only a top-level conjunct restricts every record.
    let either = Predicate.or([Q.equals("c", "A0"), Q.equals("y", "1")])
    #expect(misuse(try refusal(Q.make(where: either, by: ["c"])))?.column == "c")
  }

  @Test func paillierTotalsUnderHiddenConditions() throws {
    let sum = [Q.aggregate(.sum, "p", at: 11)]
    for query in [
      Q.make(sum, where: Q.equals("x", "a")), Q.make(sum, by: ["x"]),
      Q.make(sum + [.countRecords], where: .or([Q.equals("t", "a"), Q.equals("y", "1")])),
    ] {
      let found = misuse(try refusal(query))
      #expect(found?.column == "p")
      #expect(found?.position == 11)
      #expect(found?.remedy.contains("encrypted with use sum") == true)
    }
    let filtered = Aggregate(.avg, of: [Q.column("q")], filter: Q.equals("x", "a"), position: 11)
    #expect(misuse(try refusal(Q.make([filtered])))?.column == "q")
    let bands = GroupingExpression.conditional(
      [GroupingBranch(condition: Q.equals("t", "a"), label: Q.text("one"))], otherwise: nil)
    guard case .columnUse("p", 11, let problem, _)? = try refusal(Q.make(sum, by: [bands])) else {
      Issue.record("grouped")
      return
    }
    #expect(problem.contains("grouped by CASE"))
    // What folds away does not hide anything.
    let folded = Predicate.or([
      Q.equals("t", "a"), .comparison(Q.reference("x"), .equal, Literal(value: .null, position: 0)),
    ])
    #expect(try refusal(Q.make(sum, where: folded)) == nil)
  }

  @Test func moreFactorsThanTheDepthHolds() throws {
    let sum = [Q.aggregate(.sum, "w")]
    let both = Predicate.and([Q.equals("x", "a"), Q.equals("y", "1")])
    #expect(try refusal(Q.make(sum, where: both), depth: 1) == .tooDeep(factors: 3, depth: 1))
    #expect(try refusal(Q.make(sum, where: both), depth: 2) == nil)
    #expect(try refusal(Q.make(where: both), depth: 1) == nil)
    #expect(try refusal(Q.make(where: both), depth: 0) == .tooDeep(factors: 2, depth: 0))
    #expect(try refusal(Q.make(sum, where: Q.equals("t", "a")), depth: 0) == nil)
  }

  @Test func moreGroupsThanTheLimit() throws {
    let numbers = ["n", "o"].map {
      PlannerFixture.column(
        $0, .integer(range: 0...99, bands: nil), .encrypted, [.filter], nullable: false)
    }
    let schema = Schema(
      table: "claims", capacity: 10, depth: 5, disclosure: DisclosureSettings(), columns: numbers)
    func limit(_ predicate: Predicate?) -> Int? {
      do throws(QueryError) {
        _ = try Planner(schema: schema).plan(Q.make(where: predicate, by: ["n", "o"]))
        return nil
      } catch {
        guard case .tooLarge("hidden groups", let count, 4096, _) = error else { return -1 }
        return count
      }
    }
    #expect(limit(nil) == 10_000)
    #expect(limit(.comparison(Q.reference("n"), .less, Q.number("41"))) == 4_100)
    #expect(limit(.comparison(Q.reference("n"), .less, Q.number("1"))) == nil)
  }

  @Test func moreCasesThanTheLimit() throws {
    let clear = (0..<13).map {
      PlannerFixture.column("t\($0)", .text, .clear, [])
    }
    let hidden = PlannerFixture.column(
      "n", .integer(range: 0...99, bands: nil), .encrypted, [.filter])
    let schema = Schema(
      table: "claims", capacity: 10, depth: 2, disclosure: DisclosureSettings(),
      columns: clear + [hidden])
    let alternatives = (0..<13).map { index in
      Predicate.and([
        Q.equals("t\(index)", "a"),
        .comparison(Q.reference("n"), .equal, Q.number(String(index))),
      ])
    }
    do throws(QueryError) {
      _ = try Planner(schema: schema).plan(Q.make(where: .or(alternatives)))
      Issue.record("planned")
    } catch {
      guard case .tooLarge(_, _, 4096, _) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func moreProductsThanTheLimit() throws {
    let columns = (0..<26).map {
      PlannerFixture.column("x\($0)", .category(values: ["a", "b", "c"]), .encrypted, [.filter])
    }
    let pairs = (0..<13).map { index in
      Predicate.or([Q.equals("x\(2 * index)", "a"), Q.equals("x\(2 * index + 1)", "b")])
    }
    func refusal(depth: Int) -> QueryError? {
      let schema = Schema(
        table: "claims", capacity: 10, depth: depth, disclosure: DisclosureSettings(),
        columns: columns)
      do throws(QueryError) {
        _ = try Planner(schema: schema).plan(Q.make(where: .and(pairs)))
        return nil
      } catch {
        return error
      }
    }
    // Thirteen factors of depth 1 fit depth 5; distributed they are 2^13 products.
    #expect(refusal(depth: 5) == nil)
    guard case .tooLarge(_, _, 4096, let remedy)? = refusal(depth: 4) else {
      Issue.record("\(String(describing: refusal(depth: 4)))")
      return
    }
    #expect(remedy.contains("depth"))
  }
}
