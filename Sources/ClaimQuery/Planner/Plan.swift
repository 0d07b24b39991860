import ClaimSchema

/// What is to be computed for a query: a list of totals for every group, and how they become the
/// answer's cells. It follows from the query and the schema alone, so the custodian can make it again.
public struct Plan: Hashable, Sendable {
  /// The query as it was planned, in canonical text.
  public var canonicalText: String
  public var query: Query
  /// The grouping columns in the order of GROUP BY.
  public var groupColumns: [GroupColumn]
  /// The hidden groups: the product of the hidden grouping columns' keys, in row order, each with
  /// its indicator. One empty key when no grouping column is hidden.
  public var hiddenGroups: [HiddenGroup]
  /// What is totalled in every group, without repetition.
  public var totals: [TotalSpecification]
  /// The answer's cells, in the order of SELECT.
  public var cells: [CellSpecification]
  /// The index in `totals` of the group's record count: groups where it is 0 are not listed.
  public var recordCountTotal: Int
  /// The clear predicates that `IndicatorExpression.mask` refers to.
  public var clearPredicates: [Predicate]
  /// The WHERE clause's clear part for Paillier totals: they have no hidden filter.
  public var paillierFilter: Predicate?
}

/// A column of GROUP BY.
public struct GroupColumn: Hashable, Sendable {
  public var column: Column
  /// True when the server sees the keys.
  public var isClear: Bool
}

/// One combination of the hidden grouping columns' keys.
public struct HiddenGroup: Hashable, Sendable {
  /// One key for each hidden grouping column, in the order of GROUP BY; nil is the NULL group.
  public var keys: [String?]
  /// 1 where the record is in the group and the WHERE clause holds, as a product of factors; nil
  /// when every total of the plan is a Paillier total.
  public var indicator: IndicatorExpression?
}

/// One total over the records of a group.
public enum TotalSpecification: Hashable, Sendable {
  /// Σ indicator: the records of the group.
  case latticeRecordCount
  /// Σ indicator · present: the records with a value in the column.
  case latticeCount(column: String)
  /// Σ indicator · value, from all limbs.
  case latticeSum(column: String)
  /// The same three out of the packed Paillier records.
  case paillierRecordCount
  case paillierCount(column: String)
  case paillierSum(column: String)
}

/// How one output column follows from the group's totals.
public enum CellSpecification: Hashable, Sendable {
  /// The key of this grouping column (index into `Plan.groupColumns`).
  case groupKey(Int)
  /// A count: `total` is its own contributor count.
  case count(total: Int)
  /// A sum with the total that counts its contributors; `scale` decimals.
  case sum(total: Int, contributors: Int, scale: Int)
  /// A mean: sum over contributors.
  case average(total: Int, contributors: Int, scale: Int)
}
