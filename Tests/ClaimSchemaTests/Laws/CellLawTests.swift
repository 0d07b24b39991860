import ClaimSchema
import Testing
import _TestSupport

/// What cells are read to is what was written, in every form that sources write.
@Suite struct CellLawTests {
  private struct Written: CustomStringConvertible {
    let column: Column
    let text: String
    let value: CellValue
    var description: String { "'\(text)' as \(column.type), expected \(value)" }

    init(_ column: Column, _ text: String, _ value: CellValue) {
      self.column = column
      self.text = text
      self.value = value
    }
  }

  private func column(
    _ type: ColumnType, _ protection: Protection = .encrypted,
    reading: ColumnReading = ColumnReading()
  ) -> Column {
    Column(
      sourceName: "c", name: "c", type: type, protection: protection,
      uses: protection == .encrypted ? [.filter] : [], isNullable: true, reading: reading)
  }

  private func check(_ written: Written) throws {
    let read = try CellParser(written.column).value(of: Array(written.text.utf8)[...])
    try agree(read, written.value, "the cell")
  }

  /// The form that clear cells are stored in, of any value of the type.
  private static func canonicalText(of value: CellValue, _ type: ColumnType) -> String? {
    switch (value, type) {
    case (.number(let number), .money(let scale, _, _)): ExactDecimal.text(number, scale: scale)
    case (.number(let number), _): String(number)
    case (.date(let day), _): day.description
    case (.code(let code), _): code
    case (.category(let index), .category(let values?)): values[index]
    default: nil
    }
  }

  @Test func canonicalTextIsReadToItsValue() throws {
    let reading = ColumnReading(dateFormats: ["yyyy-MM-dd"])
    try Property("canonical text is read to its value, and clear cells to themselves", runs: 3000) {
      choices in
      let type = try choices.columnType(isIndexed: true)
      let value = try present(choices.cell(of: type), "a value")
      let text = try present(CellLawTests.canonicalText(of: value, type), "the text")
      // A code or text may be one of the texts that mean NULL.
      let isCategory = if case .category = type { true } else { false }
      try assume(isCategory || !NullTokens().contains(CellText.trimmed(text)))
      return Written(column(type, reading: reading), text, value)
    } holds: { written in
      try check(written)
      let clear = column(written.column.type, .clear, reading: reading)
      try check(Written(clear, written.text, .text(written.text)))
      try hold(clear.admits(clearText: written.text), "tables must admit the clear text")
      let stored = try CellParser(canonical: clear).value(of: Array(written.text.utf8)[...])
      try agree(stored, .text(written.text), "what is read from the table")
    }.check()
  }

  // MARK: Dates

  private static let patterns = [
    "yyyy-MM-dd", "yyyyMMdd", "M/d/yyyy", "dd.MM.yyyy", "ddMMMyyyy", "d-MMM-yyyy", "yyyy/M/d",
    "MMM dd, yyyy",
  ]

  /// A day in one of the patterns, by the patterns' own letters.
  private static func text(_ day: CalendarDay, _ pattern: String) -> String {
    let months = [
      "Jan", "FEB", "mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    var text = ""
    var rest = pattern[...]
    while let letter = rest.first {
      let run = rest.prefix { $0 == letter }
      rest = rest.dropFirst(run.count)
      switch letter {
      case "y": text += padded(day.year, 4)
      case "M": text += run.count == 3 ? months[day.month - 1] : padded(day.month, run.count)
      case "d": text += padded(day.day, run.count)
      default: text += run
      }
    }
    return text
  }

  @Test func datesAreReadInEveryPattern() throws {
    let times = ["", "T10:00:00Z", " 9:05 PM", ":10:00:00.000", "T1000+02:00", " 23:59"]
    try Property("a day is read in the pattern that it is written in", runs: 2000) { choices in
      let pattern = choices.element(of: CellLawTests.patterns)
      let day = choices.day()
      return Written(
        column(.date(range: .everyDay), reading: ColumnReading(dateFormats: [pattern])),
        " " + CellLawTests.text(day, pattern) + choices.element(of: times), .date(day))
    } holds: {
      try check($0)
    }.check()
  }

  @Test func theCalendarGoesBothWays() throws {
    try Property("days, their texts and their successors agree", runs: 2000) {
      ($0.day(), $0.day())
    } holds: { a, b in
      try agree(CalendarDay(iso: a.description), a, "the extended text")
      try agree(CalendarDay(iso: a.description.filter { $0 != "-" }), a, "the basic text")
      try agree(a < b, a.description < b.description, "the order is that of the texts")
      try agree(a.monthNumber, a.year * 12 + a.month - 1, "the month's number")
      guard let next = a.next else { return try agree(a, .latest, "the day without a successor") }
      try hold(a < next, "the next day comes after")
      // Between a day and its successor there is none: it is the first that exists among these.
      let isNextOfMonth = next.day == a.day + 1 && next.monthNumber == a.monthNumber
      let isFirst = next.day == 1 && next.monthNumber == a.monthNumber + 1
      try hold(isNextOfMonth || isFirst, "\(next)")
      if isFirst {
        try agree(CalendarDay(year: a.year, month: a.month, day: a.day + 1), nil, "the day between")
      }
    }.check()
  }

  // MARK: Amounts

  /// An amount with groups, signs and currencies around it.
  private func amount(_ choices: inout Choices) -> Written {
    let scale: Int = choices.integer(in: 0...4)
    let units: Int64 = choices.integer(in: -1_000_000_000_000...1_000_000_000_000)
    let mark = choices.element(of: DecimalMark.allCases)
    let parts = ExactDecimal.text(Int64(units.magnitude), scale: scale)
      .split(separator: ".").map(String.init)
    var text = parts[0]
    if choices.bool() {
      let separator = choices.element(of: [mark == .point ? "," : ".", "'", "\u{A0}", " "])
      var groups: [Substring] = []
      var rest = text[...]
      while rest.count > 3 {
        groups.insert(rest.suffix(3), at: 0)
        rest = rest.dropLast(3)
      }
      text = ([rest] + groups).joined(separator: separator)
    }
    if parts.count > 1 { text += mark.rawValue + parts[1] }
    let currency = choices.element(of: ["", "$", "EUR ", "£"])
    let back = choices.element(of: ["", " CHF", "€"])
    text = currency.isEmpty ? text + back : currency + text
    if units < 0 {
      text = choices.element(of: [
        "-\(text)", "\(text)-", "(\(text))", "\u{2212}\(text)", "- \(text)",
      ])
    } else if choices.bool() {
      text = "+\(text)"
    }
    return Written(
      column(
        .money(scale: scale, range: -1_000_000_000_000...1_000_000_000_000, bands: nil),
        reading: ColumnReading(decimalMark: mark)), " \(text)\u{2009}", .number(units))
  }

  @Test func amountsAreReadAsTheyAreWritten() throws {
    try Property("an amount is read in the form that it is written in", runs: 3000) {
      amount(&$0)
    } holds: {
      try check($0)
    }.check()
  }

  @Test func decimalTextIsExact() throws {
    try Property("decimal text goes both ways, with exponents as well", runs: 3000) { choices in
      (
        choices.integer(in: -ExactDecimal.limit + 1...ExactDecimal.limit - 1),
        choices.integer(in: 0...12), choices.integer(in: -20...20)
      )
    } holds: { units, scale, shift in
      let text = ExactDecimal.text(units, scale: scale)
      let read = try present(ExactDecimal(text.utf8, scale: scale), "the number")
      try agree(read.floor, units, "the units of \(text)")
      try hold(read.isExact, "\(text) is exact")
      // The point moved by an exponent and back.
      let moved = ExactDecimal.text(units, scale: max(scale + shift, 0))
      let exponent = max(scale + shift, 0) - scale
      let literal = try present(
        ExactDecimal(literal: "\(moved)e\(exponent)", scale: scale), "the literal")
      try agree(literal, read, "\(moved)e\(exponent)")
      // Fewer decimals are rounded down.
      guard scale > 0 else { return }
      let coarse = try present(ExactDecimal(text.utf8, scale: scale - 1), "the coarse number")
      let floor = units / 10 - (units % 10 < 0 ? 1 : 0)
      try agree(coarse.floor, floor, "rounded down")
      try agree(coarse.isExact, units % 10 == 0, "whether it is exact")
    }.check()
  }
}
