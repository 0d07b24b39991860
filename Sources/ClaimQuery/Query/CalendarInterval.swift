import ClaimSchema

/// A span of whole months and days, as `INTERVAL '1 month'` writes it.
struct CalendarInterval: Equatable {
  var months = 0
  var days = 0

  /// No span between two dates that can be written is longer, in days.
  private static let limit = 4_000_000

  /// PostgreSQL's bits for YEAR, MONTH and DAY after the text.
  private static let unitsOfFields = [4: "year", 2: "month", 8: "day"]

  init(months: Int = 0, days: Int = 0) {
    self.months = months
    self.days = days
  }

  /// Reads `1 year 2 months`, or `30` with the field that stands after it; nil for anything else,
  /// times of the day among it.
  init?(_ text: String, fields: Int?) {
    var words = text.lowercased().split { $0.isWhitespace }.map(String.init)
    if let fields {
      guard words.count == 1, let unit = CalendarInterval.unitsOfFields[fields] else { return nil }
      words.append(unit)
    }
    guard !words.isEmpty, words.count.isMultiple(of: 2), words.count <= 16 else { return nil }
    for index in stride(from: 0, to: words.count, by: 2) {
      let range = -CalendarInterval.limit...CalendarInterval.limit
      guard let count = Int(words[index]), range.contains(count) else { return nil }
      switch words[index + 1] {
      case "year", "years", "y": months += 12 * count
      case "mon", "mons", "month", "months": months += count
      case "week", "weeks", "w": days += 7 * count
      case "day", "days", "d": days += count
      default: return nil
      }
    }
  }

  /// The span backwards.
  var negated: CalendarInterval { CalendarInterval(months: -months, days: -days) }
}

extension CalendarDay {
  /// The day after a span, by PostgreSQL's rule: months first, where a day that the month lacks
  /// becomes its last, then days. Nil outside the years 1 to 9999.
  func adding(_ interval: CalendarInterval) -> CalendarDay? {
    let month = monthNumber + interval.months
    guard month >= 0 else { return nil }
    let (targetYear, targetMonth) = (month / 12, month % 12 + 1)
    let length = CalendarDay.daysIn(month: targetMonth, year: targetYear)
    let moved = CalendarDay(year: targetYear, month: targetMonth, day: min(day, length))
    return moved.flatMap { CalendarDay(number: $0.number + interval.days) }
  }

  /// Days since 0001-01-01.
  private var number: Int {
    let months = (1..<month).map { CalendarDay.daysIn(month: $0, year: year) }
    return CalendarDay.daysBefore(year) + months.reduce(0, +) + day - 1
  }

  private init?(number: Int) {
    guard number >= 0, number < CalendarDay.daysBefore(10_000) else { return nil }
    // No year has more days, so this is the year or a few before it.
    var year = number / 366 + 1
    while CalendarDay.daysBefore(year + 1) <= number { year += 1 }
    var rest = number - CalendarDay.daysBefore(year)
    var month = 1
    while rest >= CalendarDay.daysIn(month: month, year: year) {
      rest -= CalendarDay.daysIn(month: month, year: year)
      month += 1
    }
    self.init(year: year, month: month, day: rest + 1)
  }

  /// Days of the years before `year`, which is at least 1.
  private static func daysBefore(_ year: Int) -> Int {
    let past = year - 1
    return 365 * past + past / 4 - past / 100 + past / 400
  }
}

extension DateUnit {
  /// The first day of the unit that holds `day`, and its last.
  func bounds(of day: CalendarDay) -> (first: CalendarDay, last: CalendarDay) {
    let months: ClosedRange<Int>
    switch self {
    case .day: return (day, day)
    case .month: months = day.month...day.month
    case .quarter:
      let first = (day.month - 1) / 3 * 3 + 1
      months = first...(first + 2)
    case .year: months = 1...12
    }
    let length = CalendarDay.daysIn(month: months.upperBound, year: day.year)
    let first = CalendarDay(year: day.year, month: months.lowerBound, day: 1)
    let last = CalendarDay(year: day.year, month: months.upperBound, day: length)
    return (first ?? day, last ?? day)
  }
}
