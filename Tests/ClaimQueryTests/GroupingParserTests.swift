import ClaimQuery
import Testing

@Suite("GROUP BY as written") struct GroupingParserTests {
  private func column(_ name: String) -> ColumnReference {
    ColumnReference(name: name, position: 0)
  }
  private func text(_ text: String) -> Literal { Literal(value: .string(text), position: 0) }

  @Test("columns, parts of dates and bands") func kinds() throws {
    let query = try SQLParser.parse(
      """
      SELECT CASE WHEN age < 65 THEN 'young' WHEN age < 75 THEN 'old' ELSE 'oldest' END AS band,
        extract(quarter FROM d)::int AS q, date_trunc('month', d)::date, count(*)
      FROM t GROUP BY band, q, 3
      """)
    #expect(
      query.groupBy == [
        .conditional(
          [
            GroupingBranch(
              condition: .comparison(
                column("age"), .less, Literal(value: .number("65"), position: 0)),
              label: text("young")),
            GroupingBranch(
              condition: .comparison(
                column("age"), .less, Literal(value: .number("75"), position: 0)),
              label: text("old")),
          ], otherwise: text("oldest")),
        .datePart(.quarter, column("d")), .truncated(.month, column("d")),
      ])
    #expect(
      query.select.map(\.value) == [
        .key(0), .cast(.key(1), .bigint), .key(2), .aggregate(.countRecords),
      ])
  }

  @Test("a column's name goes before an output column's") func names() throws {
    func groups(_ text: String) throws -> [GroupingExpression] {
      try SQLParser.parse(text).groupBy
    }
    let year = GroupingExpression.datePart(.year, column("d"))
    #expect(
      try groups("SELECT extract(year FROM d) AS y, count(*) FROM t GROUP BY y") == [year])
    // A column of that name is used elsewhere, so there is one.
    #expect(
      try groups(
        "SELECT CASE sex WHEN '1' THEN 'm' END AS sex, count(*) FROM t GROUP BY sex")
        == [.column(column("sex"))])
    #expect(
      try groups("SELECT count(*) AS y FROM t WHERE y = 1 GROUP BY y") == [.column(column("y"))])
    // An aggregate cannot be meant.
    #expect(try groups("SELECT count(*) AS y FROM t GROUP BY y") == [.column(column("y"))])
  }

  @Test("keys inside larger expressions") func inside() throws {
    let query = try SQLParser.parse(
      "SELECT a + 1, CASE WHEN a = 1 THEN b END, round(extract(year FROM d) / 10), count(*)"
        + " FROM t GROUP BY a, b, extract(year FROM d)")
    let one = ResultExpression.literal(Literal(value: .number("1"), position: 0))
    #expect(
      query.select.dropLast().map(\.value) == [
        .arithmetic(.add, .key(0), one),
        .conditional(
          [ResultBranch(condition: .comparison(.equal, .key(0), one), value: .key(1))],
          otherwise: nil),
        .call(
          .round,
          [
            .arithmetic(
              .divide, .key(2), .literal(Literal(value: .number("10"), position: 0)))
          ]),
      ])
  }
}
