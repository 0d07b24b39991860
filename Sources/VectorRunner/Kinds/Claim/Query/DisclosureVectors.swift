import BigInteger
import ClaimQuery
import ClaimSchema

/// Answers after the disclosure policy of the vector's schema.
struct DisclosureVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let schema: String
    let rows: [[String?]?]
    /// The most records that one person has.
    let recordsPerPerson: Int
    /// The records of the answer's tables; nil where they are not known.
    let recordCount: Int64?
  }

  struct Case: Decodable, Sendable {
    let sql: String
    /// Of valid cases: the answer's rows.
    let rows: [ReleasedRow]?
  }

  /// One row of an answer.
  struct ReleasedRow: Decodable, Hashable, Sendable {
    let keys: [String?]
    /// For each aggregate 1 if it is shown, 0 if it is withheld.
    let shown: String
    /// The values that are shown; nil is NULL.
    let values: [String?]
  }

  static let name = "query.disclosure"

  private let table: SampleTable
  private let policy: DisclosurePolicy

  init(_ group: Group) throws {
    table = try SampleTable(schema: group.schema, rows: group.rows)
    policy = DisclosurePolicy(
      settings: table.schema.disclosure, recordsPerPerson: group.recordsPerPerson,
      recordCount: group.recordCount)
  }

  func run(_ vector: Case) throws {
    let plan = try Planner(schema: table.schema).plan(try SQLParser.parse(vector.sql))
    var totals = try PlanTotals(plan, table)
    let opened = try totals.opened()
    let answer = try policy.release(plan: plan, groups: opened)
    let keyCount = plan.groupColumns.count
    let rows = answer.rows.map { cells in
      ReleasedRow(
        keys: cells.prefix(keyCount).map(\.text),
        shown: cells.dropFirst(keyCount).map { $0 == .withheld ? "0" : "1" }.joined(),
        values: cells.dropFirst(keyCount).filter { $0 != .withheld }.map(\.text))
    }
    try VectorCheck.equal("rows", rows, vector.rows ?? [])
  }
}
