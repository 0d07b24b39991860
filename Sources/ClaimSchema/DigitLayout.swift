/// How the values of an indexed column are written as digits. Each digit is stored one-hot, so the
/// column costs one ciphertext column for each value of each digit.
///
/// It follows from the column's declaration alone. Making one is cheap, but loops should keep it.
public struct DigitLayout: Hashable, Sendable {
  /// The number of values of each digit, the most significant digit first.
  public let sizes: [Int]
  let encoding: Encoding

  /// What the digits mean.
  enum Encoding: Hashable, Sendable {
    /// One digit: the index of the declared value.
    case category
    /// One digit for each position; 0 is the pad, so that shorter codes come first.
    case code([CodeAlphabet])
    /// Months since the first of the range, and the day of the month less 1.
    case date(ClosedRange<CalendarDay>)
    /// One digit: the number of cut points that are not above the value.
    case bands([Int64], range: ClosedRange<Int64>)
    /// The decimal digits of the distance to `base`, the first digit holding all that is left.
    case radix(base: Int64, range: ClosedRange<Int64>)
  }

  /// The ciphertext columns of all digits together.
  public var indicatorCount: Int { sizes.reduce(0, +) }

  /// The most indicator columns of one column; more would make every record cost more than a
  /// filter on it is worth.
  package static let indicatorLimit = 4096

  /// A number without bands is one digit up to this many values.
  private static let oneDigitSpan: UInt64 = 32

  /// The most values of the first digit of a longer number.
  private static let firstDigitSpan: Int64 = 64

  /// The layout of an encrypted column of this type; nil for text and undeclared categories.
  init?(_ type: ColumnType) {
    switch type {
    case .text, .category(values: nil): return nil
    case .category(let values?):
      encoding = .category
      sizes = [values.count]
    case .code(let alphabets):
      let positions = alphabets.map(CodeAlphabet.init)
      encoding = .code(positions)
      sizes = positions.map { $0.bytes.count + 1 }
    case .date(let range):
      encoding = .date(range)
      sizes = [range.upperBound.monthNumber - range.lowerBound.monthNumber + 1, 31]
    case .integer(let range, let cuts?), .money(_, let range, let cuts?):
      encoding = .bands(cuts, range: range)
      sizes = [cuts.count + 1]
    case .integer(let range, nil), .money(_, let range, nil):
      (encoding, sizes) = DigitLayout.radix(range)
    }
  }

  private static func radix(_ range: ClosedRange<Int64>) -> (Encoding, [Int]) {
    let span = range.upperBound.magnitudeAbove(range.lowerBound)
    if span < oneDigitSpan {
      return (.radix(base: range.lowerBound, range: range), [Int(span) + 1])
    }
    var power: Int64 = 1
    var lowDigits = 0
    var first: Int64
    repeat {
      power *= 10
      lowDigits += 1
      first = range.lowerBound.flooredQuotient(by: power)
    } while range.upperBound.flooredQuotient(by: power) - first >= firstDigitSpan
    let top = Int(range.upperBound.flooredQuotient(by: power) - first) + 1
    return (
      .radix(base: first * power, range: range),
      [top] + Array(repeating: 10, count: lowDigits)
    )
  }

  /// The digits of a value; nil for NULL, for a value of another type and for a value outside the
  /// column's declaration.
  public func digits(of value: CellValue) -> [Int]? {
    switch (encoding, value) {
    case (.category, .category(let index)):
      return index >= 0 && index < sizes[0] ? [index] : nil
    case (.code(let positions), .code(let code)):
      return DigitLayout.digits(ofCode: code, positions: positions)
    case (.date(let range), .date(let day)):
      guard range.contains(day) else { return nil }
      return DigitLayout.digits(of: day, in: range)
    case (.bands(let cuts, let range), .number(let number)):
      guard range.contains(number) else { return nil }
      return [cuts.firstIndex { $0 > number } ?? cuts.count]
    case (.radix(let base, let range), .number(let number)):
      guard range.contains(number) else { return nil }
      return digits(of: number, base: base)
    default: return nil
    }
  }

  /// The digits of a day, which come before or after all digits when it is outside the range.
  static func digits(of day: CalendarDay, in range: ClosedRange<CalendarDay>) -> [Int] {
    [day.monthNumber - range.lowerBound.monthNumber, day.day - 1]
  }

  /// The digits of a number of the range.
  func digits(of number: Int64, base: Int64) -> [Int] {
    var rest = number - base
    var digits: [Int] = []
    for size in sizes.dropFirst().reversed() {
      digits.append(Int(rest % Int64(size)))
      rest /= Int64(size)
    }
    digits.append(Int(rest))
    return digits.reversed()
  }

  private static func digits(ofCode code: String, positions: [CodeAlphabet]) -> [Int]? {
    var digits = Array(repeating: 0, count: positions.count)
    for (position, byte) in code.utf8.enumerated() {
      guard position < positions.count, let digit = positions[position].digit(of: byte) else {
        return nil
      }
      digits[position] = digit
    }
    return code.isEmpty ? nil : digits
  }
}

extension Column {
  /// The column's digits; nil when the column cannot be used in WHERE and GROUP BY through
  /// encrypted indicators.
  public var digitLayout: DigitLayout? {
    protection == .encrypted && uses.contains(.filter) ? DigitLayout(type) : nil
  }
}

extension Int64 {
  /// The quotient rounded toward negative infinity; `divisor` is positive.
  fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// `self - lower`, where `lower` is not above `self`.
  fileprivate func magnitudeAbove(_ lower: Int64) -> UInt64 {
    UInt64(bitPattern: self) &- UInt64(bitPattern: lower)
  }
}

extension Column {
  /// The days of an indexed date column whose months, given by their first days, are chosen; no day
  /// for another column.
  package func digitSet(months isChosen: (CalendarDay) -> Bool) -> DigitSet {
    guard case .date(let range)? = digitLayout?.encoding else { return .none }
    return .joining(
      (range.lowerBound.monthNumber...range.upperBound.monthNumber).map { number in
        let first = CalendarDay(year: number / 12, month: number % 12 + 1, day: 1)
        return first.map(isChosen) ?? false ? .all : .none
      })
  }

  /// The days of an indexed date column by their number in the month, from 1; no day for another
  /// column.
  package func digitSetOfMonthDays(_ isChosen: (Int) -> Bool) -> DigitSet {
    guard case .date? = digitLayout?.encoding, let months = digitLayout?.sizes.first else {
      return .none
    }
    let days = DigitSet.joining((1...31).map { isChosen($0) ? .all : .none })
    return .joining(Array(repeating: days, count: months))
  }
}
