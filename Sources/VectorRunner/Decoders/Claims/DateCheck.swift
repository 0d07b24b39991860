import ClaimSchema

/// Patterns of dates, and dates: the first line is the pattern.
struct DateCheck: DecoderCheck {
  static let name = "claims.date"
  static let refusals: [any Error.Type] = []
  static let byteLimit = 128

  func seeds() -> [[UInt8]] {
    [
      "yyyyMMdd\n20081224", "d.M.yyyy\n4.7.1950", "ddMMMyyyy\n04JUL1950:10:00:00.5",
      "M/d/yyyy\n7/4/1950 9:05 PM", "yyyy-MM-dd\n2008-12-24T10:00:00+02:00",
    ].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    let (first, rest) = input.firstLine
    guard let pattern = DatePattern(first.text),
      let day = CalendarDay(rest[...], pattern: pattern)
    else { return }
    try DecoderDefect.unless(
      CalendarDay(iso: day.description) == day, "written again it is another day")
    if let next = day.next {
      try DecoderDefect.unless(day < next, "the next day is not later")
    }
  }
}
