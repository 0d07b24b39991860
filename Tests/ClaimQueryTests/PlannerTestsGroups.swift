import ClaimQuery
import ClaimSchema
import Testing

/// The groups of expressions: parts of dates, first days, CASE.
@Suite struct PlannerTestsGroups {
  private typealias Q = PlannerQuery

  private func plan(
    _ grouping: GroupingExpression..., where predicate: Predicate? = nil
  ) throws -> Plan {
    try Planner(schema: PlannerFixture.schema(depth: 3))
      .plan(Q.make([.countRecords], where: predicate, by: grouping))
  }

  private func keys(
    _ grouping: GroupingExpression, where predicate: Predicate? = nil
  ) throws -> [[String?]] {
    try plan(grouping, where: predicate).hiddenGroups.map(\.keys)
  }

  private func bands(
    _ labels: [Literal], otherwise: Literal? = nil
  ) -> GroupingExpression {
    let numbers = ["10", "20", "30", "40"].map { Q.number($0) }
    return .conditional(
      zip(numbers, labels).map { number, label in
        GroupingBranch(
          condition: .comparison(Q.reference("n"), .less, number), label: label)
      }, otherwise: otherwise)
  }

  /// The days of the fixture are from 2008-11-20 to 2009-03-10.
  @Test func hiddenDatesByTheirParts() throws {
    let d = Q.reference("d")
    #expect(try keys(.datePart(.year, d)) == [["2008"], ["2009"], [nil]])
    #expect(try keys(.datePart(.quarter, d)) == [["1"], ["4"], [nil]])
    #expect(
      try keys(.datePart(.month, d)) == [["1"], ["2"], ["3"], ["11"], ["12"], [nil]])
    #expect(try keys(.datePart(.day, d)).count == 32)
    #expect(try keys(.truncated(.year, d)) == [["2008-01-01"], ["2009-01-01"], [nil]])
    #expect(try keys(.truncated(.quarter, d)) == [["2008-10-01"], ["2009-01-01"], [nil]])
    #expect(
      try keys(.truncated(.month, d)) == [
        ["2008-11-01"], ["2008-12-01"], ["2009-01-01"], ["2009-02-01"], ["2009-03-01"], [nil],
      ])
    let after = Predicate.comparison(d, .greater, Q.text("2009-01-31"))
    #expect(try keys(.datePart(.year, d), where: after) == [["2009"]])
    #expect(try keys(.truncated(.month, d), where: after) == [["2009-02-01"], ["2009-03-01"]])
    let listed = Predicate.isIn(d, [Q.text("2009-02-14"), Q.text("2008-12-31")])
    #expect(try keys(.truncated(.day, d), where: listed) == [["2008-12-31"], ["2009-02-14"]])
  }

  @Test func keysHaveTypes() throws {
    let (d, e) = (Q.reference("d"), Q.reference("e"))
    let label = [Q.text("low")]
    for (grouping, type, isClear) in [
      (.datePart(.month, d), .integer, false), (.datePart(.month, e), .integer, true),
      (.truncated(.month, d), .date, false), (.truncated(.month, e), .date, true),
      (.column(d), .date, false), (.column(e), .date, true),
      (.column(Q.reference("a")), .numeric, true), (.column(Q.reference("k")), .integer, true),
      (.column(Q.reference("b")), .integer, false), (.column(Q.reference("m")), .text, false),
      (bands(label), .text, false), (bands([Q.number("1")]), .integer, false),
      (bands([Q.number("1")], otherwise: Q.number("2.5")), .numeric, false),
      (bands([Q.number("9223372036854775808")]), .numeric, false),
      (bands([Q.null]), .integer, false),
    ] as [(GroupingExpression, GroupColumn.KeyType, Bool)] {
      let listed = Predicate.isIn(d, [Q.text("2009-02-14")])
      let column = try #require(try plan(grouping, where: listed).groupColumns.first)
      #expect(column.keyType == type, "\(column.name)")
      #expect(column.isClear == isClear, "\(column.name)")
    }
  }

  @Test func casesInTheOrderOfTheirLabels() throws {
    #expect(
      try keys(bands([Q.text("low"), Q.text("high")], otherwise: Q.text("é")))
        == [["high"], ["low"], ["é"]])
    #expect(
      try keys(bands([Q.number("10"), Q.number("9"), Q.number("-1")]))
        == [["-1"], ["9"], ["10"], [nil]])
    // One label is one group, wherever it stands.
    #expect(
      try keys(bands([Q.text("a"), Q.text("b"), Q.text("a"), Q.null], otherwise: Q.text("b")))
        == [["a"], ["b"], [nil]])
    #expect(
      try keys(bands([Q.number("1"), Q.number("1.0"), Q.number("2")], otherwise: Q.number("2.00")))
        == [["1"], ["2"]])
    #expect(
      try keys(bands([Q.number("0.00002"), Q.number("0.00001"), Q.number("1e3")]))
        == [["0.00001"], ["0.00002"], ["1e3"], [nil]])
  }

  @Test func casesThatNobodyReachesAreNoGroups() throws {
    let below = Predicate.comparison(Q.reference("n"), .less, Q.number("15"))
    let labels = ["a", "b", "c", "d"].map { Q.text($0) }
    #expect(try keys(bands(labels, otherwise: Q.text("e")), where: below) == [["a"], ["b"]])
    let never = GroupingExpression.conditional(
      [
        GroupingBranch(condition: Q.equals("x", "z"), label: Q.text("never")),
        GroupingBranch(condition: .constant(true), label: Q.text("always")),
        GroupingBranch(condition: Q.equals("x", "a"), label: Q.text("late")),
      ], otherwise: nil)
    #expect(try keys(never) == [["always"]])
  }

  @Test func threeKeysAreTheirProduct() throws {
    let groups = try plan(
      .column(Q.reference("y")), .column(Q.reference("t")), .datePart(.year, Q.reference("d")))
    #expect(groups.groupColumns.map(\.isClear) == [false, true, false])
    #expect(
      groups.hiddenGroups.map(\.keys) == [
        ["0", "2008"], ["0", "2009"], ["0", nil], ["1", "2008"], ["1", "2009"], ["1", nil],
      ])
  }

  /// What a server may say that a clear column's keys are.
  @Test func keysThatCannotBeAreRefused() throws {
    let e = Q.reference("e")
    func canHold(_ grouping: GroupingExpression, _ key: String?) throws -> Bool {
      try #require(try plan(grouping).groupColumns.first).canHold(key)
    }
    for (grouping, good, bad) in [
      (
        .datePart(.month, e), ["1", "12", nil],
        ["0", "13", "01", "-1", "x", "", "1.0", "99999999999999999999"]
      ),
      (.datePart(.quarter, e), ["1", "4", nil], ["0", "5"]),
      (.datePart(.day, e), ["31"], ["32"]),
      (.datePart(.year, e), ["2008"], ["0", "10000"]),
      (
        .truncated(.month, e), ["2009-02-01", nil],
        ["2009-02-02", "20090201", "2009-02", "", "2009-13-01"]
      ),
      (.truncated(.quarter, e), ["2008-10-01"], ["2008-11-01"]),
      (.truncated(.year, e), ["2008-01-01"], ["2008-04-01"]),
      (.column(Q.reference("k")), ["-7", nil], ["07", "1.5", "x", "51"]),
      (.column(Q.reference("a")), ["0.50", "-3.00"], ["0.5", nil, "x"]),
      (.column(Q.reference("x")), [], ["a", nil]),
    ] as [(GroupingExpression, [String?], [String?])] {
      for key in good { #expect(try canHold(grouping, key), "\(key ?? "NULL")") }
      for key in bad { #expect(try !canHold(grouping, key), "\(key ?? "NULL")") }
    }
  }

  /// In GROUP BY such a label would mean the column.
  @Test func aLabelMayNotBeAnotherColumn() throws {
    let planner = Planner(schema: try PlannerFixture.schema(depth: 3))
    for sql in [
      "SELECT extract(month FROM d) AS k, count(*) FROM claims GROUP BY k",
      "SELECT x AS y, count(*) FROM claims GROUP BY 1",
    ] {
      let query = try SQLParser.parse(sql)
      #expect(throws: QueryError.self, "\(sql)") { try planner.plan(query) }
    }
    let query = try SQLParser.parse(
      "SELECT extract(month FROM d) AS month, x AS x, count(*) FROM claims GROUP BY 1, 2")
    #expect(throws: Never.self) { try planner.plan(query) }
  }
}
