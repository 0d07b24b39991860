import ClaimSchema
import Testing

@Suite struct SchemaErrorTests {
  struct Case: Sendable {
    let yaml: String
    let line: Int
    let column: Int
    let words: [String]

    init(_ yaml: String, _ line: Int, _ column: Int, _ words: String...) {
      self.yaml = yaml
      self.line = line
      self.column = column
      self.words = words
    }

    /// A schema whose column X, on line 4, is declared so.
    static func x(_ declaration: String, _ column: Int, _ words: String...) -> Case {
      var result = Case(
        "table: t\ncapacity: 1000\ncolumns:\n  X: { \(declaration) }\n", 4, column)
      result = Case(result.yaml, 4, column, words)
      return result
    }

    private init(_ yaml: String, _ line: Int, _ column: Int, _ words: [String]) {
      self.yaml = yaml
      self.line = line
      self.column = column
      self.words = words
    }
  }

  static let top: [Case] = [
    Case("", 1, 1, "not YAML", "empty"),
    Case("table: [", 2, 1, "not YAML"),
    Case("- a", 1, 1, "the schema", "mapping"),
    Case("tabel: t", 1, 1, "unknown key 'tabel'", "table, capacity"),
    Case("table: t\ncapacity: 1\n", 1, 1, "no 'columns'", "add"),
    Case("capacity: 1\ncolumns: {}", 1, 1, "no 'table'"),
    Case("table: t\ncolumns: {}", 1, 1, "no 'capacity'"),
    Case("table: select\ncapacity: 1\ncolumns: {}", 1, 8, "'table' must be"),
    Case("table: t\ncapacity: 0\ncolumns: {A: {protect: drop}}", 2, 11, "1 to 1099511627776"),
    Case("table: t\ncapacity: 1e3\ncolumns: {A: {protect: drop}}", 2, 11, "whole number"),
    Case(
      "table: t\ncapacity: 1099511627777\ncolumns: {A: {protect: drop}}", 2, 11, "1099511627776"),
    Case("table: t\ncapacity: 1\ndepth: 6\ncolumns: {A: {protect: drop}}", 3, 8, "0 to 5"),
    Case(
      "table: t\ncapacity: 1\nminimum_cohort: 0\ncolumns: {A: {protect: drop}}", 3, 17, "from 1"),
    Case(
      "table: t\ncapacity: 1\naggregates: [max]\ncolumns: {A: {protect: drop}}", 3, 13,
      "sum, count, avg"),
    Case(
      "table: t\ncapacity: 1\naggregates: []\ncolumns: {A: {protect: drop}}", 3, 13, "aggregates"),
    Case("table: t\ncapacity: 1\ncolumns: {}", 3, 10, "columns"),
    Case("table: t\ncapacity: 1\ncolumns: {'': {protect: drop}}", 3, 11, "headers"),
    Case("table: t\ncapacity: 1\ntable: u\ncolumns: {}", 1, 1, "'table' stands here twice"),
    Case(
      "table: t\ncapacity: 1\ncolumns:\n  A: {protect: drop}\n  A: {protect: drop}", 4, 3,
      "'A' stands here twice"),
    Case(
      "table: t\ncapacity: 1\ncolumns:\n  Ab: {protect: clear, type: text}\n"
        + "  aB: {protect: clear, type: text}", 5, 3, "'ab' is already taken", "line 4"),
  ]

  static let columns: [Case] = [
    .x("type: text", 3, "no 'protect'", "clear, encrypted, paillier, drop"),
    .x("protect: clear", 3, "no 'type'", "money"),
    .x("type: txt, protect: clear", 14, "'type' must be one of"),
    .x("type: text, protect: none", 29, "'protect' must be one of"),
    .x("type: [text], protect: clear", 14, "'type' must be one of"),
    .x("type: text, protect: clear, foo: 1", 36, "unknown key 'foo'", "nullable"),
    .x("type: text, protect: encrypted", 29, "text cannot be encrypted", "drop"),
    .x("type: text, protect: paillier", 29, "only type integer and money"),
    .x("type: text, protect: clear, range: [1, 2]", 43, "'range' says nothing"),
    .x("type: category, protect: encrypted", 3, "no 'values'", "needs its values"),
    .x("type: category, protect: encrypted, values: []", 52, "'values' must be"),
    .x("type: category, protect: encrypted, values: [a, a]", 52, "different"),
    .x("type: category, protect: encrypted, values: [' a']", 52, "without spaces"),
    .x("type: category, protect: encrypted, values: [a], use: [sum]", 62, "cannot be summed"),
    .x("type: category, protect: encrypted, values: [a], use: [group]", 62, "filter, sum"),
    .x("type: category, protect: clear, use: [filter]", 45, "delete 'use'"),
    .x("type: code, protect: encrypted", 3, "no 'length'"),
    .x("type: code, protect: encrypted, length: 0", 48, "1 to 32"),
    .x("type: code, protect: encrypted, length: 2, alphabet: a-z", 61, "upper case"),
    .x("type: code, protect: encrypted, length: 2, alphabet: 'AA'", 61, "each once"),
    .x("type: code, protect: encrypted, length: 2, alphabet: 'Z-A'", 61, "ranges"),
    .x("type: code, protect: encrypted, length: 2, alphabet: [A, B, C]", 61, "3 alphabets for 2"),
    .x("type: date, protect: encrypted", 3, "no 'range'"),
    .x("type: date, protect: clear, format: yyyyMd", 44, "yyyyMMdd"),
    .x("type: date, protect: clear, range: [2009-02-29, 2010-01-01]", 43, "[first, last]"),
    .x("type: date, protect: clear, range: [2010-01-01, 2009-01-01]", 43, "ends before"),
    .x(
      "type: date, protect: encrypted, range: [0001-01-01, 9999-12-31]", 14,
      "120019 ciphertext columns", "4096"),
    .x("type: integer, protect: encrypted", 3, "no 'range'"),
    .x("type: integer, protect: encrypted, range: [1]", 50, "least, greatest"),
    .x("type: integer, protect: encrypted, range: [0, 1.5]", 50, "whole numbers"),
    .x("type: integer, protect: encrypted, range: [5, 1]", 50, "ends before"),
    .x("type: integer, protect: encrypted, range: [0, 1000000000000000001]", 50, "10^18"),
    .x("type: integer, protect: paillier, range: [-4611686018427388, 0]", 49, "2^62"),
    .x("type: money, scale: 10, protect: clear", 28, "0 to 9"),
    .x("type: money, protect: encrypted, range: [0, 1.005]", 48, "at most 2 decimals"),
    .x("type: money, protect: encrypted, range: [0, 9], bands: [1]", 63, "add filter"),
    .x("type: money, protect: clear, range: [0, 9], bands: [1]", 59, "encrypted columns"),
    .x(
      "type: money, protect: encrypted, use: [filter], range: [0, 9], bands: [2, 1]", 78,
      "ascending"),
    .x(
      "type: money, protect: encrypted, use: [filter], range: [0, 9], bands: [10]", 78, "outside"),
    .x(
      "type: money, protect: encrypted, use: [filter], range: [0, 9], bands: [0]", 78, "1 to 4095"),
    .x("type: money, protect: paillier, range: [0, 9], use: [filter]", 60, "cannot be filtered"),
    .x("type: money, protect: encrypted, range: [0, 9], use: []", 61, "filter, sum"),
    .x("type: text, protect: clear, nullable: maybe", 46, "true or false"),
    .x("type: text, protect: clear, name: a-b", 42, "SQL name"),
    .x("type: text, protect: clear, name: where", 42, "reserved"),
  ]

  @Test(arguments: top + columns)
  func namesThePlaceAndTheRemedy(_ sample: Case) {
    do {
      _ = try Schema.parse(yaml: sample.yaml, source: "bad.yaml")
      Issue.record("accepted: \(sample.yaml)")
    } catch {
      let text = error.description
      #expect(
        text.hasPrefix("bad.yaml:\(sample.line):\(sample.column):"), "\(text) for \(sample.yaml)")
      for word in sample.words {
        #expect(text.contains(word), "\(text) does not say '\(word)'")
      }
    }
  }

  @Test func aHeaderThatIsNoNameAsksForOne() {
    #expect(throws: SchemaError.self) {
      try Schema.parse(
        yaml: "table: t\ncapacity: 1\ncolumns:\n  'Claim ID': { type: text, protect: clear }",
        source: "s.yaml")
    }
    #expect(throws: Never.self) {
      try Schema.parse(
        yaml: "table: t\ncapacity: 1\ncolumns:\n  'Claim ID': { type: text, protect: drop }",
        source: "s.yaml")
    }
  }

  @Test func deepNestingIsRefused() {
    for text in ["[", "{a: ", "- "] {
      #expect(throws: SchemaError.self) {
        try Schema.parse(yaml: String(repeating: text, count: 100_000), source: "s.yaml")
      }
    }
  }

  /// Aliases of aliases grow without bound; as keys they would be compared to their last leaf.
  @Test(.timeLimit(.minutes(1))) func aliasesOfAliasesAreRefused() {
    var yaml = "a0: &a0 [x, x]\n"
    for level in 1...40 {
      yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
    }
    #expect(throws: SchemaError.self) {
      try Schema.parse(yaml: yaml + "? *a40\n: 1\n? *a39\n: 1\n", source: "s.yaml")
    }
  }
}
