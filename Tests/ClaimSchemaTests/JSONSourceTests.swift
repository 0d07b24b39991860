import ClaimSchema
import Testing

@Suite struct JSONSourceTests {
  @Test func readsLines() throws {
    let text = """
      \u{FEFF}{"id":"a","paid":12.50,"flag":true,"claim":{"dx":["I10","E11"],"site":{"no":7}}}

      {"paid":-1.5e3,"id":null,"extra":"é \\u00e9 \\ud83d\\ude00 \\n"}\r
      {"id":"c","claim":{"site":{"no":"007"}},"late":1}
      """
    let source = try SourceReading.open(text, wanted: ["claim.dx[1]", "never"])
    #expect(
      source.headers == [
        "id", "paid", "flag", "claim.dx", "claim.site.no", "extra", "late", "claim.dx[1]", "never",
      ])
    #expect(
      try SourceReading.cells(source) == [
        ["a", "12.50", "true", "[\"I10\",\"E11\"]", "7", nil, nil, "E11", nil],
        [nil, "-1500", nil, nil, nil, "é é 😀 \n", nil, nil, nil],
        ["c", nil, nil, nil, "007", nil, "1", nil, nil],
      ])
  }

  /// Amounts keep every digit: nothing passes through floating point.
  @Test func numbersStayAsWritten() throws {
    let text = #"{"a":90071992547409.93,"b":0.1,"c":1E-2,"d":123456789012345678}"#
    #expect(
      try SourceReading.cells(SourceReading.open(text)) == [
        ["90071992547409.93", "0.1", ".01", "123456789012345678"]
      ])
  }

  @Test func rejectsLinesThatAreNoObjects() throws {
    let bad = [
      "{\"a\":1", "[1]", "{\"a\":1,\"a\":2}", "{\"a\":01}", "{\"a\":1}x", "{\"a\":\"\u{1}\"}",
      "{\"a\":nul}", "{\"a\":\"\\ud800\"}", "{'a':1}", "{\"a\":1,}", "7",
      String(repeating: "[", count: 5000),
    ]
    let text = (["{\"a\":\"ok\"}"] + bad + ["{\"a\":\"ok\"}"]).joined(separator: "\n")
    let rows = try SourceReading.cells(SourceReading.open(text))
    try #require(rows.count == bad.count + 2)
    #expect(rows.first == ["ok"] && rows.last == ["ok"])
    for (index, row) in rows.dropFirst().dropLast().enumerated() {
      #expect(row.count == 1 && row[0]?.hasPrefix("\(index + 2): no ") == true, "\(row)")
    }
  }

  @Test func readsArraysAsDocuments() throws {
    let text = "[\n  {\"a\": 1},\n  {\n    \"a\": \"]}\"\n  },\n  3\n]\n"
    #expect(
      try SourceReading.cells(SourceReading.open(text)) == [
        ["1"], ["]}"],
        ["6: no JSON object; a record is written as {\"column\": value, …}"],
      ])
    #expect(throws: ClaimReadError.self) { try SourceReading.open("[]") }
    #expect(throws: ClaimReadError.self) {
      try SourceReading.cells(SourceReading.open("[{\"a\":1},{\"a\":2}"))
    }
  }

  @Test func boundsLinesAndDocuments() throws {
    var options = ReadingOptions(jsonRecordByteLimit: 100, documentByteLimit: 100)
    let long = "{\"a\":\"\(String(repeating: "x", count: 100))\"}"
    #expect(throws: ClaimReadError.recordTooLong(source: "f", line: 2, limit: 100)) {
      try SourceReading.cells(
        SourceReading.open(Array("{\"a\":1}\n\(long)\n".utf8), options: options))
    }
    #expect(throws: ClaimReadError.documentTooLong(source: "f", limit: 100)) {
      try SourceReading.open(Array("[\(long)]".utf8), options: options)
    }
    options.documentByteLimit = 200
    _ = try SourceReading.open(Array("[\(long)]".utf8), options: options)
  }

  @Test func rejectsAreJSONToo() throws {
    let rejects = try SourceReading.open("{\"a\":1}").rejects
    #expect(rejects.header.isEmpty)
    func row(_ raw: String) -> String {
      String(decoding: rejects.row(line: 3, reason: "a \"b\"", raw: Array(raw.utf8)), as: UTF8.self)
    }
    let start = #"{"reject_line":3,"reject_reason":"a \"b\"","record":"#
    #expect(row("{\n\"a\":1}") == start + "{ \"a\":1}}\n")
    #expect(row("{\"a\"") == start + #""{\"a\""}"# + "\n")
  }

  @Test func aSchemaReadsThem() throws {
    let schema = try Schema.parse(
      yaml: """
        table: t
        capacity: 10
        columns:
          claim.paid: { name: paid, type: money, range: [0, 100.00], protect: encrypted }
          sex: { type: category, values: ["1", "2"], protect: encrypted }
        """, source: "s.yaml")
    let text =
      "{\"claim\":{\"paid\":1.5},\"sex\":1}\n{\"sex\":\"3\"}\n{\"claim\":{\"paid\":[1]}}\n{}\n"
    let reader = try ClaimReader(
      SourceOpening.open(bytes: Array(text.utf8), source: "f", wanted: schema.wantedNames),
      schema: schema)
    var found: [String] = []
    while let row = try reader.next() {
      switch row {
      case .record(let record): found.append("\(record.line) \(record.cells)")
      case .rejected(let problem, _): found.append(problem.description)
      }
    }
    #expect(
      found == [
        "1 \([CellValue.number(150), .category(0)])",
        "f:2: column 'sex': not one of the declared values",
        "f:3: column 'claim.paid': \(CellProblem.notAnAmount(.point))",
        "4 \([CellValue.null, .null])",
      ])
    #expect(reader.report.accepted == 2 && reader.report.rejected == 2)
    #expect(reader.report.columns.map(\.nulls) == [1, 1])
  }
}
