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
  /// A record that cannot be taken where none may be left out, as while a schema is inferred.
  case malformedRecord(source: String, line: Int, reason: RecordProblem.Reason)
  /// There are columns, but no record to infer a schema from.
  case noRecords(source: String)
  /// No column has a header that a schema can name, so there is nothing to propose.
  case noNamedColumns(source: String)
  /// A file packed by gzip that ends before its last member does.
  case truncatedGzip(source: String)
  /// A file packed by gzip that was altered, or has other bytes after it.
  case damagedGzip(source: String)
  /// A JSON document that cannot be taken apart into records.
  case malformedDocument(source: String, problem: JSONProblem)
  /// A JSON document of more bytes than are held in memory.
  case documentTooLong(source: String, limit: Int)
  /// A FHIR mapping that cannot be used.
  case badMapping(source: String, reason: String)
  /// The schema has columns or a query that SQLite calculates, and this reader does not.
  case notPrepared(source: String)
  /// SQL of the schema that cannot be used; `place` is its column or key.
  case sqlRefused(source: String, place: String, reason: String)
  /// SQL of the schema that fails over the whole file.
  case sqlFailed(source: String, place: String, reason: String)
  /// A table that the schema's query reads, and no file was given for.
  case missingCompanion(source: String, name: String)
  /// A file for a table that the schema's query does not read.
  case unknownCompanion(source: String, name: String, known: [String])
  /// More columns than SQLite takes, or a schema has.
  case tooManyColumns(source: String, count: Int, limit: Int)
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
      "\(source):\(line): this record has more than \(limit) bytes; is a quote not closed, or a line "
        + "end missing?"
    case .malformedRecord(let source, let line, let reason): "\(source):\(line): \(reason)"
    case .noRecords(let source): "\(source): there is no record after the header"
    case .noNamedColumns(let source):
      "\(source): no column has a header that a schema can name: give each column a header of its own, "
        + "of 1 to \(SchemaParser.headerBytes.upperBound) bytes and without U+FEFF"
    case .truncatedGzip(let source):
      "\(source): the file is cut short: its gzip data does not end; fetch it again"
    case .damagedGzip(let source):
      "\(source): the gzip data is damaged; fetch the file again"
    case .malformedDocument(let source, let problem): "\(source): \(problem)"
    case .documentTooLong(let source, let limit):
      "\(source): one JSON document of more than \(limit) bytes; write it as NDJSON, one resource on "
        + "each line (FHIR bulk export), which is read piece by piece"
    case .badMapping(let source, let reason): "\(source): FHIR mapping: \(reason)"
    case .notPrepared(let source):
      "\(source): the schema has 'sql' columns or a 'prepare' query, which this reader does not run"
    case .sqlRefused(let source, let place, let reason):
      "\(source): the SQL of \(place) cannot be used: \(reason)"
    case .sqlFailed(let source, let place, let reason):
      "\(source): the SQL of \(place) fails: \(reason)"
    case .missingCompanion(let source, let name):
      "\(source): the schema's 'prepare' reads the table '\(name)' too; "
        + "say where it is: --with \(name)=FILE"
    case .unknownCompanion(let source, let name, let known):
      "\(source): the schema's 'prepare' reads no table '\(name)'"
        + (known.isEmpty ? "" : ", only \(known.joined(separator: ", "))")
        + "; correct --with, or the schema's 'with'"
    case .tooManyColumns(let source, let count, let limit):
      "\(source): \(count) columns; at most \(limit) are taken"
    }
  }
}
