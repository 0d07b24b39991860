import ClaimSchema
import Testing
import _TestSupport

/// Delimited text is read as it was written, whatever stands in its fields.
@Suite struct CSVLawTests {
  private struct File: CustomStringConvertible {
    let rows: [[String]]
    let delimiter: Delimiter
    let text: String
    /// What a field is replaced with, where.
    let replacement: String
    let place: Int

    init(_ choices: inout Choices) {
      let delimiter = choices.element(of: Delimiter.allCases)
      self.delimiter = delimiter
      let count: Int = choices.integer(in: 1...4)
      let lineEnd = choices.element(of: ["\n", "\r\n"])
      let rows = choices.array(count: 1...4) { choices in
        choices.array(count: count...count) { File.field(&$0) }
      }
      let lines = rows.map { row in
        row.map { File.quoted($0, delimiter, always: choices.bool()) }
          .joined(separator: String(Unicode.Scalar(delimiter.byte))) + lineEnd
      }
      let text = (choices.bool() ? "\u{FEFF}" : "") + lines.joined()
      // The last line's end may be missing; a last line of nothing is none without it.
      let isLastLineEmpty = rows.last.map { $0 == [""] } ?? false
      let isCut = choices.bool() && !isLastLineEmpty
      self.rows = rows
      self.text = isCut ? String(text.dropLast()) : text
      replacement = File.field(&choices)
      place = choices.pick(count)
    }

    private static let characters: [Character] = [
      "a", "1", ",", ";", "\t", "|", "\"", "\n", "\r", " ", "\r\n", "é", "😀", "=",
    ]

    private static func field(_ choices: inout Choices) -> String {
      String(choices.array(count: 0...6) { $0.element(of: characters) })
    }

    private static func quoted(_ field: String, _ delimiter: Delimiter, always: Bool) -> String {
      let needsQuotes = field.utf8.contains {
        $0 == delimiter.byte || [0x22, 0x0A, 0x0D].contains($0)
      }
      guard always || needsQuotes else { return field }
      return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }

    var description: String { "\(delimiter): \(text.debugDescription), expected \(rows)" }
  }

  private func records(_ bytes: [UInt8], _ delimiter: Delimiter) throws -> [CSVRecord] {
    let reader = try CSVReader(
      bytes: bytes, source: "s", options: CSVOptions(delimiter: delimiter.byte))
    var records: [CSVRecord] = []
    while let row = try reader.next() {
      guard case .record(let record) = row else {
        throw BrokenRow(row: "\(row)")
      }
      records.append(record)
    }
    return records
  }

  private struct BrokenRow: Error {
    let row: String
  }

  @Test func fieldsAreReadAsTheyWereWritten() throws {
    try Property("quoted fields come back byte for byte", runs: 3000) {
      File(&$0)
    } holds: { file in
      let found = try records(Array(file.text.utf8), file.delimiter)
      let fields = found.map { record in (0..<record.count).map { Array(record.bytes(at: $0)) } }
      try agree(fields, file.rows.map { $0.map { Array($0.utf8) } }, "the fields")
      // One field replaced, and read again.
      guard let record = found.first else { return }
      let replaced = record.raw(replacingFieldAt: file.place, with: file.replacement)
      let again = try records(replaced + [0x0A], file.delimiter)
      var expected = file.rows[0]
      expected[file.place] = file.replacement
      try agree(again.count, 1, "the rows of the replaced record")
      try agree(
        (0..<again[0].count).map { Array(again[0].bytes(at: $0)) },
        expected.map { Array($0.utf8) }, "the replaced record")
    }.check()
  }
}
