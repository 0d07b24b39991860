/// A record that does not fit the schema: where it stands and why. It never carries a cell's text.
public struct RecordProblem: Error, Hashable, Sendable {
  /// What does not fit.
  public enum Reason: Hashable, Sendable {
    /// The row is not well-formed delimited text.
    case row(CSVProblem)
    /// The line is not JSON.
    case json(JSONProblem)
    /// The JSON is no object.
    case notAnObject
    /// The object says not what FHIR resource it is.
    case notAResource
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
  public var description: String { "\(source):\(line): \(reason)" }
}

extension RecordProblem.Reason: CustomStringConvertible {
  /// Column and problem, without the cell's text.
  public var description: String {
    switch self {
    case .row(let problem): "\(problem)"
    case .json(let problem): "\(problem)"
    case .notAnObject: "no JSON object; a record is written as {\"column\": value, …}"
    case .notAResource: "no FHIR resource: it has no resourceType"
    case .cell(let header, let problem): "column '\(header)': \(problem)"
    }
  }

  /// The description without where in the record: what problems of one kind have in common.
  var kind: String {
    if case .json(let problem) = self { return problem.kind }
    return description
  }
}
