extension CalendarDay {
  /// The day that ISO 8601 writes as `2009-04-12` or `20090412`; nil for anything else.
  package init?(iso text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let pattern = bytes.count == 8 ? DatePattern.basic : DatePattern.extended
    guard let (day, rest) = CalendarDay.start(of: bytes[...], pattern: pattern), rest.isEmpty else {
      return nil
    }
    self = day
  }

  /// The day that a cell writes in the given pattern, a time of day after it left out; nil when it
  /// does not, or no such day exists.
  package init?(_ cell: ArraySlice<UInt8>, pattern: DatePattern) {
    guard let (day, rest) = CalendarDay.start(of: cell, pattern: pattern),
      rest.isEmpty || TimeOfDay.matches(rest)
    else { return nil }
    self = day
  }

  /// The day at the start of a text, and what follows it.
  private static func start(
    of bytes: ArraySlice<UInt8>, pattern: DatePattern
  ) -> (CalendarDay, rest: ArraySlice<UInt8>)? {
    var rest = bytes
    var (year, month, day) = (0, 0, 0)
    for field in pattern.fields {
      switch field {
      case .year:
        guard let number = takeNumber(&rest, digits: 4...4) else { return nil }
        year = number
      case .month(let digits):
        guard let number = takeNumber(&rest, digits: digits) else { return nil }
        month = number
      case .monthName:
        guard let number = takeMonthName(&rest) else { return nil }
        month = number
      case .day(let digits):
        guard let number = takeNumber(&rest, digits: digits) else { return nil }
        day = number
      case .separator(let expected):
        guard rest.first == expected else { return nil }
        rest = rest.dropFirst()
      }
    }
    return CalendarDay(year: year, month: month, day: day).map { ($0, rest) }
  }

  private static func takeNumber(
    _ rest: inout ArraySlice<UInt8>, digits: ClosedRange<Int>
  ) -> Int? {
    var number = 0
    var count = 0
    while count < digits.upperBound, let byte = rest.first, byte >= 0x30, byte <= 0x39 {
      number = number * 10 + Int(byte - 0x30)
      count += 1
      rest = rest.dropFirst()
    }
    return count >= digits.lowerBound ? number : nil
  }

  private static let monthNames = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ].map { Array($0.utf8) }

  private static func takeMonthName(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let name = rest.prefix(3).map { $0 & 0xDF }
    guard let index = monthNames.firstIndex(of: name) else { return nil }
    rest = rest.dropFirst(3)
    return index + 1
  }

  /// The day after this one; nil after 9999-12-31.
  package var next: CalendarDay? {
    CalendarDay(year: year, month: month, day: day + 1)
      ?? CalendarDay(year: year, month: month + 1, day: 1)
      ?? CalendarDay(year: year + 1, month: 1, day: 1)
  }

  /// 0001-01-01, the first day that can be written.
  package static var earliest: CalendarDay { CalendarDay(knownYear: 1, month: 1, day: 1) }

  /// 9999-12-31, the last day that can be written.
  package static var latest: CalendarDay { CalendarDay(knownYear: 9999, month: 12, day: 31) }
}
