import ClaimSchema

/// One SELECT over a claim table, as written, before it meets a schema.
public struct Query: Hashable, Sendable {
  /// The output columns in order; at least one holds an aggregate.
  public var select: [SelectItem]
  /// The table's name after FROM, lower case.
  public var table: String
  /// The condition after WHERE; nil when there is none.
  public var predicate: Predicate?
  /// What records are grouped by, each once, at most `groupingLimit`.
  public var groupBy: [GroupingExpression]
  /// The condition after HAVING, on released values; nil when there is none.
  public var having: ResultExpression?
  /// The terms after ORDER BY, the first one deciding first.
  public var orderBy: [OrderTerm]
  /// The most rows that are shown; nil when there is no LIMIT.
  public var limit: Int?
  /// The rows that are left out before the first one shown.
  public var offset: Int

  /// The most grouping expressions.
  public static let groupingLimit = 3

  /// A query of these parts; nothing is checked.
  public init(
    select: [SelectItem], table: String, predicate: Predicate? = nil,
    groupBy: [GroupingExpression] = [], having: ResultExpression? = nil,
    orderBy: [OrderTerm] = [], limit: Int? = nil, offset: Int = 0
  ) {
    self.select = select
    self.table = table
    self.predicate = predicate
    self.groupBy = groupBy
    self.having = having
    self.orderBy = orderBy
    self.limit = limit
    self.offset = offset
  }
}

/// A column's name and where it stands in the text.
public struct ColumnReference: Hashable, Sendable {
  /// The column's name in the schema, lower case unless it was quoted.
  public var name: String
  /// Offset in the query text, in characters from 0. It takes no part in equality.
  public var position: Int

  /// A reference to a column at a place in the text.
  public init(name: String, position: Int) {
    self.name = name
    self.position = position
  }

  /// Equal when the names are.
  public static func == (a: Self, b: Self) -> Bool { a.name == b.name }
  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// One output column.
public struct SelectItem: Hashable, Sendable {
  /// What it shows.
  public var value: ResultExpression
  /// The output column's name: the alias, or what PostgreSQL would call it.
  public var label: String

  /// An output column with its label.
  public init(value: ResultExpression, label: String) {
    self.value = value
    self.label = label
  }
}

/// One term of ORDER BY.
public struct OrderTerm: Hashable, Sendable {
  /// What the term compares.
  public var key: OrderKey
  /// True for DESC.
  public var isDescending: Bool
  /// PostgreSQL's default: NULLs last when ascending, first when descending.
  public var nullsFirst: Bool

  /// A term of ORDER BY.
  public init(key: OrderKey, isDescending: Bool, nullsFirst: Bool) {
    self.key = key
    self.isDescending = isDescending
    self.nullsFirst = nullsFirst
  }
}

/// What a term of ORDER BY compares.
public enum OrderKey: Hashable, Sendable {
  /// The output column with this index in `Query.select`.
  case output(Int)
  /// Something else over grouping expressions and aggregates.
  case expression(ResultExpression)
}
