import ClaimSchema

/// JSON: lines, arrays and single documents.
struct JSONRecordsCheck: DecoderCheck {
  static let name = "claims.json"
  static let refusals: [any Error.Type] = [ClaimReadError.self]

  private static let options = ReadingOptions(
    format: .ndjson, jsonRecordByteLimit: 2048, documentByteLimit: 4096)

  func seeds() -> [[UInt8]] {
    [
      "{\"a\":1,\"b\":{\"c\":[1,-2.5e3,null]}}\n\n{\"a\":\"\\u00e9\\ud83d\\ude00\\n\"}\r\n",
      "[\n {\"a\": true},\n {\"a\": \"]}\"}, 3\n]\n", "{\n \"a\": 1\n}\n",
      "\u{FEFF}{\"a\":0.1}\n{\"a\":01}\n[1]\n",
    ].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    try RecordsOfSource.read(
      SourceOpening.open(
        bytes: input, source: Self.source, wanted: ["a", "b.c[1]"], options: Self.options))
  }
}
