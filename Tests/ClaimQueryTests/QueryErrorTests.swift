import ClaimQuery
import Testing

@Suite("Query errors") struct QueryErrorTests {
  @Test("each description says what, where and what to do") func descriptions() {
    let expected: [(QueryError, String)] = [
      (
        .syntax(message: "syntax error at end of input", position: 16),
        "Not a valid query at character 17: syntax error at end of input."
      ),
      (
        .unsupported(construct: "CASE", position: 0, instead: "Use WHERE."),
        "Not supported at character 1: CASE. Use WHERE."
      ),
      (
        .unsupported(construct: "CASE", position: nil, instead: "Use WHERE."),
        "Not supported: CASE. Use WHERE."
      ),
      (
        .unknownTable(name: "claim", expected: "claims"),
        "There is no table \"claim\" under this key. Write FROM claims."
      ),
      (
        .unknownColumn(name: "sec", position: 3, known: ["sex", "paid"]),
        "There is no column \"sec\" at character 4. The columns are sex, paid."
      ),
      (
        .columnUse(
          column: "paid", position: 6, problem: "it has no index", remedy: "declare bands"),
        "Column \"paid\" at character 7: it has no index. Declare bands."
      ),
      (
        .literal(column: "days", position: 1, expected: "a whole number"),
        "The constant at character 2 does not fit column \"days\": expected a whole number."
      ),
      (
        .notACutPoint(column: "paid", position: 1, nearest: ["0", "5000.00"]),
        "Column \"paid\" is compared at character 2 between its cut points. The nearest are 0,"
          + " 5000.00."
      ),
      (
        .tooDeep(factors: 6, depth: 2),
        "This query multiplies 6 factors; the table was encrypted for depth 2 (4 factors). Use"
          + " fewer conditions at once, or re-encrypt with depth 3."
      ),
      (
        .tooLarge(what: "groups", count: 5000, limit: 4096, remedy: "group by fewer columns"),
        "Too many groups: 5000, and the limit is 4096. Group by fewer columns."
      ),
      (
        .refusedByPolicy("the key does not release avg"),
        "Refused by the disclosure policy: the key does not release avg."
      ),
    ]
    for (error, text) in expected {
      #expect(error.description == text)
    }
  }

  @Test("the least depth that would do", arguments: [(2, 1), (3, 2), (4, 2), (5, 3), (9, 4)])
  func depths(factors: Int, depth: Int) {
    let text = QueryError.tooDeep(factors: factors, depth: 0).description
    #expect(text.hasSuffix("re-encrypt with depth \(depth)."))
  }

  @Test("the report shows the line with a caret below the place") func report() throws {
    let text = "SELECT count(*)\nFROM t\tWHERE \"größe\" ILIKE 'x%'\nGROUP BY 1"
    let error = try #require(throws: QueryError.self) { try SQLParser.parse(text) }
    let lines = error.report(in: text).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3)
    #expect(lines[1] == "  FROM t WHERE \"größe\" ILIKE 'x%'")
    #expect(lines[2] == "                       ^")
  }

  @Test("a long line is cut around the place, and the end of the text has a caret")
  func longLines() throws {
    let padding = String(repeating: "a IS NULL OR ", count: 40)
    let text = "SELECT count(*) FROM t WHERE \(padding)b ~ 'x' OR \(padding)a IS NULL"
    let error = try #require(throws: QueryError.self) { try SQLParser.parse(text) }
    let lines = error.report(in: text).split(separator: "\n")
    #expect(lines[1].count <= 100)
    #expect(lines[1].dropFirst(lines[2].count - 1).hasPrefix("~ 'x'"))

    let cut = "SELECT count(*) FROM t WHERE"
    let atEnd = try #require(throws: QueryError.self) { try SQLParser.parse(cut) }
    #expect(atEnd.report(in: cut).hasSuffix("\n" + String(repeating: " ", count: 30) + "^"))
    // Without a place, or with one outside of the text, the description stands alone.
    #expect(atEnd.report(in: "") == atEnd.description)
    #expect(!QueryError.tooDeep(factors: 3, depth: 1).report(in: cut).contains("\n"))
  }
}
