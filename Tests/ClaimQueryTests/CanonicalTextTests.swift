import ClaimQuery
import ClaimSchema
import Testing
import _TestSupport

@Suite("Canonical text") struct CanonicalTextTests {
  @Test("one form for all spellings") func form() throws {
    let query = try SQLParser.parse(
      """
      select  c.sex as "Sex", count( * ) as n, sum(paid) sum from claims c
      where not(c.sex not in ('1','x''y')) and (paid>=-1.50 and "user" is not null or 5>paid)
        and d between date '2009-01-01' and '2009-12-31'::date and not (paid = 3)
      group by 1, diagnosis having(count(*))>=11 order by n desc, diagnosis, 1 nulls first
      fetch next 20 rows only
      """)
    #expect(
      query.canonicalText
        == "SELECT sex AS \"Sex\", count(*) AS n, sum(paid) FROM claims"
        + " WHERE NOT (sex NOT IN ('1', 'x''y'))"
        + " AND ((paid >= -1.50 AND \"user\" IS NOT NULL) OR paid < 5)"
        + " AND d BETWEEN '2009-01-01' AND '2009-12-31' AND NOT (paid = 3)"
        + " GROUP BY sex, diagnosis HAVING count(*) >= 11"
        + " ORDER BY 2 DESC, claims.diagnosis, 1 NULLS FIRST LIMIT 20")
  }

  @Test("parsing the canonical text gives the query again") func roundTrip() throws {
    var texts: Set<String> = []
    try Property("canonical text is read to its query", runs: 1200) {
      QueryGenerator.query(&$0)
    } holds: { query in
      let text = query.canonicalText
      let again = try SQLParser.parse(text)
      try agree(again, query, text)
      try agree(again.canonicalText, text, "the text")
      texts.insert(text)
    }.check()
    #expect(texts.count > 1000)
  }

  @Test("queries that differ have texts that differ") func injective() {
    var choices = Choices(seed: 11)
    var queries: [String: Query] = [:]
    for _ in 0..<1000 {
      let query = QueryGenerator.query(&choices)
      #expect(queries.updateValue(query, forKey: query.canonicalText) ?? query == query)
    }
  }

  @Test("a quotation mark before a combining character ends nothing") func combining() throws {
    let text = "a'\u{301} OR TRUE --"
    let query = Query(
      select: [SelectItem(value: .aggregate(.countRecords), label: "n\"\u{301}")], table: "t",
      predicate: .comparison(
        ColumnReference(name: "x", position: 0), .equal, Literal(value: .string(text), position: 0))
    )
    #expect(try SQLParser.parse(query.canonicalText) == query)
  }

  @Test("minus signs never begin a comment") func minus() throws {
    let inner = ResultExpression.aggregate(.countRecords)
    let query = Query(
      select: [
        SelectItem(value: .negated(.negated(inner)), label: "n"),
        SelectItem(
          value: .arithmetic(
            .subtract, inner, .literal(Literal(value: .number("-3"), position: 0))), label: "m"),
      ], table: "t")
    #expect(query.canonicalText == "SELECT -(-count(*)) AS n, count(*) - -3 AS m FROM t")
    #expect(try SQLParser.parse(query.canonicalText) == query)
  }

  @Test("positions take no part") func positions() throws {
    let close = try SQLParser.parse(
      "SELECT sum(a) FILTER (WHERE b = 1)/2, CASE WHEN c=1 THEN 'x' END FROM t GROUP BY 2")
    let wide = try SQLParser.parse(
      """
        SELECT  sum( a ) FILTER ( WHERE b = 1 ) / 2 , CASE WHEN c = 1 THEN 'x' END
          FROM t GROUP BY CASE WHEN c = 1 THEN 'x' END
      """)
    #expect(close == wide)
    #expect(close.hashValue == wide.hashValue)
    #expect(close.canonicalText == wide.canonicalText)
  }
}
