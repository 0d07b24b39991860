import ClaimSchema

extension CalendarDay {
  /// What `extract` gives of the day.
  package func value(of part: DatePart) -> Int {
    switch part {
    case .year: year
    case .quarter: (month - 1) / 3 + 1
    case .month: month
    case .day: day
    }
  }

  /// The first day of the unit that the day is in, as `date_trunc` gives it.
  package func truncated(to unit: DateUnit) -> CalendarDay {
    switch unit {
    case .day: self
    case .month: first(ofMonth: month)
    case .quarter: first(ofMonth: (month - 1) / 3 * 3 + 1)
    case .year: first(ofMonth: 1)
    }
  }

  private func first(ofMonth month: Int) -> CalendarDay {
    CalendarDay(year: year, month: month, day: 1) ?? self
  }
}

extension Column {
  /// The days of an indexed date column by the part's value: no day for another column.
  package func digitSet(of part: DatePart, where holds: (Int) -> Bool) -> DigitSet {
    switch part {
    case .day: digitSetOfMonthDays(holds)
    case .year, .quarter, .month: digitSet(months: { holds($0.value(of: part)) })
    }
  }
}

/// A number that a part of a date is compared with: the whole number not above it, and whether it is
/// that.
struct PartConstant: Hashable {
  private let floor: Int64
  private let isExact: Bool

  init?(_ text: String) {
    guard let value = ExactDecimal(literal: text, scale: 0) else { return nil }
    (floor, isExact) = (value.floor, value.isExact)
  }

  /// -1, 0 or 1 for a part before, equal to or after the number.
  func order(of part: Int) -> Int {
    let part = Int64(part)
    if part != floor { return part < floor ? -1 : 1 }
    return isExact ? 0 : -1
  }

  /// The number in canonical text; between two whole numbers all mean the same.
  var literal: Literal {
    let (tenfold, overflow) = floor.multipliedReportingOverflow(by: 10)
    let text = isExact || overflow ? String(floor) : ExactDecimal.text(tenfold + 5, scale: 1)
    return Literal(value: .number(text), position: 0)
  }
}
