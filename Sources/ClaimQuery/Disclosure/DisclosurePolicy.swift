import BigInteger
import ClaimSchema
import SecureMemory

/// Decides what of the opened totals is released.
///
/// Every aggregate has its own contributor count. An aggregate over fewer records than the threshold is
/// withheld, and others with it, until neither it nor the few records between two cohorts follow from what
/// is shown: see `CellSuppression` and `RowSuppression`. Zero is shown. Under differential privacy all
/// totals get noise first, and everything else is decided by the noisy numbers alone.
package struct DisclosurePolicy: Sendable {
  private let settings: DisclosureSettings
  private let threshold: CohortThreshold
  private let recordsPerPerson: Int
  /// Answers of so many rows are taken apart further.
  private static let fewRows = 8
  /// The records of the answer's tables; nil where they are not known.
  private let recordCount: Int64?

  /// - Parameters:
  ///   - settings: those of the key.
  ///   - recordsPerPerson: the most records that one person has in the answer's tables together.
  ///   - recordCount: the records of the answer's tables.
  package init(
    settings: DisclosureSettings, recordsPerPerson: Int = 1, recordCount: Int64? = nil
  ) {
    self.settings = settings
    self.recordsPerPerson = recordsPerPerson
    self.recordCount = recordCount
    threshold = CohortThreshold(
      minimumCohort: settings.minimumCohort, recordsPerPerson: recordsPerPerson)
  }

  /// Refuses a query that asks for an aggregate which is never released; nothing need be opened for
  /// it.
  package func checkAggregates(of plan: Plan) throws(QueryError) {
    let needsSums = settings.differentialPrivacy != nil || settings.roundingBase > 1
    for aggregate in plan.aggregates.map(\.aggregate) {
      guard settings.allowedAggregates.contains(aggregate.function) else {
        let allowed = AggregateFunction.allCases.filter(settings.allowedAggregates.contains)
        let list = allowed.map(\.rawValue).joined(separator: ", ")
        throw .refusedByPolicy(
          "the key does not release \(aggregate.function.rawValue)"
            + (list.isEmpty ? "" : "; it releases \(list)"))
      }
      let isSum = [.sum, .count, .avg].contains(aggregate.function) && !aggregate.isDistinct
      guard isSum || !needsSums else {
        throw .refusedByPolicy(
          "the key rounds its answers or adds noise to them, and releases only sum, count and avg, "
            + "without DISTINCT")
      }
    }
    guard settings.dominanceHundredths != nil else { return }
    for aggregate in plan.aggregates
    where aggregate.aggregate.function != .count && aggregate.silentSquares == nil {
      throw .refusedByPolicy(
        "the key limits dominance, so it releases \(aggregate.aggregate.function.rawValue) only over "
          + "columns whose declared range is not negative and whose squares the tables hold "
          + "(products: [[x, x]] in the schema)")
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
    var source = SystemRandomSource()
    return try answer(to: plan, by: decide(plan: plan, groups: groups, using: &source))
  }

  /// What is released of each group, before HAVING and the expressions of SELECT.
  ///
  /// - Throws: as `release`.
  package func decide(
    plan: Plan, groups: [OpenedGroup], schema: Schema? = nil,
    using source: inout some RandomSource
  ) throws(QueryError) -> DisclosureDecision {
    try checkAggregates(of: plan)
    try check(plan: plan, groups: groups)
    guard let privacy = settings.differentialPrivacy else {
      let listed = listed(groups, plan: plan) {
        $0.totals[plan.recordCountTotal].signum > 0
      }
      return try decision(listed, shown: shown(listed, of: groups, plan: plan), plan: plan)
    }
    guard
      let noise = NoisyTotals(
        plan: plan, schema: schema, settings: privacy, recordsPerPerson: recordsPerPerson)
    else { throw .refusedByPolicy("the noise for one of the totals cannot be determined") }
    let noisy = listed(groups, plan: plan) { _ in true }.map {
      noise.adding(to: $0, using: &source)
    }
    let shown = counts(of: noisy, plan: plan).map { $0.map { !threshold.isTelling($0) } }
    return try decision(noisy, shown: shown, plan: plan)
  }

  /// The rows of an answer: HAVING, SELECT, ORDER BY and LIMIT on what was released.
  ///
  /// - Throws: `QueryError.evaluation` for what cannot be calculated.
  package func answer(
    to plan: Plan, by decision: DisclosureDecision
  ) throws(QueryError) -> Answer {
    Answer(
      columns: plan.query.select.map(\.label),
      rows: try AnswerRows(plan: plan).cells(of: decision.judged),
      minimumCohort: settings.minimumCohort)
  }

  private func listed(
    _ groups: [OpenedGroup], plan: Plan, where isListed: (OpenedGroup) -> Bool
  ) -> [OpenedGroup] {
    let listed = groups.filter { plan.groupColumns.isEmpty || isListed($0) }
    guard plan.groupColumns.isEmpty, listed.isEmpty else { return listed }
    return [OpenedGroup(keys: [], totals: plan.totals.map { _ in 0 })]
  }

  private func counts(of groups: [OpenedGroup], plan: Plan) -> [[Int64]] {
    groups.map { group in
      plan.aggregates.map { Int64(exactly: group.contributors(of: $0)) ?? .max }
    }
  }

  private func shown(
    _ listed: [OpenedGroup], of groups: [OpenedGroup], plan: Plan
  ) -> [[Bool]] {
    let counts = counts(of: listed, plan: plan)
    let isRestTelling = leavesOutFew(groups, plan: plan)
    let isForbidden = zip(listed, counts).map { group, counts in
      zip(plan.aggregates, counts).map { aggregate, count in
        isRestTelling || leavesOutFew(of: group, aggregate, count: count, plan: plan)
          || isDominated(group, aggregate)
      }
    }
    let enough = listed.map { group in
      plan.aggregates.map { hasEnoughPeople(group, $0) }
    }
    return AnswerSuppression(
      threshold: threshold, protectsComplement: settings.protectsComplement,
      atoms: CohortAtoms(
        plan.aggregates.map { CohortSet($0, plan: plan) },
        limit: listed.count <= DisclosurePolicy.fewRows
          ? DerivableCells.fewRowsAtomLimit : DerivableCells.atomLimit)
    ).shown(counts: counts, isForbidden: isForbidden, hasEnoughPeople: enough)
  }

  /// Whether few contributors make up so much of a sum that they could estimate each other.
  private func isDominated(_ group: OpenedGroup, _ aggregate: AggregateSpecification) -> Bool {
    guard let hundredths = settings.dominanceHundredths, let squares = aggregate.silentSquares,
      let sum = aggregate.linearTotals.first
    else { return false }
    let total = group.value(of: sum)
    guard !total.isZero else { return false }
    return !DominanceRule(hundredths: hundredths).admits(
      sum: total, squares: group.value(of: squares))
  }

  /// Whether at least as many buckets of persons as the minimum cohort hold a contributor: then there
  /// are as many people, however few the records.
  private func hasEnoughPeople(_ group: OpenedGroup, _ aggregate: AggregateSpecification) -> Bool {
    let filled = aggregate.personBuckets.count { totals in
      totals.contains { !group.totals[$0].isZero }
    }
    return filled >= settings.minimumCohort
  }

  /// Whether WHERE leaves out so few records that the rest tells about them.
  private func leavesOutFew(_ groups: [OpenedGroup], plan: Plan) -> Bool {
    guard settings.protectsComplement, plan.query.predicate != nil, let recordCount else {
      return false
    }
    let admitted = groups.reduce(BigInteger()) { $0 + $1.totals[plan.recordCountTotal] }
    return Int64(exactly: BigInteger(recordCount) - admitted).map(threshold.isTelling) ?? false
  }

  /// Whether FILTER leaves out so few records of the group.
  private func leavesOutFew(
    of group: OpenedGroup, _ aggregate: AggregateSpecification, count: Int64, plan: Plan
  ) -> Bool {
    guard settings.protectsComplement, aggregate.aggregate.filter != nil, count > 0 else {
      return false
    }
    let rest = group.totals[plan.recordCountTotal] - BigInteger(count)
    return Int64(exactly: rest).map(threshold.isTelling) ?? false
  }

  private func decision(
    _ groups: [OpenedGroup], shown: [[Bool]], plan: Plan
  ) throws(QueryError) -> DisclosureDecision {
    let rounding = Rounding(base: settings.roundingBase)
    var judged: [AnswerRows.Judged] = []
    var cohorts: [LedgerCohort] = []
    for (group, shown) in zip(groups, shown) {
      let digest = LedgerCohort.digest(of: group.keys)
      var values: [ResultValue?] = []
      for (index, aggregate) in plan.aggregates.enumerated() {
        guard shown[index] else {
          values.append(nil)
          continue
        }
        do throws(ResultError) {
          values.append(try group.value(of: aggregate, rounding: rounding))
        } catch {
          throw .evaluation(error.description)
        }
        cohorts.append(
          LedgerCohort(
            group: digest, aggregate: index,
            count: Int64(exactly: group.contributors(of: aggregate)) ?? .max))
      }
      judged.append(AnswerRows.Judged(keys: group.keys, values: values))
    }
    return DisclosureDecision(judged: judged, cohorts: cohorts)
  }

  /// Groups come from an answer that others wrote: nothing is indexed before it is known to be
  /// there.
  private func check(plan: Plan, groups: [OpenedGroup]) throws(QueryError) {
    let mismatch = QueryError.refusedByPolicy("the totals do not belong to this query")
    guard
      plan.aggregates.allSatisfy({
        ($0.totals + $0.silentTotals).allSatisfy(plan.totals.indices.contains)
      }),
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
