import ClaimSchema
import Testing

@Suite struct SchemaErrorTests {
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
