/// Why a query cannot be answered. Positions are offsets in the query text, in characters from 0.
public enum QueryError: Error, Hashable, Sendable {
  /// The text is not PostgreSQL.
  case syntax(message: String, position: Int?)
  /// Valid SQL that cannot be evaluated on ciphertexts here, and what could be written instead.
  case unsupported(construct: String, position: Int?, instead: String)
  /// No such table under this key.
  case unknownTable(name: String, expected: String)
  /// No such column, or one that is dropped.
  case unknownColumn(name: String, position: Int, known: [String])
  /// The column's protection or declared uses do not admit this.
  case columnUse(column: String, position: Int, problem: String, remedy: String)
  /// A constant that the column's type cannot hold.
  case literal(column: String, position: Int, expected: String)
  /// A comparison of a banded column between its cut points, with the nearest ones.
  case notACutPoint(column: String, position: Int, nearest: [String])
  /// More factors than the parameters hold.
  case tooDeep(factors: Int, depth: Int)
  /// More terms, groups or noise than the parameters hold.
  case tooLarge(what: String, count: Int, limit: Int, remedy: String)
  /// What PostgreSQL refuses to calculate of the released values, such as a division by zero.
  case evaluation(String)
  /// The policy sealed in the secret key does not admit this.
  case refusedByPolicy(String)
}
