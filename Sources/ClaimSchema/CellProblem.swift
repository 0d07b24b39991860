/// Why a cell does not fit its column. It never carries the cell's text.
public enum CellProblem: Error, Hashable, Sendable {
  /// NULL in a column that is not nullable.
  case missing
  /// Not one of the category's declared values.
  case notDeclared
  /// Not a day in the column's format.
  case notADate(format: String)
  /// Not a whole number or amount.
  case notANumber
  /// A digit other than 0 after the scale's decimals.
  case tooManyDecimals(scale: Int)
  /// Outside the declared range.
  case outsideRange(String)
  /// A code of more characters than declared.
  case tooLong(limit: Int)
  /// A code with a character that its position's alphabet does not have; from 1.
  case characterNotInAlphabet(position: Int)
}

extension CellProblem: CustomStringConvertible {
  /// What is wrong with the cell, without its text.
  public var description: String {
    switch self {
    case .missing: "empty, but the column is not nullable"
    case .notDeclared: "not one of the declared values"
    case .notADate(let format): "not a date in the format \(format)"
    case .notANumber: "not a number (digits, at most one sign and one decimal point)"
    case .tooManyDecimals(let scale):
      scale == 0 ? "not a whole number" : "more than \(scale) decimals"
    case .outsideRange(let range): "outside the declared range \(range)"
    case .tooLong(let limit): "longer than \(limit) characters"
    case .characterNotInAlphabet(let position):
      "character \(position) is not in the declared alphabet"
    }
  }
}
