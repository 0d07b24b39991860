import ClaimSchema
import SecureMemory

/// What is to be computed for a query: a list of totals for every group, and how they become the
/// answer's cells. It follows from the query and the schema alone, so the custodian can make it again.
public struct Plan: Hashable, Sendable {
  /// The query as it was planned, in canonical text.
  public let canonicalText: String
  /// The query as it was planned.
  public let query: Query
  /// The grouping columns in the order of GROUP BY, each once.
  public let groupColumns: [GroupColumn]
  /// The hidden groups: the product of the hidden grouping columns' keys, in row order, without
  /// those that the WHERE clause excludes. One empty key when no grouping column is hidden.
  public let hiddenGroups: [HiddenGroup]
  /// What is totalled in every group, without repetition.
  public let totals: [TotalSpecification]
  /// The answer's cells, in the order of SELECT.
  public let cells: [CellSpecification]
  /// The index in `totals` of the group's record count: groups where it is 0 are not listed.
  public let recordCountTotal: Int
  /// The clear predicates that `ClearMask` refers to.
  public let clearPredicates: [Predicate]
  /// The WHERE clause for Paillier totals, which have no hidden filter; nil when all records count.
  public let paillierFilter: Predicate?
  /// The depth that the schema's parameters admit.
  public let depth: Int
  /// What the deepest and largest totals need.
  public let demand: PlanDemand
  /// The digest of everything that decides the answer's meaning: the query, the schema, groups,
  /// conditions, totals and cells. Equal plans have equal digests on every machine.
  public let digest: Digest

  /// How the lattice totals are written; nil when there is none.
  package let builder: TotalBuilder?
  /// What a lattice count of a column counts, beside its group's condition.
  package let countConditions: [String: Condition]
}

/// A column of GROUP BY.
public struct GroupColumn: Hashable, Sendable {
  /// The column of the schema.
  public let column: Column
  /// True when the server sees the keys.
  public var isClear: Bool { column.protection == .clear }

  package init(column: Column) {
    self.column = column
  }
}

/// One combination of the hidden grouping columns' keys.
public struct HiddenGroup: Hashable, Sendable {
  /// One key for each hidden grouping column, in the order of GROUP BY; nil is the NULL group.
  public let keys: [String?]
  /// When a record is in the group and the WHERE clause holds, by cases of the clear columns that
  /// exclude each other. Empty when no record can be, and when there is no lattice total.
  package let cases: [MaskedCondition]

  package init(keys: [String?], cases: [MaskedCondition]) {
    self.keys = keys
    self.cases = cases
  }
}

/// One total over the records of a group.
public enum TotalSpecification: Hashable, Sendable {
  /// Σ indicator: the records of the group.
  case latticeRecordCount
  /// Σ indicator where the column is not NULL; the column is encrypted or clear.
  case latticeCount(column: String)
  /// Σ indicator · value, from all limbs.
  case latticeSum(column: String)
  /// The records of the group, out of the packed Paillier records.
  case paillierRecordCount
  /// The records with a value in the Paillier column.
  case paillierCount(column: String)
  /// The sum of the Paillier column.
  case paillierSum(column: String)
  /// The Paillier record count over the records in which the clear column is not NULL: a product of
  /// its own. Only where the schema has no encrypted column.
  case paillierClearCount(column: String)

  /// True for the totals that are computed on BFV ciphertexts.
  public var isLattice: Bool {
    switch self {
    case .latticeRecordCount, .latticeCount, .latticeSum: true
    case .paillierRecordCount, .paillierCount, .paillierSum, .paillierClearCount: false
    }
  }
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

/// What a plan's lattice totals need of the parameters.
public struct PlanDemand: Hashable, Sendable {
  /// The depth of the deepest product, the summed value included.
  public internal(set) var depth = 0
  /// The factors of the longest product.
  public internal(set) var factors = 0
  /// Plaintext products on the path to a total: 1 when clear columns filter or group, else 0.
  public internal(set) var masks = 0
  /// The most products that one total adds up in each chunk.
  public internal(set) var products = 0
  /// The largest Σ |weight| of a sum of columns.
  public internal(set) var columnWeight: Int64 = 0
}
