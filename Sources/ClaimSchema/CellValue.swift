/// The value of one cell, as its column's type and protection read it.
public enum CellValue: Hashable, Sendable {
  case null
  /// A clear column's cell in canonical text: dates in ISO 8601, amounts with all decimals of the
  /// scale, whole numbers plain, codes upper case, text as it is.
  case text(String)
  /// The index of a declared value.
  case category(Int)
  /// A code, upper case, within the alphabets.
  case code(String)
  /// A day of the declared range.
  case date(CalendarDay)
  /// A whole number, or an amount in minor units, of the declared range.
  case number(Int64)
}
