/// A record that does not fit the schema: where it stands and why. It never carries a cell's text.
public struct RecordProblem: Error, Hashable, Sendable {
  /// What does not fit.
  public enum Reason: Hashable, Sendable {
    /// The row is not well-formed CSV.
    case row(CSVProblem)
    /// A cell does not fit its column.
    case cell(header: String, CellProblem)
  }

  /// The file's name as it was given.
  public let source: String
  /// The line on which the record starts, from 1.
  public let line: Int
  /// What does not fit.
  public let reason: Reason

  /// The header of the column; nil when the whole row is meant.
  public var column: String? {
    if case .cell(let header, _) = reason { return header }
    return nil
  }
}

extension RecordProblem: CustomStringConvertible {
  /// File, line, column and problem, without the cell's text.
  public var description: String {
    switch reason {
    case .row(let problem): "\(source):\(line): \(problem)"
    case .cell(let header, let problem): "\(source):\(line): column '\(header)': \(problem)"
    }
  }
}
