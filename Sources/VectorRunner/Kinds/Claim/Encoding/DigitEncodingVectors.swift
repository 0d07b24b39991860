import ClaimSchema

/// Values of an indexed column as digits.
struct DigitEncodingVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let schema: String
    let sizes: [Int]
  }

  struct Case: Decodable, Sendable {
    let value: String?
    let digits: [Int]?
  }

  static let name = "claims.digits"

  private let sample: SampleColumn
  private let sizes: [Int]

  init(_ group: Group) throws {
    sample = try SampleColumn(schema: group.schema)
    sizes = group.sizes
  }

  func run(_ vector: Case) throws {
    try VectorCheck.equal("sizes", sample.column.digitLayout?.sizes ?? [], sizes)
    try VectorCheck.equal("digits", try sample.digits(vector.value), vector.digits)
  }
}
