extension CSVRecord {
  /// The record as it stands in the file with other content in one field, in quotes where the content
  /// needs them. Unchanged when there is no such field.
  public func raw(replacingFieldAt index: Int, with text: String) -> [UInt8] {
    guard fields.indices.contains(index) else { return raw }
    let quote = UInt8(ascii: "\"")
    let range = fields[index].range
    let isQuoted = range.lowerBound > 0 && raw[range.lowerBound - 1] == quote
    var content = text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
    if !isQuoted, !text.utf8.allSatisfy(CSVRecord.needsNoQuotes) {
      content = [quote] + content + [quote]
    }
    return raw[..<range.lowerBound] + content + raw[range.upperBound...]
  }

  /// Letters, digits, and what base64 and numbers have beside them: no file's delimiter.
  private static func needsNoQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "+/=.-_".utf8.contains(byte)
    }
  }
}
