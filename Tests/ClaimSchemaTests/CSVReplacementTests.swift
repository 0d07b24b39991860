import ClaimSchema
import Testing

@Suite struct CSVReplacementTests {
  @Test(arguments: [
    ("a,b,c", 1, "x", "a,x,c"), ("a,\"b\",c", 1, "x", "a,\"x\",c"), ("a,,c", 1, "", "a,,c"),
    ("a,\"\",c", 1, "x\"y", "a,\"x\"\"y\",c"), ("a,b,c", 2, "x,y", "a,b,\"x,y\""),
    ("a,b,c", 0, "x\ny", "\"x\ny\",b,c"), ("\"a\"\"b\",b,c", 0, "AQ==", "\"AQ==\",b,c"),
    ("a,b,c", 3, "x", "a,b,c"), ("a,b,c", -1, "x", "a,b,c"), ("a,b,c", 1, " x", "a,\" x\",c"),
  ])
  func aFieldIsReplaced(_ row: String, _ index: Int, _ text: String, _ expected: String) throws {
    let reader = try CSVReader(bytes: Array(row.utf8), source: "test.csv")
    guard case .record(let record) = try #require(try reader.next()) else {
      Issue.record("malformed")
      return
    }
    let replaced = record.raw(replacingFieldAt: index, with: text)
    #expect(String(decoding: replaced, as: UTF8.self) == expected)
    let again = try CSVReader(bytes: replaced, source: "test.csv")
    guard case .record(let read) = try #require(try again.next()) else {
      Issue.record("malformed")
      return
    }
    for field in 0..<3 {
      #expect(read.text(at: field) == (field == index ? text : record.text(at: field)))
    }
  }
}
