import ClaimSchema

/// Delimited text: its records are the same when they are written anew.
struct DelimitedTextCheck: DecoderCheck {
  static let name = "claims.csv"
  static let refusals: [any Error.Type] = [ClaimReadError.self]

  /// Small, so that inputs reach them.
  private static let options = CSVOptions(fieldByteLimit: 64, recordByteLimit: 512)

  func seeds() -> [[UInt8]] {
    [
      "a,b\n1,2\n\"x\"\"y\",\"line\nend\"\r\n\n,\n", "\u{FEFF}a;b;c\r\n1;2;3", "\"a\"\n\"\"\n",
      "a\tb|c\n'\t\"\n", ClaimsFileCheck.delimited,
    ].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    let reader = try CSVReader(bytes: input, source: Self.source, options: Self.options)
    var records: [CSVRecord] = []
    var line = 0
    while let row = try reader.next() {
      let start =
        switch row {
        case .record(let record): record.line
        case .malformed(let line, _, _): line
        }
      try DecoderDefect.unless(start > line, "lines do not ascend")
      line = start
      if case .record(let record) = row { records.append(record) }
    }
    try checkWrittenAnew(records, delimiter: reader.delimiter)
    if let record = records.last {
      try checkReplacing(in: record, delimiter: reader.delimiter)
    }
  }

  private func checkWrittenAnew(_ records: [CSVRecord], delimiter: UInt8) throws {
    let text = records.flatMap { record in
      (0..<record.count).map { DelimitedTextCheck.quoted(record.bytes(at: $0)) }
        .joined(separator: [delimiter]) + [0x0A]
    }
    let again = try rows(text, delimiter: delimiter)
    try DecoderDefect.unless(
      again == records.map(DelimitedTextCheck.fields), "written anew the records are others")
  }

  /// Another content of one field leaves the others as they were.
  private func checkReplacing(in record: CSVRecord, delimiter: UInt8) throws {
    for text in ["", "7.5", "a\"b\nc"] {
      let raw = record.raw(replacingFieldAt: 0, with: text)
      var expected = DelimitedTextCheck.fields(record)
      expected[0] = Array(text.utf8)
      // A mark at the beginning would be left out, and an empty line is none.
      let isRow = expected != [[]] && !raw.starts(with: [0xEF, 0xBB, 0xBF])
      let found = isRow ? try rows(raw + [0x0D, 0x0A], delimiter: delimiter) : [expected]
      try DecoderDefect.unless(found == [expected], "a replaced field changes the record")
    }
  }

  private func rows(_ text: [UInt8], delimiter: UInt8) throws -> [[[UInt8]]] {
    let reader = try CSVReader(
      bytes: text, source: "written anew", options: CSVOptions(delimiter: delimiter))
    var rows: [[[UInt8]]] = []
    while let row = try reader.next() {
      guard case .record(let record) = row else { throw DecoderDefect("a row is malformed") }
      rows.append(DelimitedTextCheck.fields(record))
    }
    return rows
  }

  private static func fields(_ record: CSVRecord) -> [[UInt8]] {
    (0..<record.count).map { Array(record.bytes(at: $0)) }
  }

  private static func quoted(_ field: ArraySlice<UInt8>) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    return [quote] + field.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }
}
