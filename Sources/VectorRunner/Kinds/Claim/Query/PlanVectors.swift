import BigInteger
import ClaimQuery
import ClaimSchema

/// Queries, their groups, and what their totals are over the records of a table in clear.
struct PlanVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let schema: String
    /// The values of each slot's record; nil for a slot without a record.
    let rows: [[String?]?]
  }

  struct Case: Decodable, Sendable {
    let sql: String
    /// The groups that have records, in ascending order of their keys; without keys one group.
    let groups: [PlannedGroup]?
    /// The plan's digest, where it is held fast.
    let digest: HexBytes?
  }

  /// What the totals of one group give.
  struct PlannedGroup: Decodable, Hashable, Sendable {
    let keys: [String?]
    let records: String
    let aggregates: [PlannedAggregate]
  }

  /// What the totals give of one aggregate.
  struct PlannedAggregate: Decodable, Hashable, Sendable {
    /// The records in which no argument is NULL.
    let values: String
    /// Those that the disclosure policy judges by.
    let contributors: String
    /// The keys that occur, of `count(DISTINCT …)`.
    let distinct: Int?
    /// The sums that it is calculated from: Σx; of dispersions Σx and Σx²; of pairs Σx, Σy and Σxy, and
    /// for the correlation Σx² and Σy².
    let sums: [String]
  }

  static let name = "query.plan"

  private let table: SampleTable

  init(_ group: Group) throws {
    table = try SampleTable(schema: group.schema, rows: group.rows)
  }

  func run(_ vector: Case) throws {
    let plan = try Planner(schema: table.schema).plan(try SQLParser.parse(vector.sql))
    var totals = try PlanTotals(plan, table)
    let found = try totals.groups()
    let expected = vector.groups ?? []
    try VectorCheck.equal("keys", found.map(\.keys), expected.map(\.keys))
    for (index, (ours, theirs)) in zip(found, expected).enumerated() {
      try VectorCheck.equal("records of group \(index)", ours.records, theirs.records)
      try VectorCheck.equal("aggregates of group \(index)", ours.aggregates, theirs.aggregates)
    }
    if let digest = vector.digest {
      try VectorCheck.equal("digest", plan.digest.hexadecimal, digest.text)
    }
  }
}
