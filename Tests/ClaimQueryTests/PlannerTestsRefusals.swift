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
    let known = ["t", "k", "a", "e", "x", "y", "c", "d", "n", "m", "v", "w", "p", "q"]
    let predicate = Predicate.isNull(Q.reference("age", at: 35))
    #expect(
      try refusal(where: .not(predicate)) == .unknownColumn(name: "age", position: 35, known: known)
    )
    let dropped = Q.make([.aggregate(.count, Q.reference("secret", at: 7))])
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
      misuse(try refusal(Q.make([.aggregate(function, Q.reference(column, at: 11))])))?.remedy
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
    let query = Q.make([.aggregate(.sum, Q.reference("n", at: 7))])
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
    let loose = Q.make([.column(Q.reference("x", at: 7)), .countRecords])
    #expect(try unsupported(loose) == "column x outside GROUP BY")
    let bare = Q.make([.column(Q.reference("x"))], by: ["x"])
    #expect(try unsupported(bare) == "a query without an aggregate")
    #expect(try unsupported(Q.make(by: ["x", "y", "t"])) == "GROUP BY of 3 columns")
    var ordered = Q.make()
    ordered.orderBy = [OrderTerm(key: .output(1), isDescending: false, nullsFirst: false)]
    #expect(try unsupported(ordered)?.contains("ORDER BY") == true)
    ordered.orderBy = [OrderTerm(key: .groupColumn("x"), isDescending: false, nullsFirst: false)]
    #expect(try unsupported(ordered)?.contains("ORDER BY") == true)
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
    let sum = [SelectValue.aggregate(.sum, Q.reference("p", at: 11))]
    for query in [
      Q.make(sum, where: Q.equals("x", "a")), Q.make(sum, by: ["x"]),
      Q.make(sum + [.countRecords], where: .or([Q.equals("t", "a"), Q.equals("y", "1")])),
    ] {
      let found = misuse(try refusal(query))
      #expect(found?.column == "p")
      #expect(found?.position == 11)
      #expect(found?.remedy.contains("encrypted with use sum") == true)
    }
    // What folds away does not hide anything.
    let folded = Predicate.or([
      Q.equals("t", "a"), .comparison(Q.reference("x"), .equal, Literal(value: .null, position: 0)),
    ])
    #expect(try refusal(Q.make(sum, where: folded)) == nil)
  }

  @Test func moreFactorsThanTheDepthHolds() throws {
    let sum = [SelectValue.aggregate(.sum, Q.reference("w"))]
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
