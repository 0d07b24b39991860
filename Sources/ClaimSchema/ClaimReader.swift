/// One claim: the cells of all columns that are not dropped, in the order of the schema.
public struct ClaimRecord: Hashable, Sendable {
  /// The line on which the record starts, from 1.
  public let line: Int
  /// One value for each column of `ClaimReader.columns`.
  public let cells: [CellValue]

  /// A record that was read at `line`.
  public init(line: Int, cells: [CellValue]) {
    self.line = line
    self.cells = cells
  }
}

/// One row of a claims file: a record, or what is wrong with it and the row as it stands there.
public enum ClaimRow: Sendable {
  case record(ClaimRecord)
  case rejected(RecordProblem, raw: [UInt8])
}

/// Reads a claims file under a schema, record by record. Only the columns that are kept are looked
/// at.
public final class ClaimReader {
  /// The columns of every record, in order: those of the schema that are not dropped.
  public let columns: [Column]
  /// The name that errors give to the file.
  public var source: String { records.source }
  /// What was found so far.
  public private(set) var report: ReadingReport
  /// How rejected records are written down.
  package var rejects: RejectsFormat { records.rejects }
  private let records: any RecordSource
  private let fields: [Field]

  /// Where a column's cells are, and how they are read.
  private struct Field {
    let index: Int
    let isComputed: Bool
    let header: String
    let parser: CellParser
  }

  /// Opens a file and checks its header.
  ///
  /// A schema with `sql:` or `prepare:` needs SQLite: use `PreparedClaims`.
  public convenience init(
    path: String, schema: Schema, options: ReadingOptions = ReadingOptions()
  ) throws(ClaimReadError) {
    try self.init(
      SourceOpening.open(
        path: path, rules: schema.reading, wanted: schema.wantedNames, options: options),
      schema: schema)
  }

  /// Takes over a reader that stands at the header.
  public convenience init(_ reader: CSVReader, schema: Schema) throws(ClaimReadError) {
    try self.init(DelimitedSource(reader), schema: schema)
  }

  /// Takes over a source. Every kept column must be there exactly once; headers are compared exactly,
  /// without the spaces around them. Other columns are ignored.
  package init(_ records: any RecordSource, schema: Schema) throws(ClaimReadError) {
    guard records.isPrepared == (schema.reading.preparation != nil) else {
      throw .notPrepared(source: records.source)
    }
    let columns = schema.columns.filter { $0.protection != .drop }
    let missing = columns.filter { $0.reading.expression == nil }.map(\.sourceName)
      .filter { !records.headers.contains($0) }
    guard missing.isEmpty else {
      throw .missingColumns(source: records.source, headers: missing)
    }
    var fields: [Field] = []
    for column in columns {
      let isComputed = column.reading.expression != nil
      let names = isComputed ? records.computedHeaders : records.headers
      let places = names.indices.filter { names[$0] == column.sourceName }
      guard let index = places.first else { throw .notPrepared(source: records.source) }
      guard places.count == 1 else {
        throw .repeatedColumn(source: records.source, header: column.sourceName)
      }
      fields.append(
        Field(
          index: index, isComputed: isComputed, header: column.sourceName,
          parser: CellParser(column, rules: schema.reading)))
    }
    self.records = records
    self.columns = columns
    self.fields = fields
    report = ReadingReport(columns: columns)
  }

  /// The next row; nil at the end. A rejected row does not stop the reader.
  public func next() throws(ClaimReadError) -> ClaimRow? {
    defer { report.ignored = records.ignored }
    switch try records.next() {
    case nil: return nil
    case .malformed(let line, let reason, let raw)?:
      return reject(RecordProblem(source: source, line: line, reason: reason), raw: raw)
    case .record(let record)?:
      var readings: [CellReading] = []
      readings.reserveCapacity(fields.count)
      for (position, field) in fields.enumerated() {
        do {
          let reading = try read(field, of: record)
          try checkCurrency(reading, column: position)
          readings.append(reading)
        } catch {
          return reject(
            RecordProblem(
              source: source, line: record.line, reason: .cell(header: field.header, error)),
            raw: record.raw)
        }
      }
      report.accept(readings)
      return .record(ClaimRecord(line: record.line, cells: readings.map(\.value)))
    }
  }

  private func read(_ field: Field, of record: RawRecord) throws(CellProblem) -> CellReading {
    let cell =
      field.isComputed
      ? try record.computedCell(at: field.index) : try record.cell(at: field.index)
    return try field.parser.read(cell)
  }

  /// Sums over two currencies would mean nothing.
  private func checkCurrency(_ reading: CellReading, column: Int) throws(CellProblem) {
    guard let currency = reading.currency, let known = report.columns[column].currency else {
      return
    }
    guard currency == known else { throw .otherCurrency }
  }

  private func reject(_ problem: RecordProblem, raw: [UInt8]) -> ClaimRow {
    report.reject(problem)
    return .rejected(problem, raw: raw)
  }
}

extension Schema {
  /// The names of cells that JSON records may lack: those of the file's own columns, and those of
  /// dropped columns, which SQL may name.
  package var wantedNames: [String] {
    columns.filter { column in
      column.protection == .drop
        || (reading.preparation == nil && column.reading.expression == nil)
    }.map(\.sourceName)
  }
}
