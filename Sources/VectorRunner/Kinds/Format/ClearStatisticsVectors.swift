import EncryptedTable

/// The statistics of clear columns.
struct ClearStatisticsVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let statistics: StatisticsFields?
    let cells: [String?]?
  }

  static let name = "format.clear-statistics"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let statistics = try ClearStatistics(encoded: bytes, source: FileGroup.source)
    guard let expected = vector.statistics, let cells = vector.cells else { return }
    try expected.check(statistics)
    let made = ClearStatistics(of: ClearCells(cells), order: statistics.order)
    try VectorCheck.equal("written", made.encoded, bytes)
  }
}

/// What a vector says of a clear column.
struct StatisticsFields: Decodable, Sendable {
  struct ValueCount: Decodable, Sendable {
    let value: String
    let count: Int
  }

  let records: Int
  let nulls: Int
  let order: String
  let bounds: [String]?
  let valueCounts: [ValueCount]?

  /// - Throws: ``VectorMismatch``.
  func check(_ found: ClearStatistics) throws(VectorMismatch) {
    try VectorCheck.equal("records", found.recordCount, records)
    try VectorCheck.equal("nulls", found.nullCount, nulls)
    try VectorCheck.equal("order", "\(found.order)", order)
    try VectorCheck.equal("bounds", found.bounds.map { [$0.least, $0.greatest] }, bounds)
    try VectorCheck.equal("values", found.valueCounts?.map(\.value), valueCounts?.map(\.value))
    try VectorCheck.equal("counts", found.valueCounts?.map(\.count), valueCounts?.map(\.count))
  }
}
