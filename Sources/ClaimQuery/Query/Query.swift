import ClaimSchema

/// One SELECT over a claim table, as written, before it meets a schema.
public struct Query: Hashable, Sendable {
  public var select: [SelectItem]
  /// The table's name after FROM, lower case.
  public var table: String
  public var predicate: Predicate?
  /// Grouping columns, at most two.
  public var groupBy: [ColumnReference]
  public var orderBy: [OrderTerm]

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
  public var name: String
  /// Offset in the query text, in characters from 0. It takes no part in equality.
  public var position: Int

  public init(name: String, position: Int) {
    self.name = name
    self.position = position
  }

  public static func == (a: Self, b: Self) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// One output column.
public struct SelectItem: Hashable, Sendable {
  public var value: SelectValue
  /// The output column's name: the alias, or what PostgreSQL would call it.
  public var label: String

  public init(value: SelectValue, label: String) {
    self.value = value
    self.label = label
  }
}

public enum SelectValue: Hashable, Sendable {
  /// A grouping column.
  case column(ColumnReference)
  case countRecords
  /// `sum(c)`, `avg(c)` or `count(c)`.
  case aggregate(AggregateFunction, ColumnReference)
}

/// One term of ORDER BY.
public struct OrderTerm: Hashable, Sendable {
  /// Index into `Query.select`, or a grouping column that is not selected.
  public var key: OrderKey
  public var isDescending: Bool
  /// PostgreSQL's default: NULLs last when ascending, first when descending.
  public var nullsFirst: Bool

  public init(key: OrderKey, isDescending: Bool, nullsFirst: Bool) {
    self.key = key
    self.isDescending = isDescending
    self.nullsFirst = nullsFirst
  }
}

public enum OrderKey: Hashable, Sendable {
  case output(Int)
  case groupColumn(String)
}
