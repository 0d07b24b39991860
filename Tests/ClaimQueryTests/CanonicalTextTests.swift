import ClaimQuery
import ClaimSchema
import Testing

@Suite("Canonical text") struct CanonicalTextTests {
  @Test("one form for all spellings") func form() throws {
    let query = try SQLParser.parse(
      """
      select  c.sex as "Sex", count( * ) as n, sum(paid) sum from claims c
      where not(c.sex not in ('1','x''y')) and (paid>=-1.50 and "user" is not null or 5>paid)
        and d between date '2009-01-01' and '2009-12-31'::date and not (paid = 3)
      group by 1, diagnosis order by n desc, diagnosis, 1 nulls first
      """)
    #expect(
      query.canonicalText
        == "SELECT sex AS \"Sex\", count(*) AS n, sum(paid) FROM claims"
        + " WHERE NOT (sex NOT IN ('1', 'x''y'))"
        + " AND ((paid >= -1.50 AND \"user\" IS NOT NULL) OR paid < 5)"
        + " AND d BETWEEN '2009-01-01' AND '2009-12-31' AND NOT (paid = 3)"
        + " GROUP BY sex, diagnosis ORDER BY 2 DESC, claims.diagnosis, 1 NULLS FIRST")
  }

  @Test("parsing the canonical text gives the query again") func roundTrip() throws {
    var generator = QueryGenerator(seed: 7)
    var texts: Set<String> = []
    for _ in 0..<1500 {
      let query = generator.query()
      let text = query.canonicalText
      let again = try SQLParser.parse(text)
      #expect(again == query, "\(text)")
      #expect(again.canonicalText == text)
      texts.insert(text)
    }
    #expect(texts.count > 1000)
  }

  @Test("a quotation mark before a combining character ends nothing") func combining() throws {
    let text = "a'\u{301} OR TRUE --"
    let query = Query(
      select: [SelectItem(value: .countRecords, label: "n\"\u{301}")], table: "t",
      predicate: .comparison(
        ColumnReference(name: "x", position: 0), .equal, Literal(value: .string(text), position: 0)),
      groupBy: [], orderBy: [])
    #expect(try SQLParser.parse(query.canonicalText) == query)
  }
}
