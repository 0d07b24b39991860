import ClaimPreparation
import ClaimSchema
import Testing

/// Columns that are SQL expressions over the raw record.
@Suite struct ComputedColumnTests {
  @Test func calculatesOverTheRecord() throws {
    let file = try PreparedFile(
      """
      id,BORN,ADMITTED,DX 1,DX2,PAID
      1,19400229,20080228,25000,NA,"$1,200.50"
      2,19400229,20080229, 4280 ,25001,10
      3,,20080101,-,,x
      """)
    let rows = try file.rows(
      "",
      [
        "id: { type: integer, protect: clear }",
        "age: { type: integer, range: [0, 120], protect: encrypted, sql: \"years_between("
          + "parse_date(BORN, 'yyyyMMdd'), parse_date(ADMITTED, 'dd.MM.yyyy', 'yyyyMMdd'))\" }",
        "diabetes: { type: category, values: [\"0\", \"1\"], protect: encrypted, sql: \""
          + "coalesce(\\\"DX 1\\\" LIKE '250%' OR DX2 LIKE '250%', 0)\" }",
        "nulls: { type: integer, protect: clear, sql: \"(\\\"DX 1\\\" IS NULL) + (DX2 IS NULL)\" }",
        "cents: { type: integer, protect: clear, sql: \"amount(PAID, 2) -- exact\" }",
        "half: { type: money, protect: clear, sql: \"CAST(id AS INTEGER) / 2.0\" }",
      ])
    #expect(
      rows == ["1|67|#1|1|120050|0.50", "2|68|#1|0|1000|1.00", "3|NULL|#0|2|NULL|1.50"])
  }

  @Test func aColumnMayHaveTheNameOfAHeader() throws {
    let file = try PreparedFile("age\n41\n")
    #expect(
      try file.rows("", ["age: { type: integer, protect: clear, sql: \"age + 1\" }"]) == ["42"])
  }

  @Test func aFailureRejectsTheRecordAndNamesTheColumn() throws {
    let file = try PreparedFile("a\n9223372036854775807\n1\nNA\n{secret\n")
    #expect(
      try file.rows(
        "", ["x: { type: integer, protect: clear, sql: \"abs(CAST(a AS INTEGER) * -1 - 1)\" }"]
      ).first == "2: column 'x': its SQL expression fails: integer overflow")
    let rows = try file.rows(
      "", ["x: { type: text, protect: clear, sql: \"json_extract(a, '$')\" }"])
    #expect(rows.last == "5: column 'x': its SQL expression fails: malformed JSON")
    #expect(!rows.joined().contains("secret"))
    #expect(
      try file.rows("", ["x: { type: text, protect: clear, sql: \"CAST(a AS BLOB)\" }"])[0]
        == "2: column 'x': its SQL expression fails: the result is a blob")
    #expect(
      try file.rows("", ["x: { type: money, protect: clear, sql: \"0.1 + 0.2\" }"])[0]
        == "2: column 'x': more than 2 decimals")
    #expect(
      try file.rows("", ["x: { type: text, protect: clear, sql: \"parse_date('1', 'q')\" }"])[0]
        == "2: column 'x': its SQL expression fails: parse_date: not a pattern of yyyy, MM and dd")
  }

  @Test func endsWhatNeverEnds() throws {
    let file = try PreparedFile("a\n1\n")
    let sql =
      "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n)"
    #expect(
      try file.rows("", ["x: { type: integer, protect: clear, sql: \"\(sql)\" }"])
        == ["2: column 'x': its SQL expression fails: it takes too many steps"])
  }

  @Test(arguments: [
    "nosuch", "\\\"A\\\" + \\\"a text\\\"", "a, a", "a) FROM record; DELETE FROM record --",
    "1), (2",
    "(SELECT 1 FROM sqlite_master)", "(SELECT name FROM pragma_database_list)",
    "load_extension('x')", "random()", "hex(randomblob(4))", "(DELETE FROM record)",
    "(SELECT count(*) FROM sqlite_schema)", "(SELECT count(*) FROM pragma_database_list)",
    "(SELECT count(*) FROM dbstat)", "(SELECT x FROM other)", "?1", "",
  ])
  func refusesOtherSQL(sql: String) throws {
    let file = try PreparedFile("a\n1\n")
    // Unknown text in double quotes is an error, and never a string.
    #expect(throws: (any Error).self, "\(sql)") {
      try file.rows("", ["x: { type: text, protect: clear, sql: \"\(sql)\" }"])
    }
  }
}
