import ClaimSchema
import Testing

/// Cells as files have them.
@Suite struct ValueReadingTests {
  static func read(_ declaration: String, _ cell: String) throws -> CellValue {
    try CellParser(SchemaSamples.column(declaration)).value(of: Array(cell.utf8)[...])
  }

  static let money = "type: money, protect: encrypted, range: [-10000000.00, 10000000.00]"

  @Test(arguments: [
    ("$1,234.50", 123_450), ("-$5", -500), ("$-5", -500), ("$ 5.00-", -500),
    ("(1,234.50)", -123_450),
    ("($5)", -500), ("USD 1,000,000.00", 100_000_000), ("5.00 EUR", 500), ("€5", 500), ("5 €", 500),
    ("£0.07", 7), ("1'234'567.89", 123_456_789), ("1’234.5", 123_450), ("1 234.50", 123_450),
    ("1\u{A0}234.50", 123_450), ("1\u{202F}234", 123_400), ("−12.30", -1230), ("12.30−", -1230),
    ("12.30-", -1230),
    ("+7", 700), ("1,000", 100_000), ("007", 700),
  ])
  func readsAmounts(text: String, cents: Int64) throws {
    #expect(try Self.read(Self.money, text) == .number(cents))
  }

  @Test(arguments: [
    ("1.234,56", 123_456), ("-1.234.567,8", -123_456_780), ("12,5 €", 1250), ("(0,07)", -7),
    ("1 234,50", 123_450), ("1.234", 123_400), ("5", 500),
  ])
  func readsDecimalCommas(text: String, cents: Int64) throws {
    #expect(try Self.read(Self.money + ", decimal: \",\"", text) == .number(cents))
  }

  /// What could mean something else is refused, never guessed.
  @Test(arguments: [
    "1.234,56", "1,00", "12,34.00", "1,234,56", ",100", "1,2345", "1,234'567", "1,234.567,8", "1e3",
    "--5", "-5-", "(-5)", "((5))", "$", "$$5", "$5€", "USD 5 EUR", "usd 5", "0x1", "1 0", "٣", "()",
    "1.2.3", "5 $ 6", "1234,567",
  ])
  func refusesOtherAmounts(text: String) {
    #expect(throws: CellProblem.self) { try Self.read(Self.money, text) }
  }

  @Test func amountsAreExact() throws {
    let wide = "type: money, protect: clear"
    #expect(try Self.read(wide, "$9,007,199,254,740,993.01") == .text("9007199254740993.01"))
    #expect(throws: CellProblem.tooManyDecimals(scale: 2)) { try Self.read(wide, "$0.005") }
  }

  @Test func triesDateFormatsInOrder() throws {
    let column =
      "type: date, protect: clear, format: [yyyyMMdd, dd/MM/yyyy, MM/dd/yyyy, M/d/yyyy, ddMMMyyyy]"
    for (text, day) in [
      ("20080304", "2008-03-04"), ("03/04/2008", "2008-04-03"), ("12/31/2008", "2008-12-31"),
      ("3/4/2008", "2008-03-04"), ("04mar2008", "2008-03-04"), ("29FEB2008", "2008-02-29"),
    ] {
      #expect(try Self.read(column, text) == .text(day), "\(text)")
    }
    for text in ["20080230", "2008-03-04", "31/31/2008", "3/4/08", "04xyz2008", "3/4/20081"] {
      #expect(throws: CellProblem.self) { try Self.read(column, text) }
    }
  }

  @Test(arguments: [
    "T10:00:00Z", " 10:00", "T10:00:00.000+02:00", " 10:00:00 PM", ":10:00:00", "T1000-0500",
    " 00:00:00.0000000", "T23:59:60Z",
  ])
  func dropsTimes(time: String) throws {
    #expect(
      try Self.read("type: date, protect: clear", "2009-01-31" + time) == .text("2009-01-31"))
  }

  @Test(arguments: ["T", " ", "x", "T10", "T25:00", "T10:60", " 10:00x", "-05", "T10:00:00+1", "1"])
  func refusesWhatIsNoTime(time: String) {
    #expect(throws: CellProblem.notADate(formats: ["yyyy-MM-dd"])) {
      try Self.read("type: date, protect: clear", "2009-01-31" + time + "!")
    }
    guard time != " " else { return }
    #expect(throws: CellProblem.notADate(formats: ["yyyy-MM-dd"])) {
      try Self.read("type: date, protect: clear", "2009-01-31" + time)
    }
  }

  @Test func sentinelsAreNull() throws {
    let column =
      "type: date, protect: encrypted, format: [yyyy-MM-dd, yyyyMMdd], range: [2007-01-01, 2010-12-31]"
    #expect(throws: CellProblem.self) { try Self.read(column, "9999-12-31") }
    let declared = column + ", null_dates: [9999-12-31, 1900-01-01]"
    for text in ["9999-12-31", "99991231", "1900-01-01T00:00:00"] {
      #expect(try Self.read(declared, text) == .null)
    }
    #expect(throws: CellProblem.missing) {
      try Self.read(declared + ", nullable: false", "9999-12-31")
    }
  }

  @Test func fillsCodesWithZeros() throws {
    let code = "type: code, protect: encrypted, length: 5, pad: 5"
    #expect(try Self.read(code, "389") == .code("00389"))
    #expect(try Self.read(code, "38.9") == .code("00389"))
    // A spreadsheet takes zeros only from numbers.
    #expect(try Self.read(code, "v58") == .code("V58"))
    #expect(throws: CellProblem.tooLong(limit: 5)) { try Self.read(code, "123456") }
    let state = "type: category, protect: encrypted, values: [\"05\", \"12\"], pad: 2"
    #expect(try Self.read(state, "5") == .category(0))
    #expect(try Self.read(state, "05") == .category(0))
    #expect(throws: CellProblem.notDeclared) { try Self.read(state, "6") }
    #expect(try Self.read("type: category, protect: clear, pad: 3", "7") == .text("007"))
  }

  @Test func dotsAreOptional() throws {
    let code = "type: code, protect: encrypted, length: 5"
    #expect(try Self.read(code, "i10.9") == .code("I109"))
    #expect(try Self.read(code, "I109") == .code("I109"))
    #expect(throws: CellProblem.self) { try Self.read(code, "..") }
    let dotted = "type: code, protect: encrypted, length: 5, alphabet: \"A-Z0-9.\""
    #expect(try Self.read(dotted, "i10.9") == .code("I10.9"))
  }

  @Test func trimsAndComposesText() throws {
    let text = "type: text, protect: clear"
    #expect(try Self.read(text, "\u{A0}\u{2003} a b \u{3000}\n") == .text("a b"))
    guard case .text(let composed) = try Self.read(text, "e\u{301}") else {
      Issue.record("no text")
      return
    }
    #expect(Array(composed.utf8) == [0xC3, 0xA9])
    let category = "type: category, protect: encrypted, values: [\"\u{E9}\"]"
    #expect(try Self.read(category, "e\u{301}") == .category(0))
    #expect(try Self.read(text, "\u{A0}") == .null)
  }

  @Test func nullTokensAreDeclaredForTheTable() throws {
    let column = try SchemaSamples.column("type: text, protect: clear")
    func parser(_ tokens: String) throws -> CellParser {
      let schema = try Schema.parse(
        yaml: "table: t\ncapacity: 1\nnull_tokens: \(tokens)\ncolumns: { a: { protect: drop } }",
        source: "s.yaml")
      return CellParser(column, rules: schema.reading)
    }
    let own = try parser("[\"?\", unknown]")
    for text in ["?", " unknown "] { #expect(try own.value(of: Array(text.utf8)[...]) == .null) }
    for text in ["NA", "-", ""] {
      #expect(try own.value(of: Array(text.utf8)[...]) == .text(text))
    }
    #expect(try parser("[]").value(of: Array("NULL".utf8)[...]) == .text("NULL"))
  }

  @Test func aColumnHasOneCurrency() throws {
    let schema = try Schema.parse(
      yaml: "table: t\ncapacity: 9\ncolumns: { a: { type: money, protect: clear } }",
      source: "s.yaml")
    let reader = try ClaimReader(
      CSVReader(bytes: Array("a\n5\n$6\nUSD 7\n€8\n9\n".utf8), source: "f"), schema: schema)
    var rejected: [RecordProblem] = []
    while let row = try reader.next() {
      if case .rejected(let problem, _) = row { rejected.append(problem) }
    }
    #expect(rejected.map(\.line) == [5])
    #expect(rejected.first?.reason == .cell(header: "a", .otherCurrency))
    #expect(reader.report.columns.first?.currency == "USD")
  }

  @Test func reportsWhatItDid() throws {
    let schema = try Schema.parse(
      yaml: """
        table: t
        capacity: 9
        columns:
          d: { type: date, protect: clear, format: [yyyyMMdd, dd.MM.yyyy], null_dates: [99991231] }
          c: { type: code, protect: clear, length: 3, pad: 3 }
        """, source: "s.yaml")
    let text =
      "d,c\n20080101,1\n01.02.2008,22\n02.02.2008,V1\n99991231,NA\nx,4\nx,5\n20080101,????\n"
    let reader = try ClaimReader(
      CSVReader(bytes: Array(text.utf8), source: "f"), schema: schema)
    while try reader.next() != nil {}
    let report = reader.report
    #expect(report.read == 7 && report.accepted == 4 && report.rejected == 3)
    #expect(
      report.reasons == [
        "column 'd': not a date in the format yyyyMMdd or dd.MM.yyyy": 2,
        "column 'c': longer than 3 characters": 1,
      ])
    #expect(report.columns.map(\.nulls) == [1, 1])
    #expect(report.columns.map(\.sentinels) == [1, 0])
    #expect(report.columns.map(\.padded) == [0, 2])
    #expect(report.columns[0].formats.map(\.count) == [1, 2])
  }
}
