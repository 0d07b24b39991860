import ClaimQuery
import ClaimSchema
import Testing

@Suite("Order of an answer's rows") struct AnswerOrderTests {
  private let fixture = DisclosureFixture()

  /// The keys of the first column after the groups were given in this order.
  private func keys(
    _ text: String, _ groups: [(keys: [String?], records: Int64, paid: Int64, sum: Int64)]
  ) throws -> [String?] {
    let plan = try fixture.plan(text)
    let opened = groups.map {
      fixture.group(
        plan, $0.keys, records: $0.records, counts: ["paid": $0.paid], sums: ["paid": $0.sum])
    }
    let rows = try fixture.release(plan, opened).rows
    // The order depends on the groups alone, not on how they came.
    #expect(try fixture.release(plan, opened.reversed()).rows == rows)
    return rows.map { row in
      row.first?.text
    }
  }

  private func keys(_ text: String, of keys: [String?]) throws -> [String?] {
    try self.keys(text, keys.map { ([$0], 100, 0, 0) })
  }

  @Test("keys ascend by their type, NULL last") func keyTypes() throws {
    let age = "SELECT age, count(*) FROM claims GROUP BY age"
    #expect(
      try keys(age, of: ["10", nil, "9", "-2", "-10", "0"]) == ["-10", "-2", "0", "9", "10", nil])
    #expect(
      try keys(age + " ORDER BY age DESC", of: ["10", nil, "9"]) == [nil, "10", "9"])
    #expect(
      try keys(age + " ORDER BY age DESC NULLS LAST", of: ["10", nil, "9"]) == ["10", "9", nil])
    #expect(
      try keys(age + " ORDER BY age NULLS FIRST", of: ["10", nil, "9"]) == [nil, "9", "10"])
    // By bytes: upper case before lower, "é" after "z", "10" before "9".
    let site = "SELECT site, count(*) FROM claims GROUP BY site"
    #expect(
      try keys(site, of: ["é", "z", nil, "9", "a", "", "10", "Z"])
        == ["", "10", "9", "Z", "a", "z", "é", nil])
    // Bands by their bounds, not by their text.
    let cost = "SELECT cost, count(*) FROM claims GROUP BY cost"
    #expect(
      try keys(cost, of: [nil, "[5.00,100.00]", "[0.00,5.00)", "[-10.00,0.00)"])
        == ["[-10.00,0.00)", "[0.00,5.00)", "[5.00,100.00]", nil])
  }

  @Test("two keys, the second deciding between equals") func twoKeys() throws {
    let plan = try fixture.plan("SELECT age, sex, count(*) FROM claims GROUP BY sex, age")
    let keys: [[String?]] = [
      ["2", "9"], [nil, "9"], ["1", "10"], ["1", nil], ["2", "-1"], ["1", "9"],
    ]
    let rows = try fixture.release(plan, keys.map { fixture.group(plan, $0, records: 50) }).rows
    #expect(
      rows.map { Array($0.prefix(2)) } == [
        [.integer(9), .text("1")], [.integer(10), .text("1")], [.null, .text("1")],
        [.integer(-1), .text("2")], [.integer(9), .text("2")], [.integer(9), .text(nil)],
      ])
  }

  @Test("by aggregates, with ties in the order of the keys") func aggregates() throws {
    let groups: [(keys: [String?], records: Int64, paid: Int64, sum: Int64)] = [
      (["a"], 30, 30, 1_000_000_001), (["b"], 20, 20, -5), (["c"], 30, 0, 0), (["d"], 25, 25, 10),
      (["e"], 3_000_000, 3_000_000, 100_000_000_000_100),
    ]
    func order(_ clause: String) throws -> String {
      let text = "SELECT site, count(*), sum(paid), avg(paid) FROM claims GROUP BY site ORDER BY "
      return try keys(text + clause, groups).map { $0 ?? "-" }.joined()
    }
    #expect(try order("2") == "bdace")
    #expect(try order("count DESC") == "eacdb")
    #expect(try order("count(*), site DESC") == "bdcae")
    #expect(try order("sum(paid)") == "bdaec")
    #expect(try order("sum(paid) DESC") == "ceadb")
    #expect(try order("sum(paid) DESC NULLS LAST") == "eadbc")
    // 1,000,000,001 / 30 and 100,000,000,000,100 / 3,000,000 differ in the ninth digit only:
    // 33,333,333.3666… against 33,333,333.3333…
    #expect(try order("avg(paid)") == "bdeac")
    #expect(
      try keys(
        "SELECT site, count(*) FROM claims GROUP BY site, sex ORDER BY sex DESC",
        [
          (["a", "1"], 50, 0, 0), (["b", "2"], 50, 0, 0), (["c", "1"], 50, 0, 0),
        ]) == ["b", "a", "c"])
  }

  @Test("withheld cells sort as NULL, whatever they hold") func withheld() throws {
    func order(_ clause: String, _ counts: [Int64]) throws -> String {
      let groups = zip(["a", "b", "c", "d"], counts).map { key, count in
        (keys: [key] as [String?], records: count, paid: 0 as Int64, sum: 0 as Int64)
      }
      return try keys(
        "SELECT site, count(*) FROM claims GROUP BY site ORDER BY " + clause, groups
      ).map { $0 ?? "-" }.joined()
    }
    #expect(try order("2", [9, 30, 2, 20]) == "dbac")
    #expect(try order("2", [2, 30, 9, 20]) == "dbac")
    #expect(try order("2 DESC", [9, 30, 2, 20]) == "acbd")
    #expect(try order("2 DESC", [2, 30, 9, 20]) == "acbd")
    #expect(try order("2 DESC NULLS LAST", [2, 30, 9, 20]) == "bdac")
  }
}
