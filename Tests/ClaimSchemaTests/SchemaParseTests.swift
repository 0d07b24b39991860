import ClaimSchema
import Testing

@Suite struct SchemaParseTests {
  @Test func readsTheExample() throws {
    let schema = try Schema.parse(yaml: SchemaSamples.claims, source: "claims.yaml")
    #expect(schema.table == "claims")
    #expect(schema.capacity == 200_000)
    #expect(schema.depth == 3)
    #expect(schema.disclosure == DisclosureSettings(minimumCohort: 11))
    #expect(
      schema.columns.map(\.name) == [
        "clm_id", "site", "sex", "admitted", "diagnosis", "days", "paid", "deductible",
      ])
    #expect(schema.column(named: "clm_id") == nil)
    #expect(schema.column(named: "site")?.type == .category(values: nil))
    #expect(schema.column(named: "sex")?.uses == [.filter])
    #expect(schema.column(named: "paid")?.uses == [.filter, .sum])
    #expect(schema.column(named: "deductible")?.uses == [.sum])
    #expect(
      schema.column(named: "paid")?.type
        == .money(
          scale: 2, range: -2_000_000...20_000_000,
          bands: [0, 1, 500_000, 1_500_001, 2_500_001]))
  }

  @Test func takesDefaults() throws {
    let schema = try Schema.parse(
      yaml: """
        table: t
        capacity: 10
        columns:
          Amount: { type: money, protect: encrypted, range: [0, 9.99] }
          When: { type: date, protect: clear, name: day }
          Code: { type: code, protect: encrypted, alphabet: ["A-C", "-0-9"], nullable: false }
          Count: { type: integer, protect: clear }
        """, source: "s.yaml")
    #expect(schema.depth == 2)
    #expect(schema.disclosure == DisclosureSettings())
    #expect(schema.columns[0].type == .money(scale: 2, range: 0...999, bands: nil))
    #expect(schema.columns[0].uses == [.sum])
    #expect(schema.columns[0].isNullable)
    #expect(schema.columns[1].uses.isEmpty)
    #expect(
      schema.columns[2].type
        == .code(alphabets: [["A", "B", "C"], Array("-0123456789")]))
    #expect(!schema.columns[2].isNullable)
  }

  /// Encrypted values are split into limbs, so their sums may be of any size.
  @Test func encryptedValuesHaveTheWidestRange() throws {
    let column = try SchemaSamples.column(
      "type: integer, protect: encrypted, range: [-1000000000000000000, 1000000000000000000]")
    #expect(
      column.type
        == .integer(
          range: -1_000_000_000_000_000_000...1_000_000_000_000_000_000, bands: nil))
  }

  @Test func aCutAtTheBeginningOfTheRangeIsDropped() throws {
    let column = try SchemaSamples.column(
      "type: integer, protect: encrypted, use: [filter], range: [0, 10], bands: [0, 5, 10]")
    #expect(column.type == .integer(range: 0...10, bands: [5, 10]))
  }

  @Test(arguments: [
    SchemaSamples.claims,
    """
    table: t
    capacity: 7
    depth: 0
    minimum_cohort: 1
    aggregates: [count]
    columns:
      "a b\\t\\"é\\u0085": { name: a, type: category, values: ["x\\"y", "\\\\", "#", "2"], protect: encrypted }
      B: { type: code, length: 3, alphabet: "-A-CXY0-9.", protect: clear }
      C: { type: code, alphabet: ["A-Z", "0-9", "05-7"], protect: encrypted, nullable: false }
      D: { type: date, format: ["dd/MM/yyyy", yyyyMMdd], protect: clear, null_dates: [99991231] }
      E: { type: money, scale: 3, protect: clear }
      F: { type: integer, range: [-5, 5], protect: paillier }
      G: { type: text, protect: clear }
      H: { protect: drop, type: date }
      I: { type: code, length: 5, pad: 5, protect: clear }
      J: { type: money, decimal: ",", protect: clear }
      k: { sql: "a + \\"b\\" -- \\n", type: integer, protect: clear }
    null_tokens: ["", "?"]
    delimiter: pipe
    fhir: { x: "item.net.value | id" }
    prepare: |
      SELECT *
      FROM source
    with: [members]
    """,
  ])
  func canonicalTextReadsBack(yaml: String) throws {
    let schema = try Schema.parse(yaml: yaml, source: "a.yaml")
    let again = try Schema.parse(yaml: schema.canonicalText, source: "b.yaml")
    #expect(again == schema)
    #expect(again.canonicalText == schema.canonicalText)
  }

  @Test func fingerprintLeavesOutDisclosureOnly() throws {
    let base = try Schema.parse(yaml: SchemaSamples.claims, source: "a.yaml")
    func changed(_ old: String, _ new: String) throws -> Schema {
      let yaml = SchemaSamples.claims.split(separator: old, omittingEmptySubsequences: false)
        .joined(separator: new)
      #expect(yaml != SchemaSamples.claims)
      return try Schema.parse(yaml: yaml, source: "a.yaml")
    }
    let lenient = try changed("minimum_cohort: 11", "minimum_cohort: 1")
    #expect(lenient.fingerprint == base.fingerprint)
    #expect(lenient.canonicalText != base.canonicalText)
    for (old, new) in [
      ("capacity: 200000", "capacity: 200001"), ("depth: 3", "depth: 2"),
      ("table: claims", "table: claim"), ("length: 5", "length: 4"), ("name: sex", "name: gender"),
      ("[\"1\", \"2\"]", "[\"2\", \"1\"]"), ("0.01,", "0.02,"), ("paillier", "encrypted"),
    ] {
      #expect(try changed(old, new).fingerprint != base.fingerprint)
    }
  }
}
