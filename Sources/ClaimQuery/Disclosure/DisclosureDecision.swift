/// What the policy made of the opened totals.
package struct DisclosureDecision: Sendable {
  /// The released aggregates of each group.
  let judged: [AnswerRows.Judged]
  /// The cohorts of the aggregates that are released, for the ledger.
  package let cohorts: [LedgerCohort]

  /// The aggregates of all groups, withheld ones included.
  package var cellCount: Int { judged.reduce(0) { $0 + $1.values.count } }

  /// The aggregates that are withheld.
  package var withheldCount: Int { cellCount - cohorts.count }
}
