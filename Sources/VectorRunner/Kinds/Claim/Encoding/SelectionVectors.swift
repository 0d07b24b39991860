import ClaimSchema

/// The values of an indexed column that compare so with a constant, or begin with a prefix.
struct SelectionVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let schema: String
    let values: [String]
  }

  struct Case: Decodable, Sendable {
    /// An operator of SQL, or `prefix`.
    let `operator`: String
    let constant: String
    /// Of valid cases: 1 for each value that is selected.
    let selected: String?
  }

  static let name = "claims.selection"

  private let sample: SampleColumn
  private let values: [String]

  init(_ group: Group) throws {
    sample = try SampleColumn(schema: group.schema)
    values = group.values
  }

  func run(_ vector: Case) throws {
    let set: DigitSet
    if let comparison = ComparisonOperator(rawValue: vector.operator) {
      set = try sample.column.digitSet(comparing: comparison, to: vector.constant)
    } else {
      set = try sample.column.digitSet(prefix: vector.constant)
    }
    try VectorCheck.equal(
      "selected", try sample.selection(of: values, in: set), vector.selected ?? "")
  }
}
