import ClaimSchema
import Testing

/// The keys of a schema that say how files are read.
@Suite struct ReadingKeysTests {
  static func parse(_ head: String, _ columns: String = "a: { protect: drop }") throws -> Schema {
    try Schema.parse(
      yaml: "table: t\ncapacity: 10\n\(head)\ncolumns:\n  \(columns)\n", source: "s.yaml")
  }

  @Test(arguments: [
    "null_tokens: NA", "null_tokens: [a, a]", "null_tokens: [\" a\"]", "delimiter: \",\"",
    "delimiter: colon", "fhir: []", "fhir: {}", "prepare: \"\"", "prepare: [a]", "with: [members]",
    "prepare: SELECT 1\nwith: [source]", "prepare: SELECT 1\nwith: [Members]",
    "prepare: SELECT 1\nwith: [a, a]", "prepare: SELECT 1\nwith: members",
  ])
  func refusesHeads(head: String) {
    #expect(throws: SchemaError.self) { try Self.parse(head) }
  }

  @Test(arguments: [
    "type: date, protect: clear, format: []", "type: date, protect: clear, format: [yyyyMMdd, x]",
    "type: date, protect: clear, format: yyMMdd", "type: date, protect: clear, format: yyyyMd",
    "type: date, protect: clear, format: yyyy", "type: date, protect: clear, null_dates: 99991231",
    "type: date, protect: clear, null_dates: [9999-13-31]", "type: text, protect: clear, pad: 3",
    "type: code, length: 3, protect: clear, pad: 4",
    "type: code, length: 3, protect: clear, pad: 1",
    "type: money, protect: clear, decimal: \";\"", "type: integer, protect: clear, decimal: \",\"",
    "type: integer, protect: clear, sql: \"\"", "type: integer, protect: clear, sql: [a]",
    "type: text, protect: clear, null_dates: [99991231]",
  ])
  func refusesColumns(declaration: String) {
    #expect(throws: SchemaError.self) { try Self.parse("", "a: { \(declaration) }") }
  }

  /// Two hospitals under one key may read their files differently.
  @Test func readingIsNoPartOfTheFingerprint() throws {
    let columns = """
      day: { type: date, protect: encrypted, range: [2008-01-01, 2008-12-31] }
        paid: { type: money, protect: encrypted, range: [0, 10.00] }
      """
    let plain = try Self.parse("", columns)
    let other = try Self.parse(
      """
      null_tokens: ["?"]
      delimiter: tab
      fhir: { x: id }
      prepare: SELECT * FROM source JOIN members USING (id)
      with: [members]
      """,
      """
      WHEN: { name: day, type: date, format: [yyyyMMdd], null_dates: [99991231], protect: encrypted, range: [2008-01-01, 2008-12-31] }
        PAID: { name: paid, type: money, decimal: ",", sql: "x", protect: encrypted, range: [0, 10.00] }
        extra: { protect: drop }
      """)
    #expect(plain.fingerprint == other.fingerprint)
    #expect(plain.storedText == other.storedText)
    #expect(plain.canonicalText != other.canonicalText)
    #expect(!other.storedText.contains("SELECT") && !other.storedText.contains("sql"))
    let stored = try Schema.parse(yaml: other.storedText, source: "t")
    #expect(stored.fingerprint == plain.fingerprint)
    #expect(stored.storedText == plain.storedText)
    #expect(try Schema.parse(yaml: other.canonicalText, source: "t") == other)
    let wider = try Self.parse("", columns.replacing("10.00", with: "11.00"))
    #expect(wider.fingerprint != plain.fingerprint)
  }

  @Test func plainReadersRefuseSQL() throws {
    let text = Array("a\n1\n".utf8)
    for schema in [
      try Self.parse("", "a: { type: integer, protect: clear, sql: \"1\" }"),
      try Self.parse("prepare: SELECT a FROM source", "a: { type: integer, protect: clear }"),
    ] {
      #expect(throws: ClaimReadError.notPrepared(source: "f")) {
        try ClaimReader(CSVReader(bytes: text, source: "f"), schema: schema)
      }
    }
  }

  /// Clear cells in canonical text read back, whatever the file's own ways.
  @Test func canonicalCellsReadBack() throws {
    for (declaration, cell) in [
      ("type: date, format: dd/MM/yyyy", "2008-12-31"), ("type: money, decimal: \",\"", "1234.50"),
      ("type: text", "NA"), ("type: code, length: 3, pad: 3", "12"),
    ] {
      let column = try SchemaSamples.column(declaration + ", protect: clear")
      #expect(
        try CellParser(canonical: column).value(of: Array(cell.utf8)[...]) == .text(cell))
    }
  }
}
