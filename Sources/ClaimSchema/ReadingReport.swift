/// What reading a claims file found: counts only, never a value.
public struct ReadingReport: Hashable, Sendable {
  /// Records that fit the schema.
  public internal(set) var accepted = 0
  /// Records that do not.
  public internal(set) var rejected = 0
  /// How many records were rejected for each reason.
  public internal(set) var reasons: [String: Int] = [:]
  /// How many things of other kinds were passed over, by kind, such as a bundle's Patient.
  public internal(set) var ignored: [String: Int] = [:]
  /// The columns in the order of the schema, over the accepted records.
  public internal(set) var columns: [ColumnQuality]

  /// Records of the file, rejected ones included.
  public var read: Int { accepted + rejected }

  init(columns: [Column]) {
    self.columns = columns.map(ColumnQuality.init)
  }

  /// Leaves out the columns after the first ones.
  package mutating func keepColumns(_ count: Int) { columns = Array(columns.prefix(count)) }

  mutating func accept(_ cells: [CellReading]) {
    accepted += 1
    for (index, cell) in cells.enumerated() { columns[index].add(cell) }
  }

  mutating func reject(_ problem: RecordProblem) {
    rejected += 1
    let reason = problem.reason.kind
    let isListed = reasons[reason] != nil || reasons.count < ReadingReport.reasonLimit
    reasons[isListed ? reason : "other reasons", default: 0] += 1
  }

  /// Different reasons that are counted apart, so that no file makes the list long.
  private static let reasonLimit = 1000
}

/// What reading found in one column.
public struct ColumnQuality: Hashable, Sendable {
  /// A date format, and how many cells it fitted.
  public struct FormatCount: Hashable, Sendable {
    /// The pattern.
    public let format: String
    /// The cells.
    public internal(set) var count: Int
  }

  /// The column's SQL name.
  public let name: String
  /// Cells that are NULL, `sentinels` among them.
  public internal(set) var nulls = 0
  /// Cells that are NULL because their date stands for it.
  public internal(set) var sentinels = 0
  /// Cells that zeros were put before.
  public internal(set) var padded = 0
  /// The date formats in their order; empty for other columns.
  public internal(set) var formats: [FormatCount]
  /// The currency that stands with amounts; nil when none does.
  public internal(set) var currency: String?

  init(_ column: Column) {
    name = column.name
    formats = column.reading.dateFormats.map { FormatCount(format: $0, count: 0) }
  }

  mutating func add(_ cell: CellReading) {
    if cell.value == .null { nulls += 1 }
    if cell.isSentinel { sentinels += 1 }
    if cell.isPadded { padded += 1 }
    if let format = cell.format, formats.indices.contains(format) { formats[format].count += 1 }
    if let found = cell.currency { currency = found }
  }
}
