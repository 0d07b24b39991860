/// What an analyst gets: the released values of a query, one row for each group.
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
  /// A released value, NULL included.
  case value(ResultValue)
  /// Not released.
  case withheld

  /// The value as text; nil for NULL and for what is withheld.
  public var text: String? {
    if case .value(let value) = self { value.text() } else { nil }
  }
}
