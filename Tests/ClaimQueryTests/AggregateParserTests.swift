import ClaimQuery
import ClaimSchema
import Testing

@Suite("Aggregates as written") struct AggregateParserTests {
  private func column(_ name: String) -> ColumnReference {
    ColumnReference(name: name, position: 0)
  }
  private func literal(_ digits: String) -> Literal { Literal(value: .number(digits), position: 0) }
  private func aggregate(_ text: String) throws -> Aggregate? {
    guard
      case .aggregate(let aggregate) = try SQLParser.parse("SELECT \(text) FROM t").select[0].value
    else { return nil }
    return aggregate
  }

  @Test("each function") func functions() throws {
    for function in AggregateFunction.allCases {
      let isPair = function == .correlation || function == .covariancePopulation
      let arguments: [ValueExpression] =
        isPair ? [.column(column("a")), .column(column("b"))] : [.column(column("a"))]
      let text = isPair ? "a, b" : "a"
      #expect(
        try aggregate("\(function.rawValue)(\(text))") == Aggregate(function, of: arguments))
    }
    #expect(try aggregate("count(*)") == Aggregate(.count))
    #expect(
      try aggregate("count(DISTINCT a)")
        == Aggregate(.count, of: [.column(column("a"))], isDistinct: true))
    #expect(
      try aggregate("sum(a) FILTER (WHERE b IS NULL)")
        == Aggregate(.sum, of: [.column(column("a"))], filter: .isNull(column("b"))))
  }

  @Test("expressions") func expressions() throws {
    let a = ValueExpression.column(column("a"))
    let b = ValueExpression.column(column("b"))
    #expect(
      try aggregate("sum(a - b * 2)")
        == Aggregate(
          .sum,
          of: [.arithmetic(.subtract, a, .arithmetic(.multiply, b, .literal(literal("2"))))]))
    #expect(try aggregate("avg(-a)") == Aggregate(.avg, of: [.negated(a)]))
    #expect(try aggregate("sum(1)") == Aggregate(.sum, of: [.literal(literal("1"))]))
    #expect(
      try aggregate("count(CASE WHEN a = 1 THEN 'x' END)")
        == Aggregate(
          .count,
          of: [
            .conditional(
              [
                ValueBranch(
                  condition: .comparison(column("a"), .equal, literal("1")),
                  value: .literal(Literal(value: .string("x"), position: 0)))
              ], otherwise: nil)
          ]))
  }

  @Test(
    "what is written otherwise",
    arguments: [
      ParsedQuery("sum(coalesce(a, 0))", "sum(CASE WHEN a IS NOT NULL THEN a ELSE 0 END)"),
      ParsedQuery(
        "sum(coalesce(a, b, 0))",
        "sum(CASE WHEN a IS NOT NULL THEN a WHEN b IS NOT NULL THEN b ELSE 0 END)"),
      ParsedQuery("sum(coalesce(a, NULL))", "sum(CASE WHEN a IS NOT NULL THEN a END)"),
      ParsedQuery("sum(nullif(a, 9))", "sum(CASE WHEN a = 9 THEN NULL ELSE a END)"),
      ParsedQuery(
        "sum(CASE x WHEN '1' THEN a WHEN '2' THEN -a ELSE NULL END)",
        "sum(CASE WHEN x = '1' THEN a WHEN x = '2' THEN -a END)"),
      ParsedQuery(
        "sum(CASE extract(year FROM d) WHEN 2009 THEN a END)",
        "sum(CASE WHEN extract(year FROM d) = 2009 THEN a END)"),
      ParsedQuery(
        "sum((a > 1)::int)", "sum(CASE WHEN a > 1 THEN 1 WHEN NOT (a > 1) THEN 0 END)"),
      ParsedQuery(
        "count(a IN (1, 2))", "count(CASE WHEN a IN (1, 2) THEN 1 WHEN a NOT IN (1, 2) THEN 0 END)"),
      ParsedQuery("sum(a::numeric * b::float8)", "sum(a * b)"),
      ParsedQuery("sum(a::int8)", "sum(CAST(a AS bigint))"),
      ParsedQuery("sum(CAST(a AS HUGEINT) * a)", "sum(CAST(a AS bigint) * a)"),
      ParsedQuery(
        "sum((CASE WHEN b = 1 THEN a ELSE 0 END)::bigint)",
        "sum(CASE WHEN b = 1 THEN CAST(a AS bigint) ELSE 0 END)"),
      ParsedQuery("count(a::text)", "count(a)"),
      ParsedQuery("sum(+a - -2)", "sum(a - -2)"),
      ParsedQuery("sum(-(+2) * a)", "sum(-2 * a)"),
      ParsedQuery(
        "count(DISTINCT CASE WHEN b = 1 THEN a END)", "count(DISTINCT a) FILTER (WHERE b = 1)"),
      ParsedQuery(
        "count(DISTINCT CASE WHEN b = 1 AND c = 2 THEN a END) FILTER (WHERE d = 3)",
        "count(DISTINCT a) FILTER (WHERE d = 3 AND b = 1 AND c = 2)"),
    ])
  func rewritten(query: ParsedQuery) throws {
    let parsed = try SQLParser.parse("SELECT \(query.text) FROM t")
    #expect(parsed.canonicalText == "SELECT \(query.canonical) FROM t")
    #expect(try SQLParser.parse(parsed.canonicalText) == parsed)
  }
}
