import ClaimSchema
import _TestSupport

/// Everything that columns may be declared as, and the values that they may hold.
extension Choices {
  /// Characters that mean something to YAML, SQL, CSV or Unicode, after some that do not.
  static let trickyCharacters: [Character] = [
    "a", "B", "7", " ", "\"", "'", "\\", ",", ":", "#", "-", "[", "]", "{", "}", "&", "*", "!", "|",
    ">", "%", "@", "`", "?", "~", "=", "<", ";", "/", "\t", "\n", "\r", "é", "e\u{301}", "ß", "Ж",
    "漢", "😀", "\u{1}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}", "\u{FFFD}",
    "\u{FFFE}", "\u{FFFF}", "\u{10FFFF}", "\u{E000}",
  ]

  mutating func trickyText(count: ClosedRange<Int>) -> String {
    String(array(count: count) { $0.element(of: Choices.trickyCharacters) })
  }

  /// Text as cells have it: composed, and without white space at its ends.
  mutating func cellText() throws -> String {
    let text = CellText.composed(CellText.trimmed(trickyText(count: 1...6)))
    try assume(!text.isEmpty)
    return text
  }

  mutating func distinctTexts(count: ClosedRange<Int>) throws -> [String] {
    let texts = try array(count: count) { try $0.cellText() }
    try assume(Set(texts).count == texts.count)
    return texts
  }

  mutating func day(in range: ClosedRange<CalendarDay> = .everyDay) -> CalendarDay {
    let year: Int = integer(in: range.lowerBound.year...range.upperBound.year)
    let month: Int = integer(in: 1...12)
    let day: Int = integer(in: 1...CalendarDay.daysIn(month: month, year: year))
    let made = CalendarDay(year: year, month: month, day: day) ?? range.lowerBound
    return min(max(made, range.lowerBound), range.upperBound)
  }

  /// - Parameter years: how long the range may be.
  mutating func dayRange(years: Int) -> ClosedRange<CalendarDay> {
    let first = day()
    let last = min(first.year + years, 9999)
    let end = CalendarDay(year: last, month: 12, day: 31) ?? .latest
    return first...day(in: first...end)
  }

  mutating func numberRange(within limit: Int64) -> ClosedRange<Int64> {
    let (a, b): (Int64, Int64) = (integer(in: -limit...limit), integer(in: -limit...limit))
    return min(a, b)...max(a, b)
  }

  /// Cut points inside a range; nil for none, or where there is no room.
  private mutating func bands(in range: ClosedRange<Int64>) -> [Int64]? {
    guard range.count > 1, bool() else { return nil }
    return Set(array(count: 1...5) { $0.integer(in: range.lowerBound + 1...range.upperBound) })
      .sorted()
  }

  mutating func alphabets() -> [[Character]] {
    func alphabet(_ choices: inout Choices) -> [Character] {
      let bytes = choices.array(count: 1...6) { choices -> ClosedRange<UInt8> in
        // Printable ASCII without the lower-case letters.
        let first: UInt8 = choices.integer(in: 0x21...0x60)
        return first...choices.integer(in: first...min(first + 12, 0x60))
      }
      return Set(bytes.joined()).sorted().map { Character(Unicode.Scalar($0)) }
    }
    let count: Int = integer(in: 1...5)
    guard bool() else { return Array(repeating: alphabet(&self), count: count) }
    return (0..<count).map { _ in alphabet(&self) }
  }

  /// - Parameter isIndexed: whether it has to have digits.
  mutating func columnType(isIndexed: Bool = false) throws -> ColumnType {
    switch pick(isIndexed ? 5 : 6) {
    case 0:
      let range = numberRange(within: pick(2) == 0 ? 1000 : 1_000_000_000_000_000_000)
      return .integer(range: range, bands: bands(in: range))
    case 1:
      let range = numberRange(within: pick(2) == 0 ? 1000 : 1_000_000_000_000_000_000)
      return .money(scale: integer(in: 0...9), range: range, bands: bands(in: range))
    case 2: return .date(range: dayRange(years: 40))
    case 3: return .code(alphabets: alphabets())
    case 4: return .category(values: try distinctTexts(count: 1...5))
    default: return bool() ? .text : .category(values: nil)
    }
  }

  /// A value of an encrypted column of the type; nil where it has none.
  mutating func cell(of type: ColumnType) -> CellValue? {
    switch type {
    case .integer(let range, _), .money(_, let range, _): .number(integer(in: range))
    case .date(let range): .date(day(in: range))
    case .code(let alphabets):
      .code(String(alphabets.prefix(1 + pick(alphabets.count)).map { element(of: $0) }))
    case .category(let values?): .category(pick(values.count))
    case .text, .category(values: nil): nil
    }
  }
}
