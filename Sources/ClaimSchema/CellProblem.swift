/// Why a cell does not fit its column. It never carries the cell's text.
public enum CellProblem: Error, Hashable, Sendable {
  /// NULL in a column that is not nullable.
  case missing
  /// Not one of the category's declared values.
  case notDeclared
  /// Not a day in any of the column's formats.
  case notADate(formats: [String])
  /// Not a whole number.
  case notANumber
  /// Not an amount that is written with this decimal mark.
  case notAnAmount(DecimalMark)
  /// An amount in another currency than the ones before it.
  case otherCurrency
  /// A digit other than 0 after the scale's decimals.
  case tooManyDecimals(scale: Int)
  /// Outside the declared range.
  case outsideRange(String)
  /// A code of more characters than declared.
  case tooLong(limit: Int)
  /// A code with a character that its position's alphabet does not have; from 1.
  case characterNotInAlphabet(position: Int)
  /// Several different values where the column's FHIR path must give one.
  case severalValues
  /// The column's SQL expression gives no value; SQLite's reason without the record's contents.
  case notComputed(reason: String)
}

extension CellProblem: CustomStringConvertible {
  /// What is wrong with the cell, without its text.
  public var description: String {
    switch self {
    case .missing: "empty, but the column is not nullable"
    case .notDeclared: "not one of the declared values"
    case .notADate(let formats):
      "not a date in the format \(formats.joined(separator: " or "))"
    case .notANumber: "not a number (digits, at most one sign and one decimal point)"
    case .notAnAmount(let mark):
      "not an amount such as "
        + (mark == .point
          ? "-1234.50, $1,234.50 or (1,234.50)"
          : "-1234,50, 1.234,50 € or (1.234,50), with a comma before the decimals")
    case .otherCurrency: "an amount in another currency than those before it"
    case .tooManyDecimals(let scale):
      scale == 0 ? "not a whole number" : "more than \(scale) decimals"
    case .outsideRange(let range): "outside the declared range \(range)"
    case .tooLong(let limit): "longer than \(limit) characters"
    case .characterNotInAlphabet(let position):
      "character \(position) is not in the declared alphabet"
    case .severalValues:
      "several different values; give the schema a FHIR path that picks one, such as with first()"
    case .notComputed(let reason): "its SQL expression fails: \(reason)"
    }
  }
}
