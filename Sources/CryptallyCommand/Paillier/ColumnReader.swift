import Cryptally

/// One column of a CSV file, record by record.
struct ColumnReader {
  /// A record, and what it has in the column.
  struct Cell {
    let record: CSVRecord
    let text: String
    /// File, line and column, for errors.
    let place: String
  }

  let header: CSVRecord
  let index: Int
  private let path: String
  private let column: String
  private let reader: CSVReader

  /// - Throws: `ClaimReadError`; `CommandFailure` when the column is not there.
  init(path: String, column: String) throws {
    reader = try CSVReader(path: path)
    switch try reader.next() {
    case nil: throw ClaimReadError.empty(source: path)
    case .malformed(_, let problem, _):
      throw ClaimReadError.malformedHeader(source: path, problem: problem)
    case .record(let record): header = record
    }
    let matches = (0..<header.count).filter { [header] in header.text(at: $0) == column }
    guard let index = matches.first else {
      throw CommandFailure(.badData, "\(path):1: the header has no column '\(column)'")
    }
    guard matches.count == 1 else {
      throw ClaimReadError.repeatedColumn(source: path, header: column)
    }
    self.index = index
    self.path = path
    self.column = column
  }

  /// At most `count` records; none at the end.
  ///
  /// - Throws: `ClaimReadError`, also for a record that is not well formed.
  func next(_ count: Int) throws(ClaimReadError) -> [Cell] {
    var cells: [Cell] = []
    while cells.count < count {
      switch try reader.next() {
      case nil: return cells
      case .malformed(let line, let problem, _):
        throw .malformedRecord(source: path, line: line, reason: .row(problem))
      case .record(let record):
        cells.append(
          Cell(
            record: record, text: record.text(at: index),
            place: "\(path):\(record.line): column '\(column)'"))
      }
    }
    return cells
  }
}
