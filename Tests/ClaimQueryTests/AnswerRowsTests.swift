import ClaimQuery
import ClaimSchema
import Testing

/// HAVING, ORDER BY, LIMIT and OFFSET, which see released values only.
@Suite struct AnswerRowsTests {
  private typealias Q = PlannerQuery

  private let fixture = DisclosureFixture()
  private let count = ResultExpression.aggregate(.countRecords)
  private let paid = ResultExpression.aggregate(Q.aggregate(.sum, "paid"))

  /// The keys of the rows over five groups; c has too few records, d too few contributors to paid.
  private func keys(_ change: (inout Query) -> Void) throws -> String {
    var query = Q.make([.countRecords], by: ["site"])
    change(&query)
    let plan = try fixture.plan(query)
    let groups: [(key: String, records: Int64, contributors: Int64, sum: Int64)] = [
      ("a", 50, 50, 900), ("b", 40, 40, 100), ("c", 10, 10, 5000), ("d", 70, 5, 4000),
      ("e", 20, 0, 0),
    ]
    let opened = groups.map {
      fixture.group(
        plan, [$0.key], records: $0.records, counts: ["paid": $0.contributors],
        sums: ["paid": $0.sum])
    }
    return try fixture.release(plan, opened.reversed()).rows.map { $0[0].text ?? "-" }.joined()
  }

  private func number(_ text: String) -> ResultExpression { .literal(Q.number(text)) }

  private func by(_ expression: ResultExpression, descending: Bool = false) -> [OrderTerm] {
    [OrderTerm(key: .expression(expression), isDescending: descending, nullsFirst: descending)]
  }

  @Test func havingKeepsWhatIsTrue() throws {
    #expect(try keys { _ in } == "abcde")
    #expect(try keys { $0.having = .comparison(.greater, count, number("30")) } == "abd")
    #expect(try keys { $0.having = .comparison(.less, count, number("45")) } == "be")
    #expect(try keys { $0.having = .literal(Literal(value: .null, position: 0)) } == "")
    #expect(
      try keys { $0.having = .comparison(.notEqual, .key(0), .literal(Q.text("b"))) } == "acde")
  }

  /// Neither a condition nor its opposite tells what a withheld value is.
  @Test func havingNeverHoldsForWhatIsWithheld() throws {
    let isLarge = ResultExpression.comparison(.greater, paid, number("20"))
    #expect(try keys { $0.having = isLarge } == "")
    #expect(try keys { $0.having = .not(isLarge) } == "ab")
    #expect(try keys { $0.having = .isNull(paid) } == "e")
    #expect(try keys { $0.having = .or([isLarge, .not(isLarge), .isNull(paid)]) } == "abe")
    #expect(
      try keys { $0.having = .or([.comparison(.equal, number("1"), number("1")), isLarge]) }
        == "abe")
  }

  @Test func orderSeesReleasedValuesOnly() throws {
    // c's count and the sums of c and d are withheld, e's sum is NULL: the keys decide among them.
    #expect(try keys { $0.orderBy = by(count) } == "ebadc")
    #expect(try keys { $0.orderBy = by(paid) } == "bacde")
    #expect(try keys { $0.orderBy = by(paid, descending: true) } == "cdeab")
    #expect(try keys { $0.orderBy = by(.negated(count)) } == "dabec")
    #expect(try keys { $0.orderBy = by(.key(0), descending: true) } == "edcba")
    #expect(try keys { $0.orderBy = by(.isNull(paid)) } == "abecd")
  }

  @Test func limitAndOffsetCountTheRowsThatAreLeft() throws {
    #expect(try keys { $0.limit = 2 } == "ab")
    #expect(try keys { $0.limit = 0 } == "")
    #expect(try keys { $0.limit = 9 } == "abcde")
    #expect(try keys { $0.offset = 3 } == "de")
    #expect(try keys { $0.offset = 9 } == "")
    #expect(
      try keys {
        $0.limit = .max
        $0.offset = .max
      } == "")
    #expect(
      try keys {
        ($0.limit, $0.offset) = (2, 1)
        $0.having = .comparison(.greater, count, number("1"))
        $0.orderBy = by(count, descending: true)
      } == "ab")
  }

  @Test func withoutGroupsThereIsOneRow() throws {
    func rows(_ change: (inout Query) -> Void) throws -> Int {
      var query = Q.make()
      change(&query)
      return try fixture.release(try fixture.plan(query), []).rows.count
    }
    #expect(try rows { _ in } == 1)
    #expect(try rows { $0.having = .comparison(.greater, count, number("0")) } == 0)
    #expect(try rows { $0.offset = 1 } == 0)
  }
}
