import Yams

extension ColumnParser {
  func type(
    _ name: TypeName, _ protection: Protection, _ uses: Set<ColumnUse>
  ) throws(SchemaError) -> ColumnType {
    switch name {
    case .text: return .text
    case .category: return .category(values: try values(protection))
    case .code: return .code(alphabets: try alphabets())
    case .date: return try date(protection)
    case .integer:
      let range = try numbers(scale: 0, protection)
      return .integer(range: range, bands: try bands(scale: 0, range, uses))
    case .money:
      let scale = try section.integer("scale", in: 0...9) ?? 2
      let range = try numbers(scale: scale, protection)
      return .money(scale: scale, range: range, bands: try bands(scale: scale, range, uses))
    }
  }

  private func values(_ protection: Protection) throws(SchemaError) -> [String]? {
    let expected =
      "a list of 1 to \(DigitLayout.indicatorLimit) different texts without spaces at "
      + "the ends"
    guard let values = try section.texts("values", expected: expected) else {
      if protection == .clear { return nil }
      throw .missingKey(
        place, key: "values", section: section.title,
        remedy: "an encrypted category needs its values: 'values: [\"1\", \"2\"]'")
    }
    guard (1...DigitLayout.indicatorLimit).contains(values.count),
      Set(values).count == values.count,
      values.allSatisfy({ !$0.isEmpty && $0.utf8.elementsEqual(CellText.trimmed($0)) })
    else { throw section.invalid("values", expected: expected) }
    return values.map { CellText.composed(Array($0.utf8)[...]) }
  }

  private func date(_ protection: Protection) throws(SchemaError) -> ColumnType {
    let form = "[first, last], such as [2007-01-01, 2010-12-31]"
    guard let ends = try section.texts("range", expected: form) else {
      if protection == .clear {
        return .date(range: .everyDay)
      }
      throw .missingKey(
        place, key: "range", section: section.title, remedy: "add 'range: \(form)'")
    }
    guard ends.count == 2, let first = CalendarDay(iso: ends[0]),
      let last = CalendarDay(iso: ends[1])
    else { throw section.invalid("range", expected: form) }
    guard first <= last else {
      throw contradiction("range", "the range ends before it begins", "exchange its ends")
    }
    return .date(range: first...last)
  }

  private func numbers(
    scale: Int, _ protection: Protection
  ) throws(SchemaError) -> ClosedRange<Int64> {
    let form =
      "[least, greatest], of magnitude at most 10^18 in units of the last decimal, "
      + (scale == 0 ? "whole numbers" : "with at most \(scale) decimals")
    guard let ends = try section.texts("range", expected: form) else {
      if protection == .clear { return ColumnType.everyNumber }
      throw .missingKey(
        place, key: "range", section: section.title, remedy: "add 'range: \(form)'")
    }
    guard ends.count == 2, let least = number(ends[0], scale: scale),
      let greatest = number(ends[1], scale: scale)
    else { throw section.invalid("range", expected: form) }
    guard least <= greatest else {
      throw contradiction("range", "the range ends before it begins", "exchange its ends")
    }
    return least...greatest
  }

  private func bands(
    scale: Int, _ range: ClosedRange<Int64>, _ uses: Set<ColumnUse>
  ) throws(SchemaError) -> [Int64]? {
    let form = "a list of ascending cut points with at most \(scale) decimals"
    guard let texts = try section.texts("bands", expected: form) else { return nil }
    guard uses.contains(.filter) else {
      throw contradiction(
        "bands", "bands serve only encrypted columns with use: [filter]",
        "add filter to 'use' or delete 'bands'")
    }
    var cuts: [Int64] = []
    for text in texts {
      guard let cut = number(text, scale: scale), cuts.last.map({ $0 < cut }) ?? true else {
        throw section.invalid("bands", expected: form)
      }
      cuts.append(cut)
    }
    guard cuts.allSatisfy(range.contains) else {
      throw contradiction("bands", "a cut point lies outside the range", "delete or move it")
    }
    // The range's own beginning cuts nothing off.
    cuts.removeAll { $0 == range.lowerBound }
    guard !cuts.isEmpty, cuts.count < DigitLayout.indicatorLimit else {
      throw contradiction(
        "bands", "there must be 1 to \(DigitLayout.indicatorLimit - 1) cut points inside the range",
        "add or remove some, or delete 'bands'")
    }
    return cuts
  }

  private func number(_ text: String, scale: Int) -> Int64? {
    guard let number = ExactDecimal(text.utf8, scale: scale), number.isExact,
      ColumnType.everyNumber.contains(number.floor)
    else { return nil }
    return number.floor
  }
}

extension ColumnType {
  /// What a number may be at most; a clear column without a range takes all of it.
  package static let everyNumber: ClosedRange<Int64> =
    -1_000_000_000_000_000_000...1_000_000_000_000_000_000

  /// The range of an integer or money column, in minor units.
  package var numberRange: ClosedRange<Int64>? {
    switch self {
    case .integer(let range, _), .money(_, let range, _): range
    case .text, .category, .code, .date: nil
    }
  }
}

extension ClosedRange<CalendarDay> {
  /// What a clear date without a range may be.
  package static var everyDay: ClosedRange<CalendarDay> {
    CalendarDay.earliest...CalendarDay.latest
  }
}
