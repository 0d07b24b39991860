/// The part of a SELECT that an expression stands in: the advice differs.
enum Clause {
  case select
  case filter
  case groupBy
  case having
  case orderBy
  /// The condition of an aggregate's FILTER.
  case aggregateFilter
  /// What an aggregate is taken over.
  case argument
  /// LIMIT and OFFSET.
  case rows

  /// How PostgreSQL's messages call it.
  var words: String {
    switch self {
    case .select: "SELECT"
    case .filter: "WHERE"
    case .groupBy: "GROUP BY"
    case .having: "HAVING"
    case .orderBy: "ORDER BY"
    case .aggregateFilter: "FILTER"
    case .argument: "an aggregate"
    case .rows: "LIMIT"
    }
  }

  /// Whether expressions here are about released values and not about single records.
  var isAfterRelease: Bool {
    switch self {
    case .select, .having, .orderBy: true
    case .filter, .groupBy, .aggregateFilter, .argument, .rows: false
    }
  }
}
