import ClaimSchema
import Testing

/// Delimited text of every kind, and gzip.
@Suite struct SourceFormatTests {
  static let expected: [[String?]] = [["1", "x, \"y\"\r\nz", "é"], ["2", "", "5;6|7"]]

  static func text(_ delimiter: String, lineEnd: String) -> String {
    [
      "id\(delimiter)\"a note\"\(delimiter)last",
      "1\(delimiter)\"x, \"\"y\"\"\r\nz\"\(delimiter)é",
      "2\(delimiter)\(delimiter)\"5;6|7\"", "",
    ].joined(separator: lineEnd)
  }

  @Test(arguments: [",", ";", "\t", "|"], ["\n", "\r\n"])
  func findsTheDelimiter(delimiter: String, lineEnd: String) throws {
    let text = Self.text(delimiter, lineEnd: lineEnd)
    for prefix in ["", "\u{FEFF}"] {
      let source = try SourceReading.open(prefix + text)
      #expect(source.headers == ["id", "a note", "last"])
      #expect(try SourceReading.cells(source) == Self.expected)
    }
  }

  @Test func takesTheNamedDelimiter() throws {
    // The header has more commas than tabs.
    let source = try SourceReading.open("a,b,c\tpaid\n1\t2\n", format: .tsv)
    #expect(source.headers == ["a,b,c", "paid"])
    let schema = try Schema.parse(
      yaml: """
        table: t
        capacity: 10
        delimiter: semicolon
        columns: { "a,b,c": { name: a, type: text, protect: clear } }
        """, source: "s.yaml")
    let ruled = try SourceOpening.open(
      bytes: Array("a,b,c;d\n".utf8), source: "f", rules: schema.reading)
    #expect(ruled.headers == ["a,b,c", "d"])
  }

  @Test func aHeaderInBracketsIsNoJSON() throws {
    #expect(try SourceReading.open("[ID],[PAID]\n1,2\n").headers == ["[ID]", "[PAID]"])
  }

  @Test func unpacksGzip() throws {
    let text = Array(Self.text(",", lineEnd: "\n").utf8)
    #expect(try SourceReading.cells(SourceReading.open(gzip(text))) == Self.expected)
    // Several members in a row, cut anywhere, an empty one among them.
    for cut in [0, 3, 20, text.count] {
      let packed = try gzip(Array(text[..<cut])) + gzip([]) + gzip(Array(text[cut...]))
      #expect(try SourceReading.cells(SourceReading.open(packed)) == Self.expected)
    }
    let lines = #"{"a":1}"# + "\n" + #"{"a":2}"#
    #expect(
      try SourceReading.cells(SourceReading.open(gzip(Array(lines.utf8)))) == [["1"], ["2"]])
  }

  @Test func refusesGzipThatIsCutOrAltered() throws {
    var generator = SystemRandomNumberGenerator()
    let rows = (0..<3000).map { _ in "\(UInt64.random(in: 0...UInt64.max, using: &generator)),x\n" }
    let packed = try gzip(Array(("id,a\n" + rows.joined()).utf8))
    for count in [3, 10, 18, packed.count / 2, packed.count - 8, packed.count - 1] {
      #expect(throws: ClaimReadError.truncatedGzip(source: "f")) {
        try SourceReading.cells(SourceReading.open(Array(packed[..<count])))
      }
    }
    // The last bytes are the checksum and the length.
    for position in [packed.count - 6, packed.count - 2] {
      var altered = packed
      altered[position] ^= 1
      #expect(throws: ClaimReadError.damagedGzip(source: "f")) {
        try SourceReading.cells(SourceReading.open(altered))
      }
    }
    var altered = packed
    altered[packed.count / 2] ^= 0x10
    #expect(throws: (any Error).self) {
      let rows = try SourceReading.cells(SourceReading.open(altered))
      #expect(rows.count == 3000)
    }
    #expect(throws: ClaimReadError.damagedGzip(source: "f")) {
      try SourceReading.cells(SourceReading.open(packed + Array("more".utf8)))
    }
  }

  /// A file of a few kilobytes that unpacks to one huge record.
  @Test func aRecordStaysBoundedWhenUnpacked() throws {
    let bomb = try gzip(Array("id\n".utf8) + [UInt8](repeating: 0x78, count: 8 << 20))
    #expect(bomb.count < 20_000)
    #expect(throws: ClaimReadError.recordTooLong(source: "f", line: 2, limit: 1 << 20)) {
      try SourceReading.cells(SourceReading.open(bomb))
    }
  }

  @Test func rejectsKeepTheSourcesDelimiter() throws {
    let source = try SourceReading.open("a;b\n1\n")
    #expect(
      String(decoding: source.rejects.header, as: UTF8.self) == "reject_line;reject_reason;a;b\n")
    let row = source.rejects.row(line: 2, reason: "a \"b\"", raw: Array("1".utf8))
    #expect(String(decoding: row, as: UTF8.self) == "2;\"a \"\"b\"\"\";1\n")
  }
}
