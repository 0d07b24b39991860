import BFV
import ClaimKeys
import ClaimSchema
import Foundation
import Testing

@Suite struct TableLayoutTests {
  private static func parse(_ text: String) throws -> Schema {
    try Schema.parse(yaml: text, source: "layout.yaml")
  }

  @Test func theExampleIsSecureAndHoldsItsSums() throws {
    let example = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Examples/claims/claims.schema.yaml")
    let schema = try TableLayoutTests.parse(String(contentsOf: example, encoding: .utf8))
    let layout = try TableLayout(deriving: schema)
    let parameters = try #require(layout.parameters)
    let limit = try #require(SecurityTable.maximumModulusBits(degree: parameters.degree))
    #expect(parameters.log2Modulus <= Double(limit))
    #expect(!parameters.isInsecureForTesting && !layout.isInsecureForTesting)
    #expect(try TableLayout(deriving: schema) == layout)

    for (column, largest) in [("days", UInt64(400)), ("paid", 20_000_000)] {
      let encoding = try #require(layout.encoding(of: .column(column)))
      #expect(layout.limbCount(of: .column(column)) == encoding.limbCount)
      let limb = encoding.limbCount == 1 ? largest : 1 << UInt64(encoding.limbBits)
      #expect(2 * limb * UInt64(schema.capacity) < parameters.plaintextModulus)
    }
    #expect(layout.limbCount(of: .column("primary_payer")) == 0)
    #expect(layout.encoding(of: .column("sex")) == nil)
    #expect(layout.encoding(of: .product("days", "paid")) == nil)

    // occupied; three of two values and `present`; 48 months and 31 days; 12, then 4 times 10
    // characters and a pad each; three times 11 characters and a pad; 41 tens and 10 units; 6 bands;
    // 2 bands; the limbs.
    let limbs = layout.limbCount(of: .column("days")) + layout.limbCount(of: .column("paid"))
    let count = 1 + 3 * 3 + 80 + (13 + 4 * 11 + 1) + (3 * 12 + 1) + 52 + 7 + 3 + limbs
    #expect(layout.latticeColumns.count == count)
    #expect(Set(layout.latticeColumns.map(\.storageKey)).count == count)
    #expect(layout.latticeColumns == layout.latticeColumns.sorted())
    #expect(layout.packing?.measures.map(\.name) == ["deductible"])
    #expect(layout.measureIndex(of: "deductible") == 0 && layout.measureIndex(of: "paid") == nil)
    #expect(layout.needsPacking)
  }

  /// The fingerprint that a schema gives with parameters that do not change.
  private static func fingerprint(
    _ text: String, _ parameters: EncryptionParameters?, paillierBits: Int = 512
  ) throws -> String {
    try TableLayout(schema: parse(text), parameters: parameters, paillierBits: paillierBits)
      .fingerprint.hexadecimal
  }

  private static let changes = [
    ("table: claims", "table: visits"),
    ("capacity: 2000", "capacity: 1999"),
    ("depth: 1", "depth: 2"),
    ("SITE:", "CLINIC:"),
    ("protect: clear", "protect: drop"),
    ("values: [\"1\", \"2\"]", "values: [\"2\", \"1\"]"),
    ("values: [\"1\", \"2\"]", "values: [\"1\", \"2\", \"3\"]"),
    ("range: [0, 109]", "range: [0, 108]"),
    ("use: [filter, sum]", "use: [filter]"),
    ("use: [filter, sum]", "use: [filter, sum], bands: [18, 65]"),
    ("scale: 2, range: [-500.00", "scale: 3, range: [-500.00"),
    ("range: [-500.00", "range: [-500.01"),
    ("protect: encrypted }", "protect: encrypted, nullable: false }"),
    ("PAID: { type", "PAID: { name: amount, type"),
    ("range: [0, 500.00]", "range: [0, 500.01]"),
    (
      "COPAY: { type: money, scale: 2, range: [0, 500.00], protect: paillier }",
      "COPAY: { protect: drop }"
    ),
    ("protect: paillier }", "protect: paillier }\n  EXTRA: { type: text, protect: clear }"),
    ("columns:", "products: [[age, age]]\ncolumns:"),
    ("columns:", "products: [[age, paid]]\ncolumns:"),
  ]

  @Test func everyChangeOfTheSchemaShows() throws {
    let base = KeyFixture.schemaText
    let parameters = try TableLayout(
      insecureForTesting: TableLayoutTests.parse(base), degree: 1024
    ).parameters
    var seen: Set = [try TableLayoutTests.fingerprint(base, parameters)]
    for (old, new) in TableLayoutTests.changes {
      let text = base.replacingOccurrences(of: old, with: new)
      try #require(text != base)
      let isNew = seen.insert(try TableLayoutTests.fingerprint(text, parameters)).inserted
      #expect(isNew, "\(old) → \(new)")
    }
  }

  @Test func everyChangeOfTheParametersShows() throws {
    let base = KeyFixture.schemaText
    let schema = try TableLayoutTests.parse(base)
    let parameters = try #require(
      TableLayout(insecureForTesting: schema, degree: 1024).parameters)
    let other = try EncryptionParameters.insecureForTesting(
      degree: parameters.degree, plaintextModulus: parameters.plaintextModulus,
      ciphertextModuli: parameters.ciphertextModuli.reversed(),
      specialModulus: parameters.specialModulus)
    let wider = try #require(TableLayout(insecureForTesting: schema, degree: 2048).parameters)
    let fingerprints = try [
      TableLayoutTests.fingerprint(base, parameters),
      TableLayoutTests.fingerprint(base, other), TableLayoutTests.fingerprint(base, wider),
      TableLayoutTests.fingerprint(base, parameters, paillierBits: 768),
    ]
    try #require(parameters.ciphertextModuli.count > 1)
    #expect(Set(fingerprints).count == fingerprints.count)
  }

  @Test func whatMayBeReleasedAndHowItIsWrittenDoNotShow() throws {
    let base = KeyFixture.schemaText
    let parameters = try TableLayout(
      insecureForTesting: TableLayoutTests.parse(base), degree: 1024
    ).parameters
    let expected = try TableLayoutTests.fingerprint(base, parameters)
    for (old, new) in [
      ("minimum_cohort: 17", "minimum_cohort: 1"), ("minimum_cohort: 17\n", ""),
      ("aggregates: [sum, count]", "aggregates: [count]"),
      ("table: claims", "# what the hospital has\ntable: claims"),
      ("PAID: { type: money, scale: 2", "PAID: { name: paid, type: money, scale: 2"),
    ] {
      let text = base.replacingOccurrences(of: old, with: new)
      try #require(text != base)
      #expect(try TableLayoutTests.fingerprint(text, parameters) == expected, "\(old) → \(new)")
    }
  }

  @Test func aSchemaThatProtectsNothingIsRefused() throws {
    let schema = Schema(
      table: "claims", capacity: 10, depth: 1, disclosure: DisclosureSettings(),
      columns: [
        Column(
          sourceName: "SITE", name: "site", type: .text, protection: .clear, uses: [],
          isNullable: true)
      ])
    #expect(throws: KeyError.nothingProtected) { try TableLayout(deriving: schema) }
    #expect(throws: KeyError.nothingProtected) {
      try TableLayout(insecureForTesting: schema, degree: 1024)
    }
  }

  @Test func valuesThatNoModulusHoldsAreRefused() throws {
    let column = Column(
      sourceName: "PAID", name: "paid", type: .integer(range: -2...2, bands: nil),
      protection: .encrypted, uses: [.sum], isNullable: false)
    let schema = Schema(
      table: "claims", capacity: 1 << 50, depth: 0, disclosure: DisclosureSettings(),
      columns: [column])
    #expect(throws: KeyError.valuesTooLarge(column: "paid")) {
      try TableLayout(deriving: schema)
    }
    // The keys' own modulus decides, whatever the schema would derive.
    let small = try EncryptionParameters.deriveInsecureForTesting(
      for: Workload(
        plaintextBound: 12_000, depth: 0, additionsPerFactor: 1, additionsPerLevel: 1,
        additionsPerTotal: 1, plaintextProducts: 0, totals: 1), degree: 1024)
    let text = KeyFixture.schemaText.replacingOccurrences(of: "2000", with: "5000")
    #expect(throws: KeyError.valuesTooLarge(column: "age")) {
      try TableLayout(
        schema: TableLayoutTests.parse(text), parameters: small, paillierBits: 512)
    }
  }

  @Test func depthThatNoParametersHoldIsRefused() throws {
    let column = Column(
      sourceName: "PAID", name: "paid", type: .integer(range: 0...1_000_000_000, bands: nil),
      protection: .encrypted, uses: [.sum], isNullable: false)
    let schema = Schema(
      table: "claims", capacity: 1_000_000_000, depth: 20, disclosure: DisclosureSettings(),
      columns: [column])
    #expect {
      try TableLayout(deriving: schema)
    } throws: { error in
      guard case ParameterError.noneHolds(depth: 20, _) = error else { return false }
      return true
    }
  }

  @Test func productsAndJointIndexesAreColumnsToo() throws {
    let text = """
      table: claims
      capacity: 1000000
      depth: 1
      columns:
        SEX: { type: category, protect: encrypted, values: ["1", "2"], nullable: false }
        AGE: { type: integer, range: [0, 9], protect: encrypted, use: [filter] }
        PAID: { type: integer, range: [-1000000000000000000, 1000000000000000000], protect: encrypted, use: [sum] }
      products: [[paid, paid]]
      indexes: [[age, sex]]
      """
    let layout = try TableLayout(deriving: TableLayoutTests.parse(text))
    let square = SummedValue.product("paid", "paid")
    #expect(layout.summedValues == [.column("paid"), square])
    // 2^60 > 10^18 and 2^120 > 10^36: what the sums of a million records need, whatever the modulus.
    let modulus = try #require(layout.parameters).plaintextModulus
    for (value, bits) in [(SummedValue.column("paid"), 60), (square, 120)] {
      let encoding = try #require(layout.encoding(of: value))
      #expect(encoding.limbCount * encoding.limbBits >= bits)
      #expect(2 * UInt128(1_000_000) << UInt128(encoding.limbBits) < UInt128(modulus))
    }
    // 10 ages and NULL, by 2 sexes.
    let joint = (0..<22).map { LatticeColumn.joint(columns: ["age", "sex"], place: $0) }
    #expect(layout.latticeColumns.filter(joint.contains).count == 22)
    let limbs = layout.limbCount(of: .column("paid")) + layout.limbCount(of: square)
    #expect(layout.latticeColumns.count == 1 + 2 + 11 + 1 + 22 + limbs)
    #expect(Set(layout.latticeColumns.map(\.storageKey)).count == layout.latticeColumns.count)
    #expect(layout.latticeColumns == layout.latticeColumns.sorted())
  }

  @Test func partsFollowTheColumns() throws {
    let paillierOnly = try TableLayout(
      insecureForTesting: TableLayoutTests.parse(
        """
        table: claims
        capacity: 100
        columns:
          SITE: { type: category, protect: clear }
          PAID: { type: integer, range: [0, 10], protect: paillier }
        """), degree: 1024)
    #expect(paillierOnly.parameters == nil && paillierOnly.latticeColumns.isEmpty)
    #expect(!paillierOnly.needsPacking && paillierOnly.isInsecureForTesting)
    let latticeOnly = try TableLayout(
      insecureForTesting: TableLayoutTests.parse(
        """
        table: claims
        capacity: 100
        depth: 0
        columns:
          SEX: { type: category, protect: encrypted, values: ["1", "2"], nullable: false }
        """), degree: 1024)
    #expect(latticeOnly.packing == nil && !latticeOnly.needsPacking)
    #expect(
      latticeOnly.latticeColumns.map(\.storageKey) == [
        "occupied", "sex/digit/0/0", "sex/digit/0/1",
      ]
    )
  }
}
