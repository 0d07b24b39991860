import ClaimQuery
import ClaimSchema
import Testing

@Suite("SQL parser") struct SQLParserTests {
  private func column(_ name: String) -> ColumnReference {
    ColumnReference(name: name, position: 0)
  }
  private func aggregate(_ function: AggregateFunction, _ name: String) -> ResultExpression {
    .aggregate(Aggregate(function, of: [.column(column(name))]))
  }
  private func string(_ text: String) -> Literal { Literal(value: .string(text), position: 0) }
  private func number(_ text: String) -> Literal { Literal(value: .number(text), position: 0) }

  private func condition(_ text: String) throws -> Predicate? {
    try SQLParser.parse("SELECT count(*) FROM claims WHERE " + text).predicate
  }

  @Test("a query with every clause") func everyClause() throws {
    let query = try SQLParser.parse(
      """
      select c.sex, Diagnosis as dx, COUNT(*), count(paid) n, sum(paid) AS "Paid Out", avg(c.paid)
      from Claims as c -- the hospital's
      where claims.paid > 0
      group by 1, diagnosis
      order by n desc, dx nulls first, count(*), 1;
      """)
    #expect(
      query
        == Query(
          select: [
            SelectItem(value: .key(0), label: "sex"),
            SelectItem(value: .key(1), label: "dx"),
            SelectItem(value: .aggregate(.countRecords), label: "count"),
            SelectItem(value: aggregate(.count, "paid"), label: "n"),
            SelectItem(value: aggregate(.sum, "paid"), label: "Paid Out"),
            SelectItem(value: aggregate(.avg, "paid"), label: "avg"),
          ],
          table: "claims",
          predicate: .comparison(column("paid"), .greater, number("0")),
          groupBy: [.column(column("sex")), .column(column("diagnosis"))],
          orderBy: [
            OrderTerm(key: .output(3), isDescending: true, nullsFirst: true),
            OrderTerm(key: .output(1), isDescending: false, nullsFirst: true),
            OrderTerm(key: .output(2), isDescending: false, nullsFirst: false),
            OrderTerm(key: .output(0), isDescending: false, nullsFirst: false),
          ]))
  }

  @Test("comparisons, a constant on the left turned round") func comparisons() throws {
    let x = column("x")
    #expect(try condition("x = 'a'") == .comparison(x, .equal, string("a")))
    #expect(try condition("x != 3") == .comparison(x, .notEqual, number("3")))
    #expect(try condition("3 < x") == .comparison(x, .greater, number("3")))
    #expect(try condition("3 <= x") == .comparison(x, .greaterOrEqual, number("3")))
    #expect(try condition("3 > x") == .comparison(x, .less, number("3")))
    #expect(try condition("3 >= x") == .comparison(x, .lessOrEqual, number("3")))
    #expect(try condition("3 <> x") == .comparison(x, .notEqual, number("3")))
    #expect(
      try condition("x = NULL") == .comparison(x, .equal, Literal(value: .null, position: 0)))
    #expect(
      try condition("x = false")
        == .comparison(x, .equal, Literal(value: .boolean(false), position: 0)))
  }

  @Test("dates and strings") func strings() throws {
    let d = column("d")
    let day = string("2009-01-01")
    #expect(try condition("d = DATE '2009-01-01'") == .comparison(d, .equal, day))
    #expect(try condition("d = '2009-01-01'::date") == .comparison(d, .equal, day))
    #expect(try condition("d = CAST('2009-01-01' AS date)") == .comparison(d, .equal, day))
    #expect(try condition("d = 'it''s'") == .comparison(d, .equal, string("it's")))
    #expect(try condition("d = ''") == .comparison(d, .equal, string("")))
    #expect(try condition("d = 'a\\'") == .comparison(d, .equal, string("a\\")))
  }

  @Test("ranges, lists, prefixes and NULL") func leaves() throws {
    let x = column("x")
    let between = Predicate.between(x, number("-1.5"), number("3"))
    #expect(try condition("x BETWEEN -1.5 AND +3") == between)
    #expect(try condition("x NOT BETWEEN -1.5 AND +3") == .not(between))
    let list = Predicate.isIn(x, [string("1"), number("2"), Literal(value: .null, position: 0)])
    #expect(try condition("x IN ('1', 2, NULL)") == list)
    #expect(try condition("x NOT IN ('1', 2, NULL)") == .not(list))
    #expect(try condition("NOT (x IN ('1', 2, NULL))") == .not(list))
    #expect(try condition("x LIKE 'E11%'") == .like(x, prefix: string("E11"), isExact: false))
    #expect(try condition("x LIKE 'E11%%'") == .like(x, prefix: string("E11"), isExact: false))
    #expect(try condition("x LIKE '%'") == .like(x, prefix: string(""), isExact: false))
    #expect(
      try condition("x NOT LIKE 'E11'") == .not(.like(x, prefix: string("E11"), isExact: true)))
    #expect(try condition("x IS NULL") == .isNull(x))
    #expect(try condition("x ISNULL") == .isNull(x))
    #expect(try condition("x IS NOT NULL") == .not(.isNull(x)))
  }

  @Test("connectives are flat") func connectives() throws {
    let a = Predicate.isNull(column("a"))
    let b = Predicate.isNull(column("b"))
    let c = Predicate.isNull(column("c"))
    #expect(try condition("a IS NULL AND (b IS NULL AND c IS NULL)") == .and([a, b, c]))
    #expect(try condition("(a IS NULL OR b IS NULL) OR c IS NULL") == .or([a, b, c]))
    #expect(try condition("a IS NULL AND b IS NULL OR c IS NULL") == .or([.and([a, b]), c]))
    #expect(try condition("a IS NULL AND (b IS NULL OR c IS NULL)") == .and([a, .or([b, c])]))
    #expect(try condition("NOT NOT a IS NULL") == .not(.not(a)))
    #expect(
      try condition("TRUE AND FALSE AND NULL")
        == .and([.constant(true), .constant(false), .constant(nil)]))
  }

  @Test("names") func names() throws {
    let query = try SQLParser.parse(
      "SELECT \"Sex\" AS \"select\", count(*) FROM \"Claims\" GROUP BY \"Claims\".\"Sex\"")
    #expect(query.table == "Claims")
    #expect(query.select[0] == SelectItem(value: .key(0), label: "select"))
    #expect(query.groupBy == [.column(column("Sex"))])
    let repeated = try SQLParser.parse(
      "SELECT count(*) FROM t GROUP BY a, t.a, b, a ORDER BY b, t.a")
    #expect(repeated.groupBy == [.column(column("a")), .column(column("b"))])
    #expect(repeated.orderBy.map(\.key) == [.expression(.key(1)), .expression(.key(0))])
    // An output label goes before a column, and a qualified name is always a column.
    let labelled = try SQLParser.parse(
      "SELECT count(*) AS a FROM t GROUP BY a ORDER BY a, t.a DESC NULLS LAST")
    #expect(labelled.orderBy.map(\.key) == [.output(0), .expression(.key(0))])
    #expect(labelled.orderBy.map(\.nullsFirst) == [false, false])
  }

  @Test("positions are characters, not bytes") func positions() throws {
    let text = "SELECT \"größe\", count(*) FROM t WHERE \"größe\" = 'ß' AND x IN (1, 22) GROUP BY 1"
    let query = try SQLParser.parse(text)
    guard case .and(let operands)? = query.predicate, operands.count == 2,
      case .comparison(let size, _, let constant) = operands[0],
      case .isIn(let x, let list) = operands[1]
    else {
      Issue.record("the condition was not understood")
      return
    }
    func rest(_ position: Int, _ count: Int) -> String {
      String(text.dropFirst(position).prefix(count))
    }
    guard case .column(let key)? = query.groupBy.first else {
      Issue.record("the grouping was not understood")
      return
    }
    #expect(rest(key.position, 7) == "\"größe\"")
    #expect(size.position > 20 && rest(size.position, 7) == "\"größe\"")
    #expect(rest(constant.position, 3) == "'ß'")
    #expect(rest(x.position, 1) == "x")
    #expect(list.map { rest($0.position, 1) } == ["1", "2"])
  }

  @Test("many parses at once") func concurrency() async throws {
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<64 {
        group.addTask {
          let text =
            index.isMultiple(of: 2) ? "SELECT count(*) FROM t\(index)" : "SELECT ( FROM t\(index)"
          let query = try? SQLParser.parse(text)
          return query?.table == (index.isMultiple(of: 2) ? "t\(index)" : nil)
        }
      }
      for await isRight in group {
        #expect(isRight)
      }
    }
  }
}
