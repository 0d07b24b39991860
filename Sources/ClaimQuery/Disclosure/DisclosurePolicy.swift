import ClaimSchema

/// Decides what of the opened totals is released.
///
/// Every aggregate has its own contributor count. A cell is withheld when its count is from 1 to
/// k − 1, k being the minimum cohort, or when it differs by 1 to k − 1 from the count of another
/// released cell of its row: the difference would describe the few records between them. Cells are
/// judged in the order of SELECT, so the first of two such cells is shown. Zero is shown.
package struct DisclosurePolicy: Sendable {
  private let settings: DisclosureSettings

  package init(settings: DisclosureSettings) {
    self.settings = settings
  }

  /// Refuses a query that asks for an aggregate which is never released; nothing need be opened for
  /// it.
  package func checkAggregates(of query: Query) throws(QueryError) {
    for item in query.select {
      let function: AggregateFunction
      switch item.value {
      case .column: continue
      case .countRecords: function = .count
      case .aggregate(let named, _): function = named
      }
      guard settings.allowedAggregates.contains(function) else {
        let allowed = AggregateFunction.allCases.filter(settings.allowedAggregates.contains)
        let list = allowed.map(\.rawValue).joined(separator: ", ")
        throw .refusedByPolicy(
          "the key does not release \(function.rawValue)"
            + (list.isEmpty ? "" : "; it releases \(list)"))
      }
    }
  }

  /// The answer to the plan's query.
  ///
  /// Groups without a record are left out; a query without GROUP BY always has its one row. Groups
  /// come in ascending order of their keys with NULL last, unless ORDER BY says otherwise.
  ///
  /// - Throws: `QueryError.refusedByPolicy` for an aggregate that the settings do not allow, and
  ///   for groups that do not fit the plan.
  package func release(plan: Plan, groups: [OpenedGroup]) throws(QueryError) -> Answer {
    try checkAggregates(of: plan.query)
    try check(plan: plan, groups: groups)
    var listed = groups.filter {
      plan.groupColumns.isEmpty || $0.totals[plan.recordCountTotal] > 0
    }
    if plan.groupColumns.isEmpty, listed.isEmpty {
      listed = [OpenedGroup(keys: [], totals: plan.totals.map { _ in 0 })]
    }
    let rows = listed.map { ReleasedRow(keys: $0.keys, cells: cells(of: $0, plan: plan)) }
    let order = AnswerOrder(plan: plan)
    return Answer(
      columns: plan.query.select.map(\.label),
      rows: rows.sorted(by: order.precedes).map(\.cells), minimumCohort: settings.minimumCohort)
  }

  private func cells(of group: OpenedGroup, plan: Plan) -> [AnswerCell] {
    var released: [Int64] = []
    return plan.cells.map { cell in
      if case .groupKey(let index) = cell { return .key(group.keys[index]) }
      let contributors = group.totals[cell.contributorTotal]
      guard isReleasable(contributors, beside: released) else { return .withheld }
      released.append(contributors)
      return value(of: cell, totals: group.totals)
    }
  }

  private func isReleasable(_ count: Int64, beside released: [Int64]) -> Bool {
    func isSmall(_ difference: Int64) -> Bool {
      difference >= 1 && difference < Int64(settings.minimumCohort)
    }
    return !isSmall(count) && !released.contains { isSmall(max($0, count) - min($0, count)) }
  }

  private func value(of cell: CellSpecification, totals: [Int64]) -> AnswerCell {
    switch cell {
    case .groupKey:
      .null
    case .count(let total):
      .count(totals[total])
    case .sum(let total, let contributors, let scale):
      totals[contributors] == 0 ? .null : .amount(minorUnits: totals[total], scale: scale)
    case .average(let total, let contributors, let scale):
      totals[contributors] == 0
        ? .null : .average(sum: totals[total], count: totals[contributors], scale: scale)
    }
  }

  /// Groups come from an answer that others wrote: nothing is indexed before it is known to be
  /// there.
  private func check(plan: Plan, groups: [OpenedGroup]) throws(QueryError) {
    let mismatch = QueryError.refusedByPolicy("the totals do not belong to this query")
    let totalIndices = plan.totals.indices
    var counts = [plan.recordCountTotal]
    for cell in plan.cells {
      switch cell {
      case .groupKey(let index):
        guard plan.groupColumns.indices.contains(index) else { throw mismatch }
      case .count(let total):
        counts.append(total)
      case .sum(let total, let contributors, _), .average(let total, let contributors, _):
        guard totalIndices.contains(total) else { throw mismatch }
        counts.append(contributors)
      }
    }
    guard counts.allSatisfy(totalIndices.contains), plan.cells.count == plan.query.select.count,
      !plan.groupColumns.isEmpty || groups.count <= 1
    else { throw mismatch }
    var seen: Set<[[UInt8]?]> = []
    for group in groups {
      guard group.keys.count == plan.groupColumns.count, group.totals.count == plan.totals.count,
        counts.allSatisfy({ group.totals[$0] >= 0 }),
        seen.insert(group.keys.map { $0.map { Array($0.utf8) } }).inserted
      else { throw mismatch }
    }
  }
}

extension CellSpecification {
  /// The index of the total that counts the cell's contributors. A key has none.
  fileprivate var contributorTotal: Int {
    switch self {
    case .groupKey(let index): index
    case .count(let total): total
    case .sum(_, let contributors, _), .average(_, let contributors, _): contributors
    }
  }
}
