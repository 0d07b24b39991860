import ClaimSchema

/// A constant compared with a clear column, read once according to the column's type.
package enum ClearConstant: Hashable, Sendable {
  /// Compared byte by byte; also a date as ISO 8601, whose text has the order of the days.
  case text([UInt8])
  /// A number in units of the column's scale: the largest whole unit not above it, and whether it
  /// is that exactly.
  case number(floor: Int64, isExact: Bool, scale: Int)

  /// Checks the constant, which is not NULL.
  package init(_ literal: Literal, column: Column) throws(QueryError) {
    let problem = QueryError.literal(
      column: column.name, position: literal.position, expected: column.expectedConstant)
    switch (literal.value, column.type) {
    case (.string(let text), .text), (.string(let text), .category), (.string(let text), .code):
      self = .text(Array(text.utf8))
    case (.string(let text), .date):
      guard let day = CalendarDay(iso: text) else { throw problem }
      self = .text(Array(day.description.utf8))
    case (.string(let text), .integer), (.number(let text), .integer):
      self = try ClearConstant.number(text, scale: 0, problem)
    case (.string(let text), .money(let scale, _, _)),
      (.number(let text), .money(let scale, _, _)):
      self = try ClearConstant.number(text, scale: scale, problem)
    default: throw problem
    }
  }

  private static func number(
    _ text: String, scale: Int, _ problem: QueryError
  ) throws(QueryError) -> ClearConstant {
    guard let value = ExactDecimal(literal: text, scale: scale) else { throw problem }
    return .number(floor: value.floor, isExact: value.isExact, scale: scale)
  }

  /// The constant in canonical text, so that constants with the same meaning are equal. Between two
  /// units all constants mean the same; the middle stands for them.
  package var literal: Literal {
    switch self {
    case .text(let bytes):
      return Literal(value: .string(String(decoding: bytes, as: UTF8.self)), position: 0)
    case .number(let floor, let isExact, let scale):
      let text = ExactDecimal.text(floor, scale: scale)
      if isExact { return Literal(value: .number(text), position: 0) }
      let (tenfold, overflow) = floor.multipliedReportingOverflow(by: 10)
      guard !overflow else { return Literal(value: .number(text), position: 0) }
      return Literal(
        value: .number(ExactDecimal.text(tenfold + 5, scale: scale + 1)), position: 0)
    }
  }

  /// How a cell in canonical text compares with the constant: -1, 0 or 1; nil for a cell that the
  /// column's type cannot hold.
  package func order(ofCell cell: String) -> Int? {
    switch self {
    case .text(let bytes):
      if cell.utf8.elementsEqual(bytes) { return 0 }
      return cell.utf8.lexicographicallyPrecedes(bytes) ? -1 : 1
    case .number(let floor, let isExact, let scale):
      guard let value = ExactDecimal(cell.utf8, scale: scale), value.isExact else { return nil }
      if value.floor != floor { return value.floor < floor ? -1 : 1 }
      return isExact ? 0 : -1
    }
  }
}
