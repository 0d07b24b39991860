/// What records are grouped by.
public enum GroupingExpression: Hashable, Sendable {
  /// A column's cells.
  case column(ColumnReference)
  /// `extract(part FROM column)` of a date.
  case datePart(DatePart, ColumnReference)
  /// `date_trunc('unit', column)` of a date: the first day of the unit.
  case truncated(DateUnit, ColumnReference)
  /// `CASE WHEN … THEN 'label' … ELSE 'label' END`; the first branch whose condition is TRUE decides,
  /// and without one `otherwise`, where nil is NULL. Labels are numbers, text or NULL.
  case conditional([GroupingBranch], otherwise: Literal?)
}

/// One WHEN … THEN … of a grouping expression.
public struct GroupingBranch: Hashable, Sendable {
  /// After WHEN.
  public var condition: Predicate
  /// After THEN.
  public var label: Literal

  /// A branch.
  public init(condition: Predicate, label: Literal) {
    self.condition = condition
    self.label = label
  }
}

/// A field of a date, as `extract` gives it.
public enum DatePart: String, CaseIterable, Hashable, Sendable {
  case year
  case quarter
  case month
  case day
}

/// A unit that `date_trunc` rounds down to.
public enum DateUnit: String, CaseIterable, Hashable, Sendable {
  case year
  case quarter
  case month
  case day
}
