extension CalendarDay {
  /// The day that ISO 8601 writes as `2009-04-12` or `20090412`; nil for anything else.
  package init?(iso text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let pattern = bytes.count == 8 ? DatePattern.basic : DatePattern.extended
    self.init(bytes[...], pattern: pattern)
  }

  /// The day that `bytes` write in the given pattern; nil when they do not, or no such day exists.
  package init?(_ bytes: ArraySlice<UInt8>, pattern: DatePattern) {
    guard bytes.count == pattern.symbols.count else { return nil }
    var year = 0
    var month = 0
    var day = 0
    for (byte, symbol) in zip(bytes, pattern.symbols) {
      if case .separator(let expected) = symbol {
        guard byte == expected else { return nil }
        continue
      }
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let digit = Int(byte - 0x30)
      switch symbol {
      case .year: year = year * 10 + digit
      case .month: month = month * 10 + digit
      case .day: day = day * 10 + digit
      case .separator: continue
      }
    }
    self.init(year: year, month: month, day: day)
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
