/// Finds the end and the fields of one CSV record in a buffer that may still grow.
struct RecordScanner {
  /// Where the record starts in the buffer.
  private let start: Int
  private let delimiter: UInt8
  /// The next byte to look at; after the record's end, the start of the next record.
  private(set) var position: Int
  /// The end of the record's content.
  private(set) var end = 0
  /// The line ends up to `position`.
  private(set) var lineEnds = 0
  /// The fields, relative to the record's start.
  private(set) var fields: [CSVRecord.Field] = []
  /// True while every byte was ASCII and none was 0.
  private(set) var isPlain = true

  private var state = State.fieldStart
  private var contentStart: Int
  private var contentEnd = 0
  private var hasDoubledQuotes = false
  private var strayQuoteField: Int?
  private var previous: UInt8 = 0

  private enum State {
    case fieldStart
    case plain
    case quoted
    /// After a quote in a quoted field: it closes the field, or is the first of two.
    case quoteInQuoted
    /// After a closing quote and a carriage return, or after a mistake.
    case closed
  }

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  init(start: Int, delimiter: UInt8) {
    self.start = start
    self.delimiter = delimiter
    position = start
    contentStart = start
  }

  /// Goes on over the buffer; true when the record's line end was found.
  mutating func run(over buffer: UnsafeBufferPointer<UInt8>) -> Bool {
    while position < buffer.count {
      let byte = buffer[position]
      if byte >= 0x80 || byte == 0 { isPlain = false }
      if byte == RecordScanner.lineFeed {
        lineEnds += 1
        if state != .quoted {
          endRecord()
          position += 1
          return true
        }
      } else if state == .quoted {
        if byte == RecordScanner.quote {
          contentEnd = position
          state = .quoteInQuoted
        }
      } else if byte == delimiter {
        endField(at: position)
      } else if state != .plain || byte == RecordScanner.quote {
        step(byte)
      }
      previous = byte
      position += 1
    }
    return false
  }

  /// Ends the record at the end of the file; false when a quote is still open.
  mutating func finish() -> Bool {
    guard state != .quoted else { return false }
    endRecord()
    return true
  }

  /// What is wrong with the record's form.
  func problem(fieldByteLimit: Int) -> CSVProblem? {
    if let strayQuoteField { return .strayQuote(field: strayQuoteField) }
    return fields.firstIndex { $0.range.count > fieldByteLimit }
      .map { .fieldTooLong(field: $0 + 1, limit: fieldByteLimit) }
  }

  /// One byte that neither ends a field nor is plain content.
  private mutating func step(_ byte: UInt8) {
    let isQuote = byte == RecordScanner.quote
    switch state {
    case .fieldStart:
      state = isQuote ? .quoted : .plain
      if isQuote { contentStart = position + 1 }
    case .quoteInQuoted where isQuote:
      hasDoubledQuotes = true
      state = .quoted
    case .quoteInQuoted where byte == RecordScanner.carriageReturn: state = .closed
    case .plain, .quoteInQuoted, .closed:
      if strayQuoteField == nil { strayQuoteField = fields.count + 1 }
      if state != .plain { state = .closed }
    case .quoted: break
    }
  }

  private mutating func endField(at end: Int) {
    let isQuoted = state == .quoteInQuoted || state == .closed
    let range = (contentStart - start)..<((isQuoted ? contentEnd : end) - start)
    fields.append(CSVRecord.Field(range: range, hasDoubledQuotes: hasDoubledQuotes))
    contentStart = position + 1
    hasDoubledQuotes = false
    state = .fieldStart
  }

  private mutating func endRecord() {
    let hasReturn = previous == RecordScanner.carriageReturn && position > start
    end = hasReturn ? position - 1 : position
    endField(at: Swift.max(end, contentStart))
  }
}
