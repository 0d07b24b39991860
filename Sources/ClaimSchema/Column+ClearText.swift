extension Column {
  /// Whether a table may hold this as a cell of the clear column: text in the form that reading gives
  /// it (`CellValue.text`), or nil for NULL.
  package func admits(clearText text: String?) -> Bool {
    guard let text else { return isNullable }
    switch type {
    case .text, .category(values: nil): return !text.isEmpty
    case .category(let values?):
      return values.contains { $0.utf8.elementsEqual(text.utf8) }
    case .code(let alphabets):
      guard !text.isEmpty, text.utf8.count <= alphabets.count else { return false }
      return zip(text.utf8, alphabets).allSatisfy { byte, alphabet in
        alphabet.contains { $0.asciiValue == byte }
      }
    case .date(let range):
      guard let day = CalendarDay(iso: text) else { return false }
      return range.contains(day) && day.description.utf8.elementsEqual(text.utf8)
    case .integer(let range, _): return Column.isCanonical(text, scale: 0, range)
    case .money(let scale, let range, _): return Column.isCanonical(text, scale: scale, range)
    }
  }

  private static func isCanonical(
    _ text: String, scale: Int, _ range: ClosedRange<Int64>
  ) -> Bool {
    guard let number = ExactDecimal(text.utf8, scale: scale), number.isExact else { return false }
    return range.contains(number.floor)
      && ExactDecimal.text(number.floor, scale: scale).utf8.elementsEqual(text.utf8)
  }
}
