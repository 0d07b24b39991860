import ClaimSchema
import Testing
import _TestSupport

/// A schema's canonical text reads back to the schema, whatever it declares.
@Suite struct SchemaLawTests {
  private struct Case: CustomStringConvertible {
    let schema: Schema
    var description: String { schema.canonicalText }
  }

  @Test func canonicalTextReadsBack() throws {
    try Property("a schema's canonical text is read to an equal schema", runs: 600) { choices in
      Case(schema: try choices.schema())
    } holds: { made in
      let schema = made.schema
      let read = try Schema.parse(yaml: schema.canonicalText, source: "canonical")
      try agree(read, schema, "the schema")
      try agree(read.canonicalText, schema.canonicalText, "the text")
      // A schema that keeps no column is that of no table.
      guard schema.columns.contains(where: { $0.protection != .drop }) else { return }
      let stored = try Schema.parse(yaml: schema.storedText, source: "stored")
      try agree(stored.fingerprint, schema.fingerprint, "the fingerprint of what is stored")
      try agree(stored.storedText, schema.storedText, "the stored text")
    }.check()
  }

  @Test func disclosureSettingsReadBack() throws {
    try Property("disclosure settings are read as they were written", runs: 1000) {
      $0.disclosureSettings()
    } holds: { settings in
      let read = try DisclosureSettings(canonicalText: settings.canonicalText, source: "policy")
      try agree(read, settings, "the settings")
    }.check()
  }
}
