import ClaimSchema
import Testing

@Suite struct CellParserTests {
  static func read(_ declaration: String, _ cell: String) throws -> CellValue {
    try CellParser(SchemaSamples.column(declaration)).value(of: Array(cell.utf8)[...])
  }

  @Test func readsNull() throws {
    for text in ["", "  ", "NULL", "NA", " N/A\t", "-", "\\N"] {
      #expect(try Self.read("type: text, protect: clear", text) == .null)
      #expect(throws: CellProblem.missing) {
        try Self.read("type: text, protect: clear, nullable: false", text)
      }
    }
    #expect(try Self.read("type: text, protect: clear", "null and void") == .text("null and void"))
    // A declared value is never NULL.
    #expect(
      try Self.read("type: category, protect: encrypted, values: [a, NA]", "NA") == .category(1))
  }

  @Test func readsNumbers() throws {
    let money = "type: money, protect: encrypted, range: [-20000.00, 200000.00]"
    for (text, cents) in [
      ("26000.00", 2_600_000), ("-10", -1000), ("+0.5", 50), (" 1.2 ", 120), ("3.100", 310),
      ("-0.00", 0), (".07", 7), ("5.", 500), ("007", 700),
    ] as [(String, Int64)] {
      #expect(try Self.read(money, text) == .number(cents))
    }
    for text in ["--1", ".", "+", "1.2.3", "+-1", "/"] {
      #expect(throws: CellProblem.self) { try Self.read(money, text) }
    }
    #expect(throws: CellProblem.tooManyDecimals(scale: 2)) { try Self.read(money, "1.005") }
    #expect(throws: CellProblem.outsideRange("[-20000.00, 200000.00]")) {
      try Self.read(money, "200000.01")
    }
    #expect(throws: CellProblem.outsideRange("[-20000.00, 200000.00]")) {
      try Self.read(money, String(repeating: "9", count: 400))
    }
    let integer = "type: integer, protect: encrypted, range: [0, 400]"
    #expect(try Self.read(integer, "3.00") == .number(3))
    #expect(throws: CellProblem.tooManyDecimals(scale: 0)) { try Self.read(integer, "3.5") }
  }

  @Test func readsDates() throws {
    let day = try #require(CalendarDay(year: 2008, month: 2, day: 29))
    for (format, text) in [
      ("yyyyMMdd", "20080229"), ("MM/dd/yyyy", "02/29/2008"), ("dd.MM.yyyy", "29.02.2008"),
    ] {
      let declaration =
        "type: date, format: \"\(format)\", protect: encrypted, range: [2007-01-01, 2010-12-31]"
      #expect(try Self.read(declaration, text) == .date(day))
      for bad in ["20070229", "2008-02-29", "2008022", "2008 229", "29/02/2008x"] {
        #expect(throws: CellProblem.notADate(formats: [format])) { try Self.read(declaration, bad) }
      }
    }
    #expect(throws: CellProblem.outsideRange("[2007-01-01, 2010-12-31]")) {
      try Self.read(
        "type: date, protect: encrypted, range: [2007-01-01, 2010-12-31]", "2011-01-01")
    }
  }

  @Test func readsCodesAndCategories() throws {
    let code = "type: code, protect: encrypted, length: 5"
    #expect(try Self.read(code, " v5789") == .code("V5789"))
    #expect(throws: CellProblem.tooLong(limit: 5)) { try Self.read(code, "123456") }
    #expect(try Self.read(code, "038.9") == .code("0389"))
    #expect(throws: CellProblem.characterNotInAlphabet(position: 4)) {
      try Self.read(code, "038-9")
    }
    #expect(throws: CellProblem.notDeclared) {
      try Self.read("type: category, protect: encrypted, values: [a]", "b")
    }
  }

  @Test func clearCellsBecomeCanonicalText() throws {
    for (declaration, cell, text) in [
      ("type: date, format: yyyyMMdd", "20080229", "2008-02-29"), ("type: money", "5", "5.00"),
      ("type: money", "-0.5", "-0.50"), ("type: integer", "+07", "7"),
      ("type: code, length: 4", "v5", "V5"), ("type: text", " Ab c ", "Ab c"),
      ("type: category", "S01", "S01"), ("type: category, values: [x]", "x", "x"),
    ] {
      #expect(try Self.read("\(declaration), protect: clear", cell) == .text(text))
    }
  }
}
