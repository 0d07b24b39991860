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

/// Reads a claims CSV file under a schema, record by record. Only the columns that are kept are
/// looked at.
public final class ClaimReader {
  /// The columns of every record, in order: those of the schema that are not dropped.
  public let columns: [Column]
  /// The header row as it stands in the file, without its line end.
  public let headerRow: [UInt8]
  /// The name that errors give to the file.
  public var source: String { reader.source }
  private let reader: CSVReader
  /// For each column, its field and how its cells are read.
  private let fields: [(index: Int, header: String, parser: CellParser)]

  /// Opens a file and checks its header.
  public convenience init(
    path: String, schema: Schema, options: CSVOptions = CSVOptions()
  ) throws(ClaimReadError) {
    try self.init(CSVReader(path: path, options: options), schema: schema)
  }

  /// Takes over a reader that stands at the header. Every kept column must be there exactly once;
  /// headers are compared exactly, without the spaces around them. Other columns are ignored.
  public init(_ reader: CSVReader, schema: Schema) throws(ClaimReadError) {
    let header = try reader.header()
    let columns = schema.columns.filter { $0.protection != .drop }
    let names = (0..<header.count).map { header.name(at: $0) }
    let missing = columns.map(\.sourceName).filter { !names.contains($0) }
    guard missing.isEmpty else {
      throw .missingColumns(source: reader.source, headers: missing)
    }
    var fields: [(index: Int, header: String, parser: CellParser)] = []
    for column in columns {
      let places = names.indices.filter { names[$0] == column.sourceName }
      guard places.count == 1 else {
        throw .repeatedColumn(source: reader.source, header: column.sourceName)
      }
      fields.append((places[0], column.sourceName, CellParser(column)))
    }
    self.reader = reader
    self.columns = columns
    self.fields = fields
    headerRow = header.raw
  }

  /// The next row; nil at the end. A rejected row does not stop the reader.
  public func next() throws(ClaimReadError) -> ClaimRow? {
    switch try reader.next() {
    case nil: return nil
    case .malformed(let line, let problem, let raw)?:
      return .rejected(
        RecordProblem(source: source, line: line, reason: .row(problem)), raw: raw)
    case .record(let record)?:
      var cells: [CellValue] = []
      cells.reserveCapacity(fields.count)
      for (index, header, parser) in fields {
        do {
          cells.append(try parser.value(of: record.bytes(at: index)))
        } catch {
          let problem = RecordProblem(
            source: source, line: record.line, reason: .cell(header: header, error))
          return .rejected(problem, raw: record.raw)
        }
      }
      return .record(ClaimRecord(line: record.line, cells: cells))
    }
  }
}

extension CSVReader {
  /// The first row, which must be there and well formed.
  func header() throws(ClaimReadError) -> CSVRecord {
    switch try next() {
    case nil: throw .empty(source: source)
    case .malformed(_, let problem, _)?:
      throw .malformedHeader(source: source, problem: problem)
    case .record(let record)?: return record
    }
  }
}

extension CSVRecord {
  /// A header without the spaces around it.
  func name(at index: Int) -> String {
    String(decoding: CellParser.trimmed(bytes(at: index)), as: UTF8.self)
  }
}
