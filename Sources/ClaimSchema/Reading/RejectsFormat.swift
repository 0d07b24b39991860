/// How the rejects file holds a record: line and reason come first, then the record as it stands in
/// the source, so that a row of the wrong length leaves them in their columns.
package enum RejectsFormat: Hashable, Sendable {
  /// As the source's own delimited text.
  case delimited(headerRow: [UInt8], delimiter: UInt8)
  /// As JSON, one object a line.
  case json

  /// What the file starts with.
  package var header: [UInt8] {
    switch self {
    case .delimited(let headerRow, let delimiter):
      Array("reject_line".utf8) + [delimiter] + Array("reject_reason".utf8) + [delimiter]
        + headerRow + [0x0A]
    case .json: []
    }
  }

  /// One rejected record.
  package func row(line: Int, reason: String, raw: [UInt8]) -> [UInt8] {
    switch self {
    case .delimited(_, let delimiter):
      let quoted = reason.replacing("\"", with: "\"\"")
      return Array("\(line)".utf8) + [delimiter] + Array("\"\(quoted)\"".utf8) + [delimiter]
        + raw + [0x0A]
    case .json:
      let isJSON = (try? JSONScanner.value(of: raw[...])) != nil
      let text = String(decoding: raw, as: UTF8.self)
      let record = isJSON ? RejectsFormat.onOneLine(text) : JSONValue.quoted(text)
      return Array(
        """
        {"reject_line":\(line),"reject_reason":\(JSONValue.quoted(reason)),"record":\(record)}

        """.utf8)
    }
  }

  /// Line ends outside of strings are blanks to JSON, and inside there are none.
  private static func onOneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }))
  }
}
