import ClaimQuery
import ClaimSchema
import Testing

@Suite("Disclosure policy") struct DisclosurePolicyTests {
  private let fixture = DisclosureFixture()

  @Test("no record at all: one row without GROUP BY, none with it") func empty() throws {
    let plan = try fixture.plan("SELECT count(*), count(paid), sum(paid), avg(days) FROM claims")
    let row: [AnswerCell] = [.integer(0), .integer(0), .null, .null]
    #expect(try fixture.release(plan, []).rows == [row])
    let zero = fixture.group(plan, records: 0)
    #expect(try fixture.release(plan, [zero]).rows == [row])
    #expect(try fixture.release(plan, [zero]).withheld.isEmpty)

    let grouped = try fixture.plan("SELECT sex, count(*) FROM claims GROUP BY sex")
    #expect(try fixture.release(grouped, []).rows.isEmpty)
    #expect(try fixture.release(grouped, [fixture.group(grouped, ["1"], records: 0)]).rows.isEmpty)
  }

  @Test(
    "counts from 1 to k - 1 are withheld",
    arguments: [
      (11, 0, false), (11, 1, true), (11, 10, true), (11, 11, false), (1, 1, false), (2, 1, true),
      (2, 2, false), (100, 99, true),
    ] as [(Int, Int64, Bool)])
  func threshold(minimumCohort: Int, count: Int64, isWithheld: Bool) throws {
    let fixture = DisclosureFixture(minimumCohort: minimumCohort)
    let plan = try fixture.plan("SELECT count(*) AS n FROM claims")
    let answer = try fixture.release(plan, [fixture.group(plan, records: count)])
    #expect(answer.rows == [[isWithheld ? .withheld : .integer(count)]])
    #expect(answer.withheld == (isWithheld ? [CellPosition(row: 0, column: 0)] : []))
    #expect(answer.columns == ["n"])
  }

  @Test("a sum is judged by its own contributors") func contributors() throws {
    let plan = try fixture.plan("SELECT count(*), sum(paid), avg(paid), sum(days) FROM claims")
    let few = fixture.group(
      plan, records: 100, counts: ["paid": 5], sums: ["paid": -7, "days": 300])
    #expect(
      try fixture.release(plan, [few]).rows
        == [[.integer(100), .withheld, .withheld, .integer(300)]])
    let none = fixture.group(plan, records: 100, sums: ["days": 300])
    #expect(
      try fixture.release(plan, [none]).rows
        == [[.integer(100), .null, .null, .integer(300)]])
    let many = fixture.group(
      plan, records: 100, counts: ["paid": 50], sums: ["paid": -7, "days": 300])
    #expect(
      try fixture.release(plan, [many]).rows == [
        [
          .integer(100), .decimal("-0.07"), .decimal("-0.0014"),
          .integer(300),
        ]
      ])
  }

  @Test("two counts of a row that differ by 1 to k - 1 are not both shown") func differences()
    throws
  {
    func rows(_ text: String, paid: Int64, cost: Int64 = 0) throws -> [[AnswerCell]] {
      let plan = try fixture.plan(text)
      let group = fixture.group(plan, records: 100, counts: ["paid": paid, "cost": cost])
      return try fixture.release(plan, [group]).rows
    }
    let both = "SELECT count(*), count(paid) FROM claims"
    #expect(try rows(both, paid: 100) == [[.integer(100), .integer(100)]])
    #expect(try rows(both, paid: 99) == [[.integer(100), .withheld]])
    #expect(try rows(both, paid: 90) == [[.integer(100), .withheld]])
    #expect(try rows(both, paid: 89) == [[.integer(100), .integer(89)]])
    // The first in SELECT is shown.
    #expect(
      try rows("SELECT count(paid), count(*) FROM claims", paid: 95) == [[.integer(95), .withheld]])
    // What is withheld does not stand in the way of what follows.
    #expect(
      try rows("SELECT count(*), count(paid), count(cost) FROM claims", paid: 95, cost: 89)
        == [[.integer(100), .withheld, .integer(89)]])
    // The group's record count that nobody asked for is not released.
    #expect(
      try rows("SELECT sum(paid), count(paid) FROM claims", paid: 95)
        == [[try .decimal("0.00"), .integer(95)]])
  }

  @Test("cells of other rows do not matter") func rowsApart() throws {
    let plan = try fixture.plan("SELECT sex, count(*) FROM claims GROUP BY sex")
    let groups = [
      fixture.group(plan, ["1"], records: 100), fixture.group(plan, ["2"], records: 95),
      fixture.group(plan, [nil], records: 3),
    ]
    let answer = try fixture.release(plan, groups)
    #expect(
      answer.rows == [
        [.text("1"), .integer(100)], [.text("2"), .integer(95)], [.text(nil), .withheld],
      ])
    #expect(answer.withheld == [CellPosition(row: 2, column: 1)])
    #expect(answer.minimumCohort == 11)
  }

  @Test("a single withheld cell takes the next smallest with it") func complementOfRows() throws {
    let fixture = DisclosureFixture(protectsComplement: true)
    let plan = try fixture.plan("SELECT sex, count(*) FROM claims GROUP BY sex")
    let groups = [
      fixture.group(plan, ["1"], records: 100), fixture.group(plan, ["2"], records: 95),
      fixture.group(plan, [nil], records: 3),
    ]
    let answer = try fixture.release(plan, groups)
    #expect(answer.withheld.map(\.row) == [1, 2])
  }

  @Test("aggregates that the key does not release") func allowedAggregates() throws {
    let strict = DisclosureFixture(allowed: [.count])
    let sum = try strict.plan("SELECT count(*), sum(paid) FROM claims")
    #expect(throws: QueryError.refusedByPolicy("the key does not release sum; it releases count")) {
      try strict.release(sum, [])
    }
    let count = try strict.plan("SELECT count(*), count(paid) FROM claims")
    #expect(throws: Never.self) { try strict.release(count, []) }
    let sums = DisclosureFixture(allowed: [.sum])
    #expect(throws: QueryError.self) {
      try sums.release(try sums.plan("SELECT count(*) FROM claims"), [])
    }
  }

  @Test("groups that do not fit the plan are refused") func misfits() throws {
    let plan = try fixture.plan("SELECT sex, sum(paid) FROM claims GROUP BY sex")
    let whole = fixture.group(plan, ["1"], records: 20, counts: ["paid": 20])
    let misfits: [[OpenedGroup]] = [
      [OpenedGroup(keys: [], totals: whole.totals)],
      [OpenedGroup(keys: ["1", "2"], totals: whole.totals)],
      [OpenedGroup(keys: ["1"], totals: Array(whole.totals.dropLast()))],
      [OpenedGroup(keys: ["1"], totals: whole.totals + [0])],
      [whole, whole],
      [fixture.group(plan, ["1"], records: -1, counts: ["paid": 20])],
      [fixture.group(plan, ["1"], records: 20, counts: ["paid": -20])],
    ]
    for groups in misfits {
      #expect(throws: QueryError.refusedByPolicy("the totals do not belong to this query")) {
        try fixture.release(plan, groups)
      }
    }
    #expect(throws: Never.self) { try fixture.release(plan, [whole]) }
    let single = try fixture.plan("SELECT count(*) FROM claims")
    let one = fixture.group(single, records: 20)
    #expect(throws: QueryError.self) { try fixture.release(single, [one, one]) }
  }
}
