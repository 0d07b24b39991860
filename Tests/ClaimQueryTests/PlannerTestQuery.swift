import ClaimQuery
import ClaimSchema

/// Short forms of queries, positions counted on purpose where a test looks at them.
enum PlannerQuery {
  static func reference(_ name: String, at position: Int = 0) -> ColumnReference {
    ColumnReference(name: name, position: position)
  }

  static func text(_ text: String, at position: Int = 0) -> Literal {
    Literal(value: .string(text), position: position)
  }

  static func number(_ text: String, at position: Int = 0) -> Literal {
    Literal(value: .number(text), position: position)
  }

  static let null = Literal(value: .null, position: 0)

  static func equals(_ column: String, _ text: String) -> Predicate {
    .comparison(reference(column), .equal, self.text(text))
  }

  static func column(_ name: String, at position: Int = 0) -> ValueExpression {
    .column(reference(name, at: position))
  }

  /// A number as a value.
  static func constant(_ text: String) -> ValueExpression { .literal(number(text)) }

  /// `CASE WHEN predicate THEN value ELSE otherwise END`.
  static func when(
    _ predicate: Predicate, _ value: ValueExpression, otherwise: ValueExpression? = nil
  ) -> ValueExpression {
    .conditional([ValueBranch(condition: predicate, value: value)], otherwise: otherwise)
  }

  static func aggregate(
    _ function: AggregateFunction, _ column: String, at position: Int = 0
  ) -> Aggregate {
    Aggregate(function, of: [self.column(column, at: position)], position: position)
  }

  static func make(
    _ aggregates: [Aggregate] = [.countRecords], where predicate: Predicate? = nil,
    by keys: [String] = []
  ) -> Query {
    make(aggregates, where: predicate, by: keys.map { .column(reference($0)) })
  }

  static func make(
    _ aggregates: [Aggregate] = [.countRecords], where predicate: Predicate? = nil,
    by grouping: [GroupingExpression]
  ) -> Query {
    let keys = grouping.indices.map { ResultExpression.key($0) }
    return make(
      select: keys + aggregates.map { .aggregate($0) }, where: predicate, by: grouping)
  }

  static func make(
    select: [ResultExpression], where predicate: Predicate? = nil,
    by grouping: [GroupingExpression] = []
  ) -> Query {
    Query(
      select: select.enumerated().map { SelectItem(value: $0.element, label: "c\($0.offset)") },
      table: "claims", predicate: predicate, groupBy: grouping)
  }
}

/// How a query over the fixture's schema is refused.
extension PlannerQuery {
  static func refusal(_ query: Query, depth: Int = 3) throws -> QueryError? {
    let planner = Planner(schema: try PlannerFixture.schema(depth: depth))
    switch Result(catching: { () throws(QueryError) in try planner.plan(query) }) {
    case .success: return nil
    case .failure(let error): return error
    }
  }

  /// The place and remedy of a misused column.
  static func misuse(_ error: QueryError?) -> (column: String, position: Int, remedy: String)? {
    guard case .columnUse(let column, let position, _, let remedy)? = error else { return nil }
    return (column, position, remedy)
  }
}
