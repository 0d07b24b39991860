import ClaimSchema

/// What the planner needs to know of an encrypted column in a condition.
package struct HiddenColumn: Hashable, Sendable {
  package let name: String
  /// The number of values of each digit; empty for a column that has a value but no index.
  package let sizes: [Int]
  package let isNullable: Bool

  package init(_ column: Column) {
    name = column.name
    sizes = column.uses.contains(.filter) ? column.digitLayout?.sizes ?? [] : []
    isNullable = column.isNullable
  }
}

/// The cells of one encrypted column that a condition admits: a literal of the planner's logic.
///
/// It is two-valued: a record is in the set or not, NULL included.
package struct ColumnSet: Hashable, Sendable {
  package let column: HiddenColumn
  package let values: DigitSet
  /// Never true for a column without NULL.
  package let includesNull: Bool

  package init(_ column: HiddenColumn, _ values: DigitSet, includesNull: Bool = false) {
    self.column = column
    self.values = values
    self.includesNull = includesNull && column.isNullable
  }

  package var isEmpty: Bool { values.isEmpty && !includesNull }

  package var isEverything: Bool { values == .all && (includesNull || !column.isNullable) }

  package var complement: ColumnSet {
    ColumnSet(column, values.complement(), includesNull: !includesNull)
  }

  /// The cells in both sets, which are of the same column.
  package func intersection(_ other: ColumnSet) -> ColumnSet {
    ColumnSet(
      column, values.intersection(other.values), includesNull: includesNull && other.includesNull)
  }

  /// The cells in either set, which are of the same column.
  package func union(_ other: ColumnSet) -> ColumnSet {
    ColumnSet(
      column, values.union(other.values), includesNull: includesNull || other.includesNull)
  }
}
