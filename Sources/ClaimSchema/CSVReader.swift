/// Reads delimited text (RFC 4180) in blocks: UTF-8 with or without a byte order mark, CRLF or LF,
/// fields in quotes with doubled quotes and line ends in them, packed by gzip or not. Memory stays
/// bounded by the record limit.
///
/// The first row sets the number of fields; empty lines after it are skipped unless that is 1.
public final class CSVReader {
  /// The name that errors give to the file.
  public let source: String
  /// The byte between fields: the one that the options name, or the one that the header has.
  public let delimiter: UInt8
  private let options: CSVOptions
  private var bytes: ByteSource
  /// What was read and not yet returned starts at `start`.
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private var line = 1
  private var fieldCount: Int?

  /// Opens a file.
  public convenience init(
    path: String, options: CSVOptions = CSVOptions()
  ) throws(ClaimReadError) {
    try self.init(ByteSource(path: path), options: options)
  }

  /// Reads from memory.
  public convenience init(
    bytes: [UInt8], source: String, options: CSVOptions = CSVOptions()
  ) throws(ClaimReadError) {
    try self.init(ByteSource(bytes: bytes, source: source), options: options)
  }

  init(_ bytes: ByteSource, options: CSVOptions) throws(ClaimReadError) {
    var bytes = bytes
    var buffer: [UInt8] = []
    var start = 0
    var delimiter = options.delimiter
    while true {
      let block = try bytes.next()
      buffer += block
      if start == 0, buffer.starts(with: ByteOrderMark.bytes) { start = ByteOrderMark.bytes.count }
      if delimiter == nil { delimiter = Delimiter.guess(buffer[start...])?.byte }
      if block.isEmpty { isAtEnd = true }
      if isAtEnd || (delimiter != nil && buffer.count >= ByteOrderMark.bytes.count)
        || buffer.count > options.recordByteLimit
      {
        break
      }
    }
    self.delimiter = delimiter ?? Delimiter.guess(whole: buffer[start...]).byte
    self.bytes = bytes
    self.buffer = buffer
    self.start = start
    self.options = options
    source = bytes.source
  }

  /// The next row; nil at the end. A malformed row does not stop the reader: the next call returns
  /// the row after it.
  ///
  /// Throws when the file cannot be read further or no row's end can be found.
  public func next() throws(ClaimReadError) -> CSVRow? {
    while true {
      compact()
      let firstLine = line
      guard let scan = try scanRecord() else { return nil }
      let raw = Array(buffer[start..<scan.end])
      start = scan.position
      if raw.isEmpty, let fieldCount, fieldCount != 1 { continue }
      let found = scan.fields.count
      let expected = fieldCount ?? found
      fieldCount = expected
      if let problem = scan.problem(fieldByteLimit: options.fieldByteLimit)
        ?? (found == expected ? nil : .fieldCount(found: found, expected: expected))
        ?? (scan.isPlain || CSVReader.isText(raw) ? nil : .notUTF8)
      {
        return .malformed(line: firstLine, problem: problem, raw: raw)
      }
      return .record(CSVRecord(line: firstLine, raw: raw, fields: scan.fields))
    }
  }

  /// Adds a block to the buffer; false at the end of the file.
  private func refill() throws(ClaimReadError) -> Bool {
    if isAtEnd { return false }
    let block = try bytes.next()
    isAtEnd = block.isEmpty
    buffer += block
    return !isAtEnd
  }

  private func compact() {
    guard start > ByteSource.blockByteCount else { return }
    buffer.removeFirst(start)
    start = 0
  }

  private static func isText(_ raw: [UInt8]) -> Bool {
    !raw.contains(0) && String(validating: raw, as: UTF8.self) != nil
  }
}

extension CSVReader {
  /// Finds the record that starts at `start`; nil when nothing is left.
  private func scanRecord() throws(ClaimReadError) -> RecordScanner? {
    if start == buffer.count, try !refill() { return nil }
    let firstLine = line
    var scanner = RecordScanner(start: start, delimiter: delimiter)
    while !buffer.withUnsafeBufferPointer({ scanner.run(over: $0) }) {
      try checkLength(scanner, line: firstLine)
      guard try refill() else {
        guard scanner.finish() else {
          throw .unterminatedQuote(source: source, line: firstLine)
        }
        break
      }
    }
    try checkLength(scanner, line: firstLine)
    line += scanner.lineEnds
    return scanner
  }

  private func checkLength(_ scanner: RecordScanner, line: Int) throws(ClaimReadError) {
    if scanner.position - start > options.recordByteLimit {
      throw .recordTooLong(source: source, line: line, limit: options.recordByteLimit)
    }
  }
}
