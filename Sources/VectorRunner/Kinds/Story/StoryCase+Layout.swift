import BFV
import ClaimKeys
import ClaimSchema

extension StoryCase {
  /// How the schema's tables are stored, compared with the vector.
  func checkedLayout() throws -> TableLayout {
    let schema = try Schema.parse(yaml: schema, source: "schema")
    try VectorCheck.equal("canonical_schema", schema.canonicalText, canonicalSchema)
    try VectorCheck.equal("stored_schema", schema.storedText, storedSchema)
    try VectorCheck.equal(
      "schema_fingerprint", schema.fingerprint.bytes, schemaFingerprint)
    let layout = try TableLayout(
      schema: schema,
      parameters: parameters.map {
        try EncryptionParameters.insecureForTesting(
          degree: $0.degree, plaintextModulus: $0.plaintextModulus.value,
          ciphertextModuli: $0.ciphertextModuli.values, specialModulus: $0.specialModulus.value)
      },
      paillierBits: paillierBits)
    try VectorCheck.equal(
      "layout.columns", layout.latticeColumns.map(\.storageKey), self.layout.columns)
    try VectorCheck.equal("layout.limbs", limbs(of: layout), self.layout.limbs)
    let fields = (layout.packing?.fields ?? []).map {
      Layout.Field(block: $0.block, bitOffset: $0.bitOffset, bits: $0.bitCount)
    }
    try VectorCheck.equal("layout.fields", fields, self.layout.fields)
    try VectorCheck.equal(
      "layout.fingerprint", layout.fingerprint.bytes, self.layout.fingerprint)
    return layout
  }

  private func limbs(of layout: TableLayout) -> [Layout.Limbs] {
    layout.summedValues.compactMap { value in
      layout.encoding(of: value).map {
        Layout.Limbs(
          value: value.factors.joined(separator: "*"), count: $0.limbCount, bits: $0.limbBits)
      }
    }.sorted { $0.value < $1.value }
  }
}
