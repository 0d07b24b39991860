import ClaimSchema
import Testing

/// What a schema says of a table's records as a whole: their order in chunks, and who a person is.
@Suite struct RecordSettingsTests {
  private static let columns = """
    columns:
      SITE: { type: category, protect: clear }
      YEAR: { type: integer, range: [2000, 2020], protect: clear }
      SEX: { name: gender, type: category, values: [f, m], protect: encrypted }
      ID: { name: patient, type: text, protect: drop }
    """

  private static func schema(_ lines: String) throws -> Schema {
    try Schema.parse(yaml: "table: t\ncapacity: 100\n\(lines)\(columns)\n", source: "s.yaml")
  }

  @Test func theSettingsAreRead() throws {
    let schema = try RecordSettingsTests.schema(
      "cluster_by: [year, site]\nperson: \"ID\"\nperson_buckets: 32\n")
    #expect(schema.clusterBy == ["year", "site"])
    #expect(schema.person?.column == "ID" && schema.person?.buckets == 32)
    let plain = try RecordSettingsTests.schema("")
    #expect(plain.clusterBy.isEmpty && plain.person == nil)
    #expect(!plain.canonicalText.contains("cluster_by") && !plain.canonicalText.contains("person"))
  }

  @Test func theCanonicalTextHoldsThemAndReadsBack() throws {
    let schema = try RecordSettingsTests.schema(
      "cluster_by: [site]\nperson: 'A \"B\"'\nperson_buckets: 2\n")
    #expect(
      schema.canonicalText.contains(
        "cluster_by: [site]\nperson: \"A \\\"B\\\"\"\nperson_buckets: 2\ncolumns:\n"))
    #expect(try Schema.parse(yaml: schema.canonicalText, source: "again") == schema)
  }

  @Test func thePersonDecidesTheFingerprintAndTheOrderDoesNot() throws {
    let texts = [
      "", "person: ID\n", "person: ID\nperson_buckets: 2\n", "person: ID\nperson_buckets: 4\n",
    ]
    let fingerprints = try texts.map { try RecordSettingsTests.schema($0).fingerprint }
    #expect(Set(fingerprints).count == texts.count)
    // Each hospital may call the column otherwise.
    #expect(try RecordSettingsTests.schema("person: gender\n").fingerprint == fingerprints[1])
    for (text, fingerprint) in zip(texts, fingerprints) {
      let clustered = try RecordSettingsTests.schema("cluster_by: [site, year]\n" + text)
      #expect(clustered.fingerprint == fingerprint)
      #expect(try clustered.canonicalText != RecordSettingsTests.schema(text).canonicalText)
    }
  }

  @Test func aPersonIsReadFromItsColumn() throws {
    let csv = "ID,SITE,YEAR,SEX\n a ,S1,2001,f\nb,,2002,m\nNA,S1,2003,\n"
    let expected: [(person: String, texts: [String])] = [
      ("ID", ["a", "b", ""]), ("site", ["S1", "", "S1"]), ("year", ["2001", "2002", "2003"]),
      ("gender", ["f", "m", ""]), ("SEX", ["f", "m", ""]),
    ]
    for (person, texts) in expected {
      let schema = try RecordSettingsTests.schema("person: \(person)\n")
      let reading = try #require(PersonReading(schema))
      let reader = try ClaimReader(
        CSVReader(bytes: Array(csv.utf8), source: "c.csv"), schema: reading.schema)
      var found: [String] = []
      while case .record(let record)? = try reader.next() {
        found.append(reading.text(of: record))
      }
      #expect(found == texts, "\(person)")
    }
  }

  @Test func clearTextsAreThoseThatReadingGives() throws {
    let cases: [(declaration: String, good: [String?], bad: [String?])] = [
      ("type: text", ["a b", "é", nil], [""]),
      ("type: text, nullable: false", ["a"], [nil]),
      ("type: category, values: [a, b]", ["a", nil], ["c", "A", ""]),
      ("type: category", ["anything"], [""]),
      ("type: code, alphabet: [\"AB\", \"0-9\"]", ["A", "B7"], ["7", "A77", "a1", ""]),
      (
        "type: date, format: yyyyMMdd, range: [2009-01-01, 2009-12-31]", ["2009-02-28"],
        ["20090228", "2009-02-30", "2010-01-01", "2009-2-28"]
      ),
      ("type: integer, range: [-5, 10]", ["-5", "0", "10"], ["11", "+1", "01", "1.0", "x", "-0"]),
      (
        "type: money, scale: 2, range: [-1.00, 9.99]", ["-1.00", "0.05"],
        ["10.00", "1", "1.5", "01.00", "-1.01", "$1.00"]
      ),
    ]
    for (declaration, good, bad) in cases {
      let column = try SchemaSamples.column("protect: clear, " + declaration)
      for text in good {
        #expect(column.admits(clearText: text), "\(declaration): \(text ?? "NULL")")
      }
      for text in bad {
        #expect(!column.admits(clearText: text), "\(declaration): \(text ?? "NULL")")
      }
    }
  }
}
