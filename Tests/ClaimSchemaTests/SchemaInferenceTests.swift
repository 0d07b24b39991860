import ClaimSchema
import Testing

@Suite struct SchemaInferenceTests {
  static func propose(_ text: String, table: String = "claims") throws -> (String, Schema) {
    let yaml = try SchemaInference.propose(
      CSVReader(bytes: Array(text.utf8), source: "t.csv"), table: table)
    return (yaml, try Schema.parse(yaml: yaml, source: "inferred.yaml"))
  }

  /// A column of `count` cells.
  static func column(_ header: String, count: Int, _ cell: (Int) -> String) throws -> Column {
    let text = ([header] + (0..<count).map(cell)).joined(separator: "\n") + "\n"
    return try #require(try propose(text).1.columns.first)
  }

  @Test func guessesTypes() throws {
    let count = 300
    func column(_ cell: (Int) -> String) throws -> Column {
      try Self.column("X", count: count, cell)
    }
    #expect(try column { _ in "NA" }.protection == .drop)
    #expect(try column { "19620117700\($0 % 200 + 1000)" }.protection == .drop)
    #expect(try column { "A0000\($0)" }.protection == .drop)
    #expect(try column { "a note on case \($0)" }.protection == .drop)
    #expect(try column { ["b", "a", ""][$0 % 3] }.type == .category(values: ["a", "b"]))
    #expect(try column { "0\($0 % 30 + 1)" }.protection == .encrypted)
    #expect(
      try column { "0\($0 % 9 + 1)/2\($0 % 9)/2008" }.type
        == .date(
          range: #require(CalendarDay(year: 2008, month: 1, day: 1))...#require(
            CalendarDay(year: 2008, month: 12, day: 31))))
    #expect(
      try column { "0\($0 % 9 + 1)/2\($0 % 9)/2008 10:30" }.reading.dateFormats == ["MM/dd/yyyy"])
    #expect(try column { "0\($0 % 9 + 1)FEB2009" }.reading.dateFormats == ["ddMMMyyyy"])
    #expect(
      try column { "\"$\($0 % 200 + 1),000\"" }.type
        == .money(scale: 2, range: 0...40_000_000, bands: nil))
    #expect(
      try column { "\($0 - 10).50" }.type
        == .money(scale: 2, range: -2000...50000, bands: nil))
    let stay = try column { String($0 % 90) }
    #expect(stay.type == .integer(range: 0...200, bands: nil))
    #expect(stay.uses == [.filter, .sum])
    #expect(try column { String($0 * 1000) }.uses == [.sum])
    #expect(
      try column { "V\($0 / 2)." }.type
        == .code(
          alphabets: Array(repeating: Array(".0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), count: 5)))
  }

  @Test func isDeterministicAndNamesColumns() throws {
    let text =
      "Claim ID,claim id,1st,select,ok,,twice,twice\n1,2,3,4,5,6,7,8\n1,2,3,4,5,6,7,8\n"
    let (yaml, schema) = try Self.propose(text, table: "Claims 2009")
    #expect(try Self.propose(text, table: "Claims 2009").0 == yaml)
    #expect(schema.table == "claims_2009")
    #expect(schema.capacity == 10_000)
    #expect(schema.columns.map(\.name) == ["claim_id", "claim_id_2", "c_1st", "select_", "ok"])
    #expect(yaml.split(separator: "\n").filter { $0.contains("Left out") }.count == 3)
  }

  @Test func refusesWhatItCannotRead() throws {
    #expect(throws: ClaimReadError.noRecords(source: "t.csv")) { try Self.propose("a,b\n") }
    #expect(throws: ClaimReadError.noNamedColumns(source: "t.csv")) {
      try Self.propose("a,a\n1,2\n")
    }
    #expect(throws: ClaimReadError.empty(source: "t.csv")) { try Self.propose("") }
    #expect(
      throws: ClaimReadError.malformedRecord(
        source: "t.csv", line: 3, reason: .row(.fieldCount(found: 1, expected: 2)))
    ) { try Self.propose("a,b\n1,2\n3\n") }
  }

  /// Whatever the cells are, the proposal parses and admits them.
  @Test func admitsRandomFiles() throws {
    var generator = SystemRandomNumberGenerator()
    let pool = [
      "", "NULL", "-", "0", "1", "-1", "007", "12", "99999999", "123456789012", "999999999999999",
      "1.5", "-20.005", "0.1234567890", "1e5", "20080101", "2008-01-01", "13/01/2008", "01/13/2008",
      "00010101", "A1", "a1", "A-1", "A\\", "\"\"x\"\"", "#", "é", " b ", "it's", "yes", "~",
      "{a: b}",
    ]
    for _ in 0..<300 {
      let choices = (0..<3).map { _ in
        (0..<Int.random(in: 1...3, using: &generator)).map { _ in
          pool.randomElement(using: &generator) ?? ""
        }
      }
      var text = "A,B,C\n"
      for _ in 0..<Int.random(in: 1...90, using: &generator) {
        let cells = choices.map { choice in
          let cell = choice.randomElement(using: &generator) ?? ""
          return Int.random(in: 0...1, using: &generator) == 0
            ? cell : cell.isEmpty ? "" : cell + (cell.last?.isNumber == true ? "7" : "")
        }
        text += cells.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
      }
      let (yaml, schema) = try Self.propose(text)
      let reader = try ClaimReader(
        CSVReader(bytes: Array(text.utf8), source: "t.csv"), schema: schema)
      while let row = try reader.next() {
        guard case .record = row else {
          Issue.record("\(row)\n\(yaml)\n\(text)")
          return
        }
      }
    }
  }
}
