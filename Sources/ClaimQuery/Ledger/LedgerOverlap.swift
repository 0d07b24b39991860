import ClaimSchema
import SecureMemory

/// Compares an answer's cohorts with those that were released before: the few records by which two of them
/// differ would follow by subtraction.
///
/// It sees what plans can tell: queries over the same tables and groups of which one's WHERE clause admits
/// all that the other's admits. Cohorts that overlap otherwise are not seen.
struct LedgerOverlap {
  private let plan: Plan
  private let condition: Condition
  private let tables: [TableReference]
  private let schema: Schema
  private let threshold: CohortThreshold

  /// An earlier answer that the plan can be compared with.
  struct Earlier {
    let entry: LedgerEntry
    let plan: Plan
  }

  /// - Throws: `QueryError` when the query does not fit the schema.
  init(
    plan: Plan, tables: [TableReference], schema: Schema, threshold: CohortThreshold
  ) throws(QueryError) {
    self.plan = plan
    self.tables = tables
    self.schema = schema
    self.threshold = threshold
    condition = try LedgerOverlap.condition(of: plan.query, schema: schema)
  }

  private static func condition(
    of query: Query, schema: Schema
  ) throws(QueryError) -> Condition {
    guard let predicate = query.predicate else { return .constant(true) }
    return try ConditionBuilder(schema: schema).condition(predicate)
  }

  /// The opened answers over the same tables and groups with an equal or nested WHERE clause.
  func related(among entries: [LedgerEntry]) throws(QueryError) -> [Earlier] {
    let identifiers = Set(tables.map(\.identifier))
    var related: [Earlier] = []
    for entry in entries where entry.event.outcome == .opened {
      guard Set(entry.event.tables.map(\.identifier)) == identifiers else { continue }
      // What an earlier version of this program planned and this one does not cannot be told.
      guard let earlier = try? Planner(schema: schema).plan(SQLParser.parse(entry.event.query)),
        earlier.groupColumns.map(\.expression) == plan.groupColumns.map(\.expression)
      else { continue }
      let other = try LedgerOverlap.condition(of: earlier.query, schema: schema)
      if LedgerOverlap.implies(condition, other) || LedgerOverlap.implies(other, condition) {
        related.append(Earlier(entry: entry, plan: earlier))
      }
    }
    return related
  }

  /// Whether every record that meets `inner` meets `outer`, as far as simplifying shows it.
  private static func implies(_ inner: Condition, _ outer: Condition) -> Bool {
    inner == outer || Condition.all(of: [inner, outer.complement]) == .constant(false)
  }

  /// Refuses when a table has grown by few records since: two answers would tell about them. Nothing is
  /// opened for it.
  ///
  /// - Throws: `QueryError.refusedByPolicy`.
  func checkSnapshots(of earlier: [Earlier]) throws(QueryError) {
    for earlier in earlier {
      for before in earlier.entry.event.tables {
        guard let now = tables.first(where: { $0.identifier == before.identifier }) else {
          continue
        }
        let difference = now.recordCount - before.recordCount
        guard threshold.isTelling(Int64(difference.magnitude)) else { continue }
        throw .refusedByPolicy(
          "table \(now.identifier) has \(difference.magnitude) records more or fewer than when entry "
            + "\(earlier.entry.index) of the ledger answered such a query; ask again when the "
            + "difference is at least \(threshold.records)")
      }
    }
  }

  /// Refuses when a cohort differs from one that was released by few records.
  ///
  /// - Throws: `AnswerError.refused`.
  func checkCohorts(
    _ cohorts: [LedgerCohort], against earlier: [Earlier]
  ) throws(AnswerError) {
    for earlier in earlier {
      var released: [Key: Set<Int64>] = [:]
      for cohort in earlier.entry.event.cohorts {
        guard let key = Key(cohort, plan: earlier.plan) else { continue }
        released[key, default: []].insert(cohort.count)
      }
      for cohort in cohorts {
        guard let key = Key(cohort, plan: plan) else { continue }
        for count in released[key] ?? [] {
          let (difference, overflow) = cohort.count.subtractingReportingOverflow(count)
          if overflow || difference == .min || threshold.isTelling(abs(difference)) {
            throw .refused
          }
        }
      }
    }
  }

  /// The cohorts that are nested when the WHERE clauses are: one group, one set of further conditions.
  private struct Key: Hashable {
    let group: Digest
    let set: CohortSet

    init?(_ cohort: LedgerCohort, plan: Plan) {
      guard plan.aggregates.indices.contains(cohort.aggregate) else { return nil }
      group = cohort.group
      set = CohortSet(plan.aggregates[cohort.aggregate], plan: plan)
    }
  }
}
