/// The SQL type of a released value.
///
/// A query is typed before its values are there: NULL carries no type, and `coalesce(NULL, 7) / 2` is
/// 3 or 3.5 depending on the type of that NULL.
package enum ResultType: Hashable, Sendable, CaseIterable {
  case boolean
  /// Whole numbers, calculated in the 64 bits of SQL's `bigint`.
  case integer
  case numeric
  case double
  case text
  case date

  /// The name in SQL.
  package var name: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "bigint"
    case .numeric: "numeric"
    case .double: "double precision"
    case .text: "text"
    case .date: "date"
    }
  }

  /// True for the types that calculate.
  package var isNumber: Bool {
    switch self {
    case .integer, .numeric, .double: true
    case .boolean, .text, .date: false
    }
  }

  /// The type that all alternatives of one value take, as in CASE, `coalesce` and `greatest`: of
  /// numbers the widest of `bigint`, `numeric`, `double precision`. Nil when all of them are nil,
  /// which stands for NULL without a type.
  ///
  /// - Parameter construct: the name that an error calls the construct by.
  /// - Throws: ``ResultError/unmatchedTypes(construct:types:)``.
  package static func common(
    of types: [ResultType?], in construct: String
  ) throws(ResultError) -> ResultType? {
    var result: ResultType?
    for type in types.compactMap({ $0 }) {
      guard let widest = result.map({ $0.widened(with: type) }) ?? type else {
        throw .unmatchedTypes(construct: construct, types: types)
      }
      result = widest
    }
    return result
  }

  /// The type of both; nil when there is none.
  func widened(with other: ResultType) -> ResultType? {
    if self == other { return self }
    guard isNumber, other.isNumber else { return nil }
    return self == .double || other == .double ? .double : .numeric
  }
}
