import ClaimSchema

/// Cells of claims files and the values that they are read as.
struct CellVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let schema: String
  }

  struct Case: Decodable, Sendable {
    /// Nil for a cell that is not there.
    let cell: String?
    let value: String?
    /// Whether a day that stands for NULL was read as NULL.
    let sentinel: Bool?
    /// Whether zeros were put before it.
    let padded: Bool?
    /// Which of the column's date formats fitted.
    let format: Int?
    /// The currency that stands with an amount.
    let currency: String?
  }

  static let name = "claims.cells"

  private let sample: SampleColumn
  private let parser: CellParser

  init(_ group: Group) throws {
    sample = try SampleColumn(schema: group.schema)
    parser = CellParser(sample.column, rules: sample.schema.reading)
  }

  func run(_ vector: Case) throws {
    let reading = try parser.read(vector.cell.map { Array($0.utf8)[...] })
    // Texts that are canonically equivalent are equal in Swift, and not in a table.
    try VectorCheck.equal(
      "value", sample.column.sampleText(reading.value).map { Array($0.utf8) },
      vector.value.map { Array($0.utf8) })
    try VectorCheck.equal("sentinel", reading.isSentinel, vector.sentinel ?? false)
    try VectorCheck.equal("padded", reading.isPadded, vector.padded ?? false)
    try VectorCheck.equal("format", reading.format, vector.format)
    try VectorCheck.equal("currency", reading.currency, vector.currency)
  }
}
