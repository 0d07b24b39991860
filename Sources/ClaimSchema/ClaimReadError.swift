/// Why reading a claims file cannot go on.
public enum ClaimReadError: Error, Hashable, Sendable {
  /// There is no such file.
  case fileMissing(path: String)
  /// The file is there but cannot be read.
  case unreadable(path: String)
  /// Not even a header.
  case empty(source: String)
  /// The header row is not well formed.
  case malformedHeader(source: String, problem: CSVProblem)
  /// Columns of the schema that the header does not have.
  case missingColumns(source: String, headers: [String])
  /// A column of the schema that the header has more than once.
  case repeatedColumn(source: String, header: String)
  /// A quote that the file never closes, in the record that starts at this line.
  case unterminatedQuote(source: String, line: Int)
  /// A record of more bytes than are read, starting at this line.
  case recordTooLong(source: String, line: Int, limit: Int)
  /// A record that cannot be taken while a schema is inferred.
  case malformedRecord(source: String, line: Int, problem: CSVProblem)
  /// There are columns, but no record to infer a schema from.
  case noRecords(source: String)
}

extension ClaimReadError: CustomStringConvertible {
  /// File and line, what is wrong, and what to do.
  public var description: String {
    switch self {
    case .fileMissing(let path): "\(path): no such file"
    case .unreadable(let path): "\(path): the file cannot be read"
    case .empty(let source): "\(source): the file is empty; its first row must be the header"
    case .malformedHeader(let source, let problem): "\(source):1: header: \(problem)"
    case .missingColumns(let source, let headers):
      "\(source):1: the header has no \(headers.map { "'\($0)'" }.joined(separator: ", ")); "
        + "headers are compared exactly: correct the file or the schema"
    case .repeatedColumn(let source, let header):
      "\(source):1: the header has '\(header)' more than once"
    case .unterminatedQuote(let source, let line):
      "\(source):\(line): a quote opens in this record and is never closed"
    case .recordTooLong(let source, let line, let limit):
      "\(source):\(line): this record has more than \(limit) bytes; is a quote not closed?"
    case .malformedRecord(let source, let line, let problem): "\(source):\(line): \(problem)"
    case .noRecords(let source): "\(source): there is no record after the header"
    }
  }
}
