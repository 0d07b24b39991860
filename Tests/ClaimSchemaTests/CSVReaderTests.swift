import ClaimSchema
import Testing

@Suite struct CSVReaderTests {
  static func rows(_ text: String, _ options: CSVOptions = CSVOptions()) throws -> [CSVRow] {
    let reader = try CSVReader(bytes: Array(text.utf8), source: "t.csv", options: options)
    var rows: [CSVRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  static func cells(_ text: String, _ options: CSVOptions = CSVOptions()) throws -> [[String]] {
    try rows(text, options).map { row in
      guard case .record(let record) = row else { return ["malformed"] }
      return (0..<record.count).map { record.text(at: $0) }
    }
  }

  @Test func readsPlainAndQuotedFields() throws {
    let expected = [["a", "b"], ["1", "x,\"y\"\r\nz"], ["", ""], ["2", " q "]]
    let text = "a,b\n1,\"x,\"\"y\"\"\r\nz\"\n,\n2, q "
    #expect(try Self.cells(text) == expected)
    #expect(try Self.cells("\u{FEFF}" + text + "\n") == expected)
    #expect(try Self.cells("a,b\r\n\"1\",\"\"\r\n") == [["a", "b"], ["1", ""]])
    #expect(
      try Self.cells("a;b\n1;2,5", CSVOptions(delimiter: 0x3B)) == [["a", "b"], ["1", "2,5"]])
    #expect(try Self.cells("").isEmpty)
    #expect(try Self.cells("a,\"b\"") == [["a", "b"]])
  }

  @Test func skipsEmptyLinesOnlyWhereNoCellCanBeMeant() throws {
    #expect(try Self.cells("a,b\n\n1,2\r\n\r\n") == [["a", "b"], ["1", "2"]])
    #expect(try Self.cells("a\n\n1\n") == [["a"], [""], ["1"]])
  }

  @Test func numbersTheLines() throws {
    let lines = try Self.rows("a,b\n\"x\ny\",1\n\n2,3\n4\n5,6").map { row in
      switch row {
      case .record(let record): record.line
      case .malformed(let line, _, _): line
      }
    }
    #expect(lines == [1, 2, 5, 6, 7])
  }

  @Test func goesOnAfterAMalformedRow() throws {
    let samples: [(String, CSVProblem)] = [
      ("1", .fieldCount(found: 1, expected: 2)), ("1,2,3", .fieldCount(found: 3, expected: 2)),
      ("1,a\"b", .strayQuote(field: 2)), ("\"a\"b,2", .strayQuote(field: 1)),
      ("1,\u{0}", .notUTF8),
      ("1,\(String(repeating: "x", count: 11))", .fieldTooLong(field: 2, limit: 10)),
    ]
    for (line, problem) in samples {
      let rows = try Self.rows("a,b\n\(line)\r\n7,8\n", CSVOptions(fieldByteLimit: 10))
      #expect(rows.count == 3)
      guard rows.count == 3, case .malformed(2, let found, let raw) = rows[1],
        case .record(let last) = rows[2]
      else {
        Issue.record("not malformed: \(problem)")
        continue
      }
      #expect(found == problem)
      #expect(raw == Array(line.utf8))
      #expect(last.text(at: 1) == "8")
    }
    let reader = try CSVReader(bytes: Array("a\n".utf8) + [0x62, 0xFF, 0x0A], source: "t")
    _ = try reader.next()
    guard case .malformed(2, .notUTF8, _)? = try reader.next() else {
      Issue.record("took a byte that is not UTF-8")
      return
    }
  }

  @Test func stopsWhereNoRecordEnds() throws {
    #expect(throws: ClaimReadError.unterminatedQuote(source: "t.csv", line: 2)) {
      try Self.rows("a,b\n1,\"x\n2,3\n")
    }
    let options = CSVOptions(recordByteLimit: 100)
    #expect(throws: ClaimReadError.recordTooLong(source: "t.csv", line: 2, limit: 100)) {
      try Self.rows("a,b\n1,\"" + String(repeating: "x\n", count: 100), options)
    }
    #expect(throws: ClaimReadError.recordTooLong(source: "t.csv", line: 1, limit: 100)) {
      try Self.rows(String(repeating: "x", count: 101) + "\n", options)
    }
    #expect(throws: ClaimReadError.fileMissing(path: "/nowhere/x.csv")) {
      try CSVReader(path: "/nowhere/x.csv")
    }
    #expect(throws: ClaimReadError.unreadable(path: "/")) { try CSVReader(path: "/") }
  }

  /// Random tables written with random quoting come back.
  @Test func roundTrips() throws {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("ab \",\n\ré")
    for _ in 0..<500 {
      let width = Int.random(in: 2...4, using: &generator)
      let table = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        (0..<width).map { _ in
          String(
            (0..<Int.random(in: 0...4, using: &generator)).map { _ in
              alphabet.randomElement(using: &generator) ?? "a"
            })
        }
      }
      let lineEnd = Bool.random(using: &generator) ? "\n" : "\r\n"
      let text = table.map { row in
        row.map { cell in
          let needsQuotes = cell.unicodeScalars.contains { "\",\n\r".unicodeScalars.contains($0) }
          guard needsQuotes || Bool.random(using: &generator) else { return cell }
          return "\""
            + cell.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
        }.joined(separator: ",") + lineEnd
      }.joined()
      let read = try Self.cells(text)
      #expect(read.map { $0.map { Array($0.utf8) } } == table.map { $0.map { Array($0.utf8) } })
    }
  }
}
