import ClaimSchema

/// One SELECT over a claim table, as written, before it meets a schema.
public struct Query: Hashable, Sendable {
  /// The output columns in order; at least one is an aggregate.
  public var select: [SelectItem]
  /// The table's name after FROM, lower case.
  public var table: String
  /// The condition after WHERE; nil when there is none.
  public var predicate: Predicate?
  /// Grouping columns, at most two.
  public var groupBy: [ColumnReference]
  /// The terms after ORDER BY, the first one deciding first.
  public var orderBy: [OrderTerm]

  /// A query of these parts; nothing is checked.
  public init(
    select: [SelectItem], table: String, predicate: Predicate?, groupBy: [ColumnReference],
    orderBy: [OrderTerm]
  ) {
    self.select = select
    self.table = table
    self.predicate = predicate
    self.groupBy = groupBy
    self.orderBy = orderBy
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
  public var value: SelectValue
  /// The output column's name: the alias, or what PostgreSQL would call it.
  public var label: String

  /// An output column with its label.
  public init(value: SelectValue, label: String) {
    self.value = value
    self.label = label
  }
}

/// What an output column shows.
public enum SelectValue: Hashable, Sendable {
  /// A grouping column.
  case column(ColumnReference)
  /// `count(*)`.
  case countRecords
  /// `sum(c)`, `avg(c)` or `count(c)`.
  case aggregate(AggregateFunction, ColumnReference)
}

/// One term of ORDER BY.
public struct OrderTerm: Hashable, Sendable {
  /// Index into `Query.select`, or a grouping column that is not selected.
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
  /// The grouping column of this name, which is not selected.
  case groupColumn(String)
}
