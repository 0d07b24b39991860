import ClaimQuery
import ClaimSchema
import Testing

/// Aggregates and results that the planner refuses.
@Suite struct PlannerTestsRefusedAggregates {
  private typealias Q = PlannerQuery

  @Test func partsThatAreNotThere() throws {
    func message(_ query: Query) throws -> String? {
      guard case .syntax(let message, _)? = try Q.refusal(query) else { return nil }
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
        try Q.refusal(Q.make([.countRecords, aggregate])) == .syntax(message: expected, position: 7)
      )
    }
    let distinct = Aggregate(.sum, of: [w], isDistinct: true, position: 9)
    guard case .unsupported("sum(DISTINCT …)", 9, _)? = try Q.refusal(Q.make([distinct])) else {
      Issue.record("\(String(describing: try Q.refusal(Q.make([distinct]))))")
      return
    }
    let records = Aggregate(.count, isDistinct: true, position: 9)
    #expect(
      try Q.refusal(Q.make([records]))
        == .syntax(message: "DISTINCT needs an argument", position: 9))
  }

  @Test func resultsOfTheWrongType() throws {
    let count = ResultExpression.aggregate(.countRecords)
    let text = ResultExpression.literal(Q.text("a"))
    func isRefused(_ change: (inout Query) -> Void) throws -> Bool {
      var query = Q.make()
      change(&query)
      guard case .syntax? = try Q.refusal(query) else { return false }
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
      try Q.refusal(Q.make([Aggregate(function, of: [value], position: 7)]))
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
    #expect(Q.misuse(try refused(times(p, p)))?.position == 7)
    let mixed = ValueExpression.arithmetic(.add, p, v)
    #expect(Q.misuse(try refused(mixed))?.column == "p")
    let whole = try refused(.whole(Q.reference("w", at: 12)))
    #expect(Q.misuse(whole)?.column == "w")
    #expect(Q.misuse(whole)?.position == 12)
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
      try Q.refusal(Q.make([Aggregate(.count, of: [value], isDistinct: true, position: 7)]))
    }
    for column in ["c", "d", "m", "t", "v", "p"] {
      let found = Q.misuse(try distinct(Q.column(column, at: 22)))
      #expect(found?.column == column)
      #expect(found?.position == 22)
    }
    guard case .unsupported(_, 7, _)? = try distinct(.negated(Q.column("b"))) else {
      Issue.record("an expression was counted")
      return
    }
    #expect(try distinct(Q.column("b")) == nil)
  }

  @Test func sumsOfWhatCannotBeSummed() throws {
    func found(_ column: String, _ function: AggregateFunction = .sum) throws -> String? {
      Q.misuse(try Q.refusal(Q.make([Q.aggregate(function, column, at: 11)])))?.remedy
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
      #expect(Q.misuse(error)?.remedy.contains("add sum to its use") == true)
    }
  }
}
