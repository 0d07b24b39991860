import ClaimSchema

/// Schema files: their canonical text, fingerprint and digits, or what is wrong with them.
struct SchemaVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let yaml: String
    /// Of valid cases.
    let canonical: String?
    let fingerprint: HexBytes?
    let columns: [KeptColumn]?
    /// Parts of the refusal's text.
    let says: [String]?
  }

  /// A column that is kept, and the values of each of its digits; nil without an index.
  struct KeptColumn: Decodable, Hashable, Sendable {
    let name: String
    let sizes: [Int]?
  }

  static let name = "claims.schema"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let schema: Schema
    do {
      schema = try Schema.parse(yaml: vector.yaml, source: "vector")
    } catch {
      for (index, part) in (vector.says ?? []).enumerated()
      where !error.description.contains(part) {
        throw VectorMismatch(
          field: "says", index: index, expected: "… \(part) …", found: error.description)
      }
      throw error
    }
    try VectorCheck.equal("canonical", schema.canonicalText, vector.canonical ?? "")
    let again = try Schema.parse(yaml: schema.canonicalText, source: "canonical")
    guard again == schema else {
      throw VectorMismatch(
        field: "canonical read again", expected: schema.canonicalText, found: again.canonicalText)
    }
    if let fingerprint = vector.fingerprint {
      try VectorCheck.equal("fingerprint", schema.fingerprint.bytes, fingerprint)
    }
    let kept = schema.columns.filter { $0.protection != .drop }
    try VectorCheck.equal(
      "columns", kept.map { KeptColumn(name: $0.name, sizes: $0.digitLayout?.sizes) },
      vector.columns ?? [])
  }
}
