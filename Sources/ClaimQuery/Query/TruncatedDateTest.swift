import ClaimSchema

/// `date_trunc(unit, column)` compared with a constant, as a condition on the column itself.
///
/// The truncated date is the first day of a unit, so against a constant within a unit it stands as
/// against the unit's first day, except that it never equals it.
struct TruncatedDateTest {
  let column: ColumnReference
  /// The first day of the unit that holds the constant, and its last.
  private let first: Literal
  private let last: Literal
  /// Whether the constant is the first day.
  private let isFirst: Bool

  init(_ unit: DateUnit, of column: ColumnReference, against day: CalendarDay, position: Int) {
    let bounds = unit.bounds(of: day)
    self.column = column
    first = Literal(value: .string(bounds.first.description), position: position)
    last = Literal(value: .string(bounds.last.description), position: position)
    isFirst = bounds.first == day
  }

  /// The condition; it is NULL where the column is.
  func condition(_ comparison: Comparison) -> Predicate {
    switch comparison {
    // No unit starts within one: bounds in the wrong order hold no day.
    case .equal: isFirst ? .between(column, first, last) : .between(column, last, first)
    case .notEqual: .not(condition(.equal))
    case .less where isFirst: .comparison(column, .less, first)
    case .less, .lessOrEqual: .comparison(column, .lessOrEqual, last)
    case .greaterOrEqual where isFirst: .comparison(column, .greaterOrEqual, first)
    case .greater, .greaterOrEqual: .comparison(column, .greater, last)
    }
  }
}

extension PredicateTranslator {
  /// The value of a record compared with a constant.
  func test(
    _ value: TestedValue, _ comparison: Comparison, _ constant: Literal
  ) throws(QueryError) -> Predicate {
    switch value {
    case .column(let column):
      return .comparison(column, comparison, constant)
    case .part(let part, let column):
      return .datePart(part, column, comparison, try number(constant))
    // Dates have no time, so the first day of a day is the day.
    case .truncated(.day, let column):
      return .comparison(column, comparison, constant)
    case .truncated(let unit, let column):
      switch constant.value {
      case .null: return .comparison(column, comparison, constant)
      case .string(let text):
        let day = try scope.day(text, at: constant.position)
        return TruncatedDateTest(unit, of: column, against: day, position: constant.position)
          .condition(comparison)
      case .number, .boolean:
        throw .syntax(
          message: "date_trunc gives a date, and this constant is none", position: constant.position
        )
      }
    }
  }

  /// A constant that a part of a date is compared with; quoted numbers are read as PostgreSQL does.
  private func number(_ constant: Literal) throws(QueryError) -> Literal {
    switch constant.value {
    case .number, .null: return constant
    case .string(let text):
      if let digits = DecimalConstant(text)?.text {
        return Literal(value: .number(digits), position: constant.position)
      }
    case .boolean: break
    }
    throw .syntax(
      message: "a part of a date is a number, and this constant is none",
      position: constant.position)
  }
}
