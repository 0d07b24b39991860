import ClaimPreparation
import ClaimSchema
import Testing

/// Queries over the whole file.
@Suite struct WholeFileTests {
  /// Stays of four people. Readmitted within 30 days: 2 (20 days after 1), 3 (30 days after 2) and
  /// 8 (the day of 7's discharge); 4 comes 31 days after 3.
  static let stays = """
    stay,person,admitted,discharged,paid
    4,a,2009-04-24,2009-04-25,40
    1,a,2009-01-01,2009-01-10,10
    3,a,2009-03-04,2009-03-24,30
    2,a,2009-01-30,2009-02-02,20
    5,b,2009-01-05,2009-01-06,50
    6,c,2009-01-01,2009-01-02,60
    7,d,2009-05-01,2009-05-09,70
    8,d,2009-05-09,2009-05-20,80
    """

  static let readmission = """
    prepare: |
      SELECT stay, person, paid,
        coalesce(julianday(admitted) - max(julianday(discharged)) OVER (
          PARTITION BY person ORDER BY admitted, stay
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) <= 30, 0) AS readmitted,
        row_number() OVER (PARTITION BY person ORDER BY admitted, stay) = 1 AS first,
        count(*) OVER (PARTITION BY person) AS stays,
        _line
      FROM source
      ORDER BY stay
    """

  static let columns = [
    "stay: { type: integer, protect: clear }",
    "readmitted: { type: category, values: [\"0\", \"1\"], protect: encrypted }",
    "first: { type: category, values: [\"0\", \"1\"], protect: encrypted }",
    "stays: { type: integer, range: [1, 9], protect: encrypted }",
  ]

  @Test func findsReadmissions() throws {
    let file = try PreparedFile(Self.stays)
    let expected = [
      "1|#0|#1|4", "2|#1|#0|4", "3|#1|#0|4", "4|#0|#0|4", "5|#0|#1|1", "6|#0|#1|1", "7|#0|#1|2",
      "8|#1|#0|2",
    ]
    let claims = try file.claims(Self.readmission, Self.columns)
    // Two readings of one load give the same.
    #expect(try PreparedFile.rows(claims.reader()) == expected)
    #expect(try PreparedFile.rows(claims.reader()) == expected)
  }

  @Test func problemsNameTheLineOfTheFile() throws {
    let file = try PreparedFile(Self.stays + "\n9,e\n")
    let rows = try file.rows(
      Self.readmission, ["paid: { type: money, range: [0, 60.00], protect: encrypted }"])
    #expect(rows.first == "10: 2 fields where the header has 5")
    #expect(
      rows.filter { $0.contains("range") } == [
        "8: column 'paid': outside the declared range [0.00, 60.00]",
        "9: column 'paid': outside the declared range [0.00, 60.00]",
      ])
  }

  @Test func calculatedColumnsComeAfterThePreparation() throws {
    let file = try PreparedFile("a\n1\n2\n")
    #expect(
      try file.rows(
        "prepare: SELECT a, sum(a) OVER () AS total FROM source ORDER BY a DESC",
        [
          "a: { type: integer, protect: clear }",
          "share: { type: text, protect: clear, sql: \"a || '/' || total\" }",
        ]) == ["2|2/3", "1|1/3"])
  }

  @Test func joinsFilesThatAreGiven() throws {
    let file = try PreparedFile("id,paid\n1,5\n2,6\n3,7\n")
    let members = try file.add(
      "m.ndjson", "{\"id\":1,\"plan\":\"A\"}\n{\"id\":3,\"plan\":\"N/A\"}\n")
    let head = """
      prepare: SELECT paid, plan FROM source LEFT JOIN members USING (id) ORDER BY paid
      with: [members]
      """
    let columns = [
      "paid: { type: integer, protect: clear }", "plan: { type: text, protect: clear }",
    ]
    #expect(
      try file.rows(head, columns, with: ["members": members]) == ["5|A", "6|NULL", "7|NULL"])
    #expect(throws: ClaimReadError.missingCompanion(source: file.path, name: "members")) {
      try file.rows(head, columns)
    }
    #expect(
      throws: ClaimReadError.unknownCompanion(source: file.path, name: "x", known: ["members"])
    ) { try file.rows(head, columns, with: ["members": members, "x": members]) }
    #expect(throws: ClaimReadError.unknownCompanion(source: file.path, name: "x", known: [])) {
      try file.rows("", columns, with: ["x": members])
    }
    let counting =
      "prepare: SELECT 1 AS paid, (SELECT count(*) FROM members) AS plan\nwith: [members]"
    #expect(try file.rows(counting, columns, with: ["members": members]) == ["1|2"])
    let broken = try file.add("b.csv", "id,plan\n1\n")
    #expect(
      throws: ClaimReadError.malformedRecord(
        source: broken, line: 2, reason: .row(.fieldCount(found: 1, expected: 2)))
    ) { try file.rows(head, columns, with: ["members": broken]) }
  }

  @Test func distinctCountsAndDuplicates() throws {
    let file = try PreparedFile("id,person\n1,a\n2,a\n2,a\n3,b\n")
    #expect(
      try file.rows(
        """
        prepare: |
          WITH once AS (SELECT DISTINCT id, person FROM source)
          SELECT id, (SELECT count(*) FROM once) AS n,
            row_number() OVER (PARTITION BY person ORDER BY id) = 1 AS counts
          FROM once ORDER BY id
        """,
        [
          "id: { type: integer, protect: clear }", "n: { type: integer, protect: clear }",
          "counts: { type: integer, protect: clear }",
        ]) == ["1|3|1", "2|3|0", "3|3|1"])
  }

  @Test(arguments: [
    "DELETE FROM source", "INSERT INTO source VALUES (1, 2)", "UPDATE source SET a = 1",
    "DROP TABLE source", "CREATE TABLE x (y)", "CREATE TABLE x AS SELECT * FROM source",
    "ATTACH '/tmp/x' AS y", "PRAGMA journal_mode", "PRAGMA writable_schema = 1", "VACUUM",
    "VACUUM INTO '/tmp/cryptally-vacuum'", "SELECT * FROM sqlite_master",
    "SELECT * FROM pragma_table_list", "SELECT load_extension('/tmp/x')", "SELECT random() AS a",
    "SELECT readfile('/etc/passwd') AS a", "SELECT a FROM source; DELETE FROM source", "BEGIN",
    "EXPLAIN SELECT a FROM source", "SELECT nosuch FROM source", "SELECT a FROM members",
    "SELECT \"no such column\" AS a FROM source", "SELECT", "REINDEX", "ANALYZE",
    "CREATE VIRTUAL TABLE x USING fts5(y)", "CREATE TEMP TABLE x (y)",
    "WITH x AS (SELECT 1) DELETE FROM source", "DETACH main",
  ])
  func refusesAllButReading(sql: String) throws {
    let file = try PreparedFile("a\n1\n")
    let quoted = sql.replacing("\"", with: "\\\"")
    #expect(throws: ClaimReadError.self) {
      try file.rows("prepare: \"\(quoted)\"", ["a: { type: text, protect: clear }"])
    }
  }

  @Test func cancellationEndsAQuery() async throws {
    let file = try PreparedFile("a\n1\n")
    let sql =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS a FROM n"
    let schema = try Schema.parse(
      yaml:
        "table: t\ncapacity: 9\nprepare: \(sql)\ncolumns: { a: { type: integer, protect: clear } }",
      source: "s.yaml")
    let path = file.path
    let task = Task {
      let reader = try PreparedClaims(path: path, schema: schema).reader()
      withUnsafeCurrentTask { $0?.cancel() }
      while try reader.next() != nil {}
    }
    await #expect(
      throws: ClaimReadError.sqlFailed(source: path, place: "'prepare'", reason: "cancelled")
    ) { try await task.value }
  }

  @Test func resultsNeedTheSchemasColumnsOnce() throws {
    let file = try PreparedFile("a\n1\n")
    #expect(throws: ClaimReadError.missingColumns(source: file.path, headers: ["b"])) {
      try file.rows("prepare: SELECT a FROM source", ["b: { type: text, protect: clear }"])
    }
    #expect(throws: ClaimReadError.repeatedColumn(source: file.path, header: "a")) {
      try file.rows("prepare: SELECT a, a FROM source", ["a: { type: text, protect: clear }"])
    }
  }
}
