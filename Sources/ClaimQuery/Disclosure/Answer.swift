/// What an analyst gets: the released totals of a query, one row for each group.
public struct Answer: Hashable, Sendable {
  /// The output columns' labels in the order of SELECT.
  public let columns: [String]
  /// The groups in order, each with one cell for every column.
  public let rows: [[AnswerCell]]
  /// The policy's minimum cohort: cells over 1 to `minimumCohort - 1` records are withheld.
  public let minimumCohort: Int

  package init(columns: [String], rows: [[AnswerCell]], minimumCohort: Int) {
    self.columns = columns
    self.rows = rows
    self.minimumCohort = minimumCohort
  }

  /// Where cells are withheld, row by row.
  public var withheld: [CellPosition] {
    var positions: [CellPosition] = []
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() where cell == .withheld {
        positions.append(CellPosition(row: row, column: column))
      }
    }
    return positions
  }
}

/// The place of a cell in an answer, both numbers from 0.
public struct CellPosition: Hashable, Sendable {
  /// The row's number.
  public let row: Int
  /// The column's number.
  public let column: Int

  /// A place by its row and column, both from 0.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// One cell of an answer.
public enum AnswerCell: Hashable, Sendable {
  /// The group's key in a grouping column; nil in the NULL group.
  case key(String?)
  /// A number of records.
  case count(Int64)
  /// A sum, in units of 10^-scale.
  case amount(minorUnits: Int64, scale: Int)
  /// A mean: `sum`, in units of 10^-scale, over `count` values, at least one.
  case average(sum: Int64, count: Int64, scale: Int)
  /// A sum or mean over no value.
  case null
  /// Not released.
  case withheld
}
