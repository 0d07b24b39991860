import ClaimSchema
import SecureMemory

/// What is to be computed for a query: a list of totals for every group, and how they become the
/// query's aggregates. It follows from the query and the schema alone, so the custodian can make it
/// again.
public struct Plan: Hashable, Sendable {
  /// The query as it was planned, in canonical text.
  public let canonicalText: String
  /// The query as it was planned.
  public let query: Query
  /// The grouping expressions in the order of GROUP BY.
  public let groupColumns: [GroupColumn]
  /// The hidden groups: the product of the listed keys, in row order, without those that the WHERE
  /// clause excludes. One empty key when no keys are listed.
  public let hiddenGroups: [HiddenGroup]
  /// What is totalled in every group, without repetition.
  public let totals: [TotalSpecification]
  /// The query's aggregates, in the order of `Query.aggregates`.
  public let aggregates: [AggregateSpecification]
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
  /// conditions, totals and aggregates. Equal plans have equal digests on every machine.
  public let digest: Digest

  /// How the lattice totals are written; nil when there is none.
  package let builder: TotalBuilder?
  /// What the records of a total meet beside WHERE and the group's condition; the first holds always.
  package let slices: [Condition]
}

/// One combination of the listed keys.
public struct HiddenGroup: Hashable, Sendable {
  /// One key for each grouping expression whose keys are listed, in the order of GROUP BY; nil is the
  /// NULL group.
  public let keys: [String?]
  /// By slice: when a record is in the group, meets the slice's condition and the WHERE clause holds,
  /// by cases of the clear columns that exclude each other. Empty when no record can be, and when
  /// there is no lattice total.
  package let cases: [[MaskedCondition]]

  package init(keys: [String?], cases: [[MaskedCondition]]) {
    self.keys = keys
    self.cases = cases
  }
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
  /// The different multiplications of ciphertexts that the first groups make in each chunk.
  public internal(set) var multiplications = 0
}
