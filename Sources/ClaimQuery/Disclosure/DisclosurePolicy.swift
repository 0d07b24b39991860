import BigInteger
import ClaimSchema

/// Decides what of the opened totals is released.
///
/// Every aggregate has its own contributor count. It is withheld when its count is from 1 to k − 1, k
/// being the minimum cohort, or when it differs by 1 to k − 1 from the count of another released
/// aggregate of its group: the difference would describe the few records between them. Aggregates are
/// judged in the order of the query, so the first of two such is shown. Zero is shown.
package struct DisclosurePolicy: Sendable {
  private let settings: DisclosureSettings

  package init(settings: DisclosureSettings) {
    self.settings = settings
  }

  /// Refuses a query that asks for an aggregate which is never released; nothing need be opened for
  /// it.
  package func checkAggregates(of plan: Plan) throws(QueryError) {
    for function in plan.aggregates.map(\.aggregate.function)
    where !settings.allowedAggregates.contains(function) {
      let allowed = AggregateFunction.allCases.filter(settings.allowedAggregates.contains)
      let list = allowed.map(\.rawValue).joined(separator: ", ")
      throw .refusedByPolicy(
        "the key does not release \(function.rawValue)"
          + (list.isEmpty ? "" : "; it releases \(list)"))
    }
  }

  /// The answer to the plan's query.
  ///
  /// Groups without a record are left out; a query without GROUP BY always has its one row. Groups
  /// come in ascending order of their keys with NULL last, unless ORDER BY says otherwise.
  ///
  /// - Throws: `QueryError.refusedByPolicy` for an aggregate that the settings do not allow, and
  ///   for groups that do not fit the plan; `.evaluation` for what cannot be calculated.
  package func release(plan: Plan, groups: [OpenedGroup]) throws(QueryError) -> Answer {
    try checkAggregates(of: plan)
    try check(plan: plan, groups: groups)
    var listed = groups.filter {
      plan.groupColumns.isEmpty || $0.totals[plan.recordCountTotal].signum > 0
    }
    if plan.groupColumns.isEmpty, listed.isEmpty {
      listed = [OpenedGroup(keys: [], totals: plan.totals.map { _ in 0 })]
    }
    var judged: [AnswerRows.Judged] = []
    for group in listed {
      judged.append(AnswerRows.Judged(keys: group.keys, values: try values(of: group, plan: plan)))
    }
    return Answer(
      columns: plan.query.select.map(\.label), rows: try AnswerRows(plan: plan).cells(of: judged),
      minimumCohort: settings.minimumCohort)
  }

  /// The aggregates of a group; nil is withheld.
  private func values(of group: OpenedGroup, plan: Plan) throws(QueryError) -> [ResultValue?] {
    var released: [BigInteger] = []
    var values: [ResultValue?] = []
    for aggregate in plan.aggregates {
      let contributors = group.contributors(of: aggregate)
      guard isReleasable(contributors, beside: released) else {
        values.append(nil)
        continue
      }
      released.append(contributors)
      do throws(ResultError) {
        values.append(try group.value(of: aggregate))
      } catch {
        throw .evaluation(error.description)
      }
    }
    return values
  }

  private func isReleasable(_ count: BigInteger, beside released: [BigInteger]) -> Bool {
    func isSmall(_ difference: BigInteger) -> Bool {
      difference >= 1 && difference < BigInteger(settings.minimumCohort)
    }
    return !isSmall(count) && !released.contains { isSmall(max($0, count) - min($0, count)) }
  }

  /// Groups come from an answer that others wrote: nothing is indexed before it is known to be
  /// there.
  private func check(plan: Plan, groups: [OpenedGroup]) throws(QueryError) {
    let mismatch = QueryError.refusedByPolicy("the totals do not belong to this query")
    guard
      plan.aggregates.allSatisfy({ $0.totals.allSatisfy(plan.totals.indices.contains) }),
      plan.totals.indices.contains(plan.recordCountTotal),
      !plan.groupColumns.isEmpty || groups.count <= 1
    else { throw mismatch }
    let counts = plan.totals.indices.filter { plan.totals[$0].summedValue == nil }
    var seen: Set<[[UInt8]?]> = []
    for group in groups {
      guard group.keys.count == plan.groupColumns.count, group.totals.count == plan.totals.count,
        counts.allSatisfy({ group.totals[$0].signum >= 0 }),
        seen.insert(group.keys.map { $0.map { Array($0.utf8) } }).inserted
      else { throw mismatch }
    }
  }
}
