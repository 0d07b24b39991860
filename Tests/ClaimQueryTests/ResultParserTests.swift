import ClaimQuery
import Testing

@Suite("Expressions over released values") struct ResultParserTests {
  private func key(_ index: Int) -> ResultExpression { .key(index) }
  private func number(_ digits: String) -> ResultExpression {
    .literal(Literal(value: .number(digits), position: 0))
  }
  private func sum(_ name: String) -> ResultExpression {
    .aggregate(Aggregate(.sum, of: [.column(ColumnReference(name: name, position: 0))]))
  }

  @Test("arithmetic by PostgreSQL's precedence") func arithmetic() throws {
    let count = ResultExpression.aggregate(.countRecords)
    func value(_ text: String) throws -> ResultExpression? {
      try SQLParser.parse("SELECT \(text), count(*) FROM t").select.first?.value
    }
    #expect(
      try value("sum(a) - sum(b) - 1")
        == .arithmetic(.subtract, .arithmetic(.subtract, sum("a"), sum("b")), number("1")))
    #expect(
      try value("sum(a) + sum(b) * 2")
        == .arithmetic(.add, sum("a"), .arithmetic(.multiply, sum("b"), number("2"))))
    #expect(
      try value("-sum(a) ^ 2") == .arithmetic(.power, .negated(sum("a")), number("2")))
    #expect(
      try value("2 ^ 3 ^ count(*)")
        == .arithmetic(.power, .arithmetic(.power, number("2"), number("3")), count))
    #expect(try value("-(+3)") == number("-3"))
    #expect(
      try value("sum(a) > 1 OR NOT count(*) = 2 AND TRUE")
        == .or([
          .comparison(.greater, sum("a"), number("1")),
          .and([
            .not(.comparison(.equal, count, number("2"))),
            .literal(Literal(value: .boolean(true), position: 0)),
          ]),
        ]))
    #expect(
      try value("CAST(sum(a) AS double precision) / count(*)")
        == .arithmetic(.divide, .cast(sum("a"), .double), count))
  }

  @Test(
    "labels are PostgreSQL's",
    arguments: [
      ("sum(a)", "sum"), ("stddev(a)", "stddev"), ("variance(a)", "variance"),
      ("count(*)", "count"), ("round(avg(a), 2)", "round"), ("pow(sum(a), 2)", "pow"),
      ("coalesce(sum(a), 0)", "coalesce"), ("nullif(sum(a), 0)", "nullif"),
      ("greatest(sum(a), 0)", "greatest"), ("least(sum(a), 0)", "least"),
      ("sum(a) / 2", "?column?"), ("-sum(a)", "?column?"), ("1", "?column?"),
      ("sum(a) IS NULL", "?column?"), ("sum(a)::text", "sum"), ("(sum(a) + 1)::text", "text"),
      ("(sum(a) + 1)::int", "int4"), ("1::numeric", "numeric"), ("g", "g"), ("t.g", "g"),
      ("extract(year FROM d)", "extract"), ("date_trunc('month', d)", "date_trunc"),
      ("date_trunc('month', d)::date", "date_trunc"),
      ("CASE WHEN sum(a) > 1 THEN 1 END", "case"),
      ("CASE WHEN sum(a) > 1 THEN 1 ELSE sum(a) END", "sum"),
      ("(CASE WHEN sum(a) > 1 THEN 1 END)::text", "text"), ("DATE '2009-01-01'", "date"),
    ])
  func labels(expression: String, label: String) throws {
    let query = try SQLParser.parse(
      "SELECT \(expression), count(*) AS n FROM t"
        + " GROUP BY g, extract(year FROM d), date_trunc('month', d)")
    #expect(query.select[0].label == label)
    #expect(try SQLParser.parse(query.canonicalText) == query)
  }

  @Test("HAVING, with aggregates that are not selected") func having() throws {
    let query = try SQLParser.parse(
      "SELECT g, sum(a) FROM t GROUP BY g HAVING count(*) >= 11 AND g <> 'x'")
    #expect(
      query.having
        == .and([
          .comparison(.greaterOrEqual, .aggregate(.countRecords), number("11")),
          .comparison(.notEqual, key(0), .literal(Literal(value: .string("x"), position: 0))),
        ]))
  }

  @Test("ORDER BY expressions; an equal output column goes before them") func order() throws {
    let query = try SQLParser.parse(
      """
      SELECT g, sum(a) / count(*) AS mean FROM t GROUP BY g, h
      ORDER BY sum(a) / count(*), mean DESC, -sum(a), h, t.g, count(*)
      """)
    #expect(
      query.orderBy.map(\.key) == [
        .output(1), .output(1), .expression(.negated(sum("a"))), .expression(.key(1)), .output(0),
        .expression(.aggregate(.countRecords)),
      ])
  }

  @Test(
    "LIMIT and OFFSET",
    arguments: [
      ("LIMIT 10", 10, 0), ("LIMIT 10 OFFSET 5", 10, 5), ("OFFSET 5 ROWS", nil, 5),
      ("LIMIT ALL", nil, 0), ("LIMIT NULL OFFSET 2", nil, 2), ("LIMIT 0", 0, 0),
      ("FETCH FIRST ROW ONLY", 1, 0), ("OFFSET 3 FETCH NEXT 7 ROWS ONLY", 7, 3),
      ("LIMIT (2 + 3)", 5, 0), ("LIMIT 5::int", 5, 0), ("LIMIT 1000000000", 1_000_000_000, 0),
    ] as [(String, Int?, Int)])
  func rows(clause: String, limit: Int?, offset: Int) throws {
    let query = try SQLParser.parse("SELECT count(*) FROM t " + clause)
    #expect(query.limit == limit)
    #expect(query.offset == offset)
  }
}
