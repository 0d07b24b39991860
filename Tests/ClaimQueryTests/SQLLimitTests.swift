import ClaimQuery
import Testing

@Suite("Limits of a query text") struct SQLLimitTests {
  /// What there is too much of; nil when the text is read or refused for another reason.
  private func excess(_ text: String) -> String? {
    do {
      _ = try SQLParser.parse(text)
      return nil
    } catch .tooLarge(let what, _, _, _) {
      return what
    } catch {
      return nil
    }
  }

  @Test("length and parentheses") func text() throws {
    func nested(_ depth: Int) -> String {
      "SELECT count(*) FROM t WHERE " + String(repeating: "(", count: depth) + "a = '(('"
        + String(repeating: ")", count: depth)
    }
    #expect(throws: Never.self) { try SQLParser.parse(nested(200)) }
    #expect(excess(nested(201)) == "nested parentheses")
    #expect(
      excess("SELECT count(*) FROM t --" + String(repeating: "x", count: 65536))
        == "bytes of query text")
    let many = (0..<2000).map { "a = \($0)" }.joined(separator: " OR ")
    #expect(throws: Never.self) { try SQLParser.parse("SELECT count(*) FROM t WHERE " + many) }
  }

  /// `unit` around an expression, `depth` times.
  private struct Nesting: Sendable, CustomTestStringConvertible {
    let before: String
    let after: String
    let text: @Sendable (String) -> String
    let innermost: String
    /// How deep it may go.
    let limit: Int

    var testDescription: String { before + "…" + after }

    func query(_ depth: Int) -> String {
      text(
        String(repeating: before, count: depth) + innermost + String(repeating: after, count: depth)
      )
    }
  }

  private static func filtered(_ condition: String) -> String {
    "SELECT count(*) FROM t WHERE " + condition
  }
  private static func selected(_ expression: String) -> String {
    "SELECT \(expression), count(*) FROM t"
  }
  private static func summed(_ expression: String) -> String { "SELECT sum(\(expression)) FROM t" }

  @Test(
    "nesting up to the limit is read, and its canonical text too",
    arguments: [
      Nesting(
        before: "a = 1 AND (b = 2 OR (", after: "))", text: filtered, innermost: "c = 3", limit: 32),
      Nesting(before: "NOT (", after: ")", text: filtered, innermost: "c = 3", limit: 64),
      Nesting(before: "(", after: ") IS TRUE", text: filtered, innermost: "c = 3", limit: 64),
      Nesting(before: "(", after: ") IS NOT FALSE", text: filtered, innermost: "c = 3", limit: 21),
      Nesting(before: "-(", after: ")", text: selected, innermost: "count(*)", limit: 64),
      Nesting(before: "1 - (", after: ")", text: selected, innermost: "count(*)", limit: 64),
      Nesting(before: "round(", after: ")", text: selected, innermost: "count(*)", limit: 64),
      Nesting(
        before: "CAST(", after: " AS text)", text: selected, innermost: "count(*)", limit: 64),
      Nesting(
        before: "CASE WHEN TRUE THEN ", after: " END", text: selected, innermost: "count(*)",
        limit: 64),
      Nesting(
        before: "CASE WHEN (", after: ") IS NULL THEN 1 END", text: selected, innermost: "count(*)",
        limit: 32),
      Nesting(before: "-(", after: ")", text: summed, innermost: "a", limit: 63),
      Nesting(before: "1 - (", after: ")", text: summed, innermost: "a", limit: 63),
      Nesting(
        before: "CASE WHEN b = 1 THEN ", after: " END", text: summed, innermost: "a", limit: 63),
    ])
  private func nesting(_ nesting: Nesting) throws {
    let deepest = try SQLParser.parse(nesting.query(nesting.limit))
    #expect(try SQLParser.parse(deepest.canonicalText) == deepest)
    #expect(excess(nesting.query(nesting.limit + 1)) == "nested conditions and expressions")
  }

  @Test("conditions that are written out at the depth limit are read again") func writtenOut()
    throws
  {
    let leaves = [
      "date_trunc('month', d) <> '2009-01-02'", "date_trunc('month', d) IN ('2009-01-01', NULL)",
      "extract(year FROM d) NOT BETWEEN 1 AND 2", "extract(year FROM d) IN (1, 2)",
      "a IS DISTINCT FROM 3", "(a = 1) IS UNKNOWN", "(a = 1) IS NOT FALSE", "a NOT IN (1, 2)",
      "a <> ALL (ARRAY[1])", "a NOT LIKE 'x%'",
    ]
    for leaf in leaves {
      var deepest = 0
      for depth in 50...64 {
        let text =
          "SELECT count(*) FROM t WHERE " + String(repeating: "NOT (", count: depth) + leaf
          + String(repeating: ")", count: depth)
        guard let query = try? SQLParser.parse(text) else { continue }
        deepest = depth
        #expect(try SQLParser.parse(query.canonicalText) == query, "\(leaf) at \(depth)")
      }
      #expect(deepest >= 58, "\(leaf)")
    }
    for leaf in ["count(*) NOT BETWEEN 1 AND 2", "count(*) NOT IN (1, 2)", "(TRUE) IS NOT TRUE"] {
      for depth in 50...64 {
        let text =
          "SELECT count(*) FROM t HAVING " + String(repeating: "NOT (", count: depth) + leaf
          + String(repeating: ")", count: depth)
        guard let query = try? SQLParser.parse(text) else { continue }
        #expect(try SQLParser.parse(query.canonicalText) == query, "\(leaf) at \(depth)")
      }
    }
  }

  @Test(
    "deep expressions end in an error, whatever the caller's stack",
    arguments: [
      "a + ", "- ", "NOT ", "a AND NOT ", "a::int + ", "CASE WHEN ", "1 ^ ", "sum(a) - ", "a = ",
    ])
  func deepExpressions(unit: String) async throws {
    let repeated = String(repeating: unit, count: 65000 / unit.utf8.count)
    let texts = [
      "SELECT count(*) FROM t WHERE " + repeated + "a", "SELECT \(repeated)a FROM t",
      "SELECT sum(\(repeated)a) FROM t", "SELECT count(*) FROM t HAVING \(repeated)a",
      "SELECT count(*) FROM t GROUP BY \(repeated)a", "SELECT count(*) FROM t LIMIT \(repeated)a",
    ]
    await Task.detached {
      for text in texts {
        _ = #expect(throws: QueryError.self) { try SQLParser.parse(text) }
      }
    }.value
  }

  @Test("texts that would grow beyond all measure are refused") func growth() {
    // Each level names its operand twice.
    func doubled(_ depth: Int) -> String {
      (0..<depth).reduce("count(*)") { inner, _ in
        "CASE WHEN \(inner) BETWEEN 1 AND 2 THEN 1 END"
      }
    }
    #expect(excess("SELECT \(doubled(3)) FROM t") == nil)
    #expect(excess("SELECT \(doubled(16)) FROM t") != nil)
    let unknown = (0..<14).reduce("a = 1") { inner, _ in "(\(inner)) IS UNKNOWN" }
    #expect(excess("SELECT count(*) FROM t WHERE " + unknown) != nil)
    // Fits as written, and not when each test is written out.
    let months = (0..<2500).map { "'\(1000 + $0)-01-01'" }.joined(separator: ", ")
    #expect(
      excess("SELECT count(*) FROM t WHERE date_trunc('month', d) IN (\(months))")
        == "bytes of query text, written out")
  }

  @Test("numbers of parts") func counts() throws {
    func list(_ count: Int, _ part: (Int) -> String) -> String {
      (0..<count).map(part).joined(separator: ", ")
    }
    let sums = { (count: Int) in
      "SELECT " + list(count) { "sum(a) AS x\($0)" } + " FROM t"
    }
    #expect(excess(sums(256)) == nil)
    #expect(excess(sums(257)) == "output columns")
    let aggregates = { (count: Int) in
      "SELECT coalesce(" + list(count / 2) { "sum(a\($0))" } + "), coalesce("
        + list(count - count / 2) { "sum(b\($0))" } + ") FROM t"
    }
    #expect(excess(aggregates(256)) == nil)
    #expect(excess(aggregates(257)) == "different aggregates")
    let branches = { (count: Int) in
      "CASE " + (0..<count).map { "WHEN a = \($0) THEN \($0) " }.joined() + "END"
    }
    for text in ["SELECT sum(¦) FROM t", "SELECT count(*) FROM t GROUP BY ¦"] {
      let parts = text.split(separator: "¦", omittingEmptySubsequences: false)
      #expect(excess(parts[0] + branches(256) + parts[1]) == nil)
      #expect(excess(parts[0] + branches(257) + parts[1]) == "branches of one CASE")
    }
    let members = { (count: Int) in
      "SELECT count(*) FROM t WHERE a IN (" + list(count) { String($0) } + ")"
    }
    #expect(excess(members(4096)) == nil)
    #expect(excess(members(4097)) == "members of IN")
    // Repeated members count once.
    let repeated = "SELECT count(*) FROM t WHERE a IN (" + list(9000) { _ in "7" } + ")"
    #expect(
      try SQLParser.parse(repeated).canonicalText == "SELECT count(*) FROM t WHERE a IN (7)")
    #expect(excess("SELECT count(*) FROM t LIMIT 1000000001") == "rows in LIMIT")
    #expect(
      excess("SELECT count(*) FROM t ORDER BY " + list(65) { _ in "1" }) == "terms of ORDER BY")
  }
}
