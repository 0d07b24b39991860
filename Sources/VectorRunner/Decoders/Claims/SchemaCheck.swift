import ClaimSchema

/// Schema files.
struct SchemaCheck: DecoderCheck {
  static let name = "claims.schema"
  static let refusals: [any Error.Type] = [SchemaError.self]

  func seeds() -> [[UInt8]] { [Array(DecoderFixture.schemaText.utf8)] }

  func run(_ input: [UInt8]) throws {
    let schema = try Schema.parse(yaml: input.text, source: Self.source)
    try DecoderDefect.unless(
      try reparsed(schema.canonicalText) == schema, "its canonical text is another schema")
    // No table stores a schema that keeps nothing.
    if schema.columns.contains(where: { $0.protection != .drop }) {
      let stored = try reparsed(schema.storedText)
      try DecoderDefect.unless(
        stored.fingerprint == schema.fingerprint, "what tables store of it is another schema")
      try DecoderDefect.unless(
        stored.storedText == schema.storedText, "what tables store of it is stored otherwise")
    }
    let policy = try refusalsAreDefects("the policy's canonical text") {
      try DisclosureSettings(
        canonicalText: schema.disclosure.canonicalText, source: Self.source)
    }
    try DecoderDefect.unless(policy == schema.disclosure, "its policy is another one")
  }

  private func reparsed(_ text: String) throws(DecoderDefect) -> Schema {
    try refusalsAreDefects("canonical text") { try Schema.parse(yaml: text, source: Self.source) }
  }

  private func refusalsAreDefects<Result>(
    _ what: String, _ body: () throws -> Result
  ) throws(DecoderDefect) -> Result {
    do {
      return try body()
    } catch {
      throw DecoderDefect("\(what) is refused: \(error)")
    }
  }
}
