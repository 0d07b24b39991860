import ClaimSchema

/// The keys by which an encrypted column is grouped.
struct GroupKeyVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let schema: String
    let values: [String]
  }

  struct Case: Decodable, Sendable {
    /// The keys in order; nil for a column without a list of keys.
    let labels: [String]?
    /// For each key: 1 for each value that has it.
    let selected: [String]?
  }

  static let name = "claims.keys"

  private let sample: SampleColumn
  private let values: [String]

  init(_ group: Group) throws {
    sample = try SampleColumn(schema: group.schema)
    values = group.values
  }

  func run(_ vector: Case) throws {
    let keys = sample.column.groupKeys
    try VectorCheck.equal("labels", keys?.map(\.label), vector.labels)
    try VectorCheck.equal(
      "selected", try (keys ?? []).map { try sample.selection(of: values, in: $0.set) },
      vector.selected ?? [])
  }
}
