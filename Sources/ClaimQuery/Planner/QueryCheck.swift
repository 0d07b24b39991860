import ClaimSchema

/// What a query has to be whoever made it, beyond what its columns decide.
struct QueryCheck {
  private let query: Query

  init(_ query: Query) {
    self.query = query
  }

  /// Checks the parts that refer to each other, and the aggregates' arguments.
  func checkShape() throws(QueryError) {
    var hasAggregate = false
    for item in query.select { item.value.forEachAggregate { _ in hasAggregate = true } }
    guard hasAggregate else {
      throw .unsupported(
        construct: "a query without an aggregate", position: nil,
        instead: "Select count(*), or count, sum or avg of a column.")
    }
    guard query.groupBy.count <= Query.groupingLimit else {
      throw .unsupported(
        construct: "GROUP BY of \(query.groupBy.count) expressions", position: nil,
        instead: "Group by at most \(Query.groupingLimit).")
    }
    for case .output(let index) in query.orderBy.map(\.key)
    where !query.select.indices.contains(index) {
      throw .syntax(
        message: "ORDER BY position \(index.ordinal) is not in the select list", position: nil)
    }
    guard query.limit ?? 0 >= 0 else {
      throw .syntax(message: "LIMIT must not be negative", position: nil)
    }
    guard query.offset >= 0 else {
      throw .syntax(message: "OFFSET must not be negative", position: nil)
    }
    for aggregate in query.aggregates { try check(aggregate) }
  }

  /// Checks the types of everything that is calculated after decryption, and so before.
  func checkTypes(_ typing: ResultTyping) throws(QueryError) {
    for item in query.select { _ = try typing.type(of: item.value) }
    if let having = query.having { try typing.checkBoolean(having) }
    for case .expression(let expression) in query.orderBy.map(\.key) {
      _ = try typing.type(of: expression)
    }
  }

  private func check(_ aggregate: Aggregate) throws(QueryError) {
    let (function, count) = (aggregate.function, aggregate.arguments.count)
    let (range, takes): (ClosedRange<Int>, String) =
      switch function {
      case .count: (0...1, "at most 1 argument")
      case .covariancePopulation, .correlation: (2...2, "2 arguments")
      case .sum, .avg, .variancePopulation, .varianceSample, .deviationPopulation,
        .deviationSample:
        (1...1, "1 argument")
      }
    guard range.contains(count) else {
      throw .syntax(
        message: "\(function.rawValue) takes \(takes), not \(count)", position: aggregate.position)
    }
    guard aggregate.isDistinct else { return }
    guard function == .count else {
      throw .unsupported(
        construct: "\(function.rawValue)(DISTINCT …)", position: aggregate.position,
        instead: "Leave DISTINCT out, or mark the first record of each value in a prepared column"
          + " before encrypting.")
    }
    guard count == 1 else {
      throw .syntax(message: "DISTINCT needs an argument", position: aggregate.position)
    }
  }
}

extension Int {
  /// The number of the place with this index, counted from 1.
  var ordinal: String {
    let (number, overflow) = addingReportingOverflow(1)
    return overflow ? "\(self)" : "\(number)"
  }
}
