import BigInteger
import ClaimQuery
import ClaimSchema

/// The totals of all groups of a plan over a table in clear, and what they say of its aggregates.
struct PlanTotals {
  private let plan: Plan
  private let table: SampleTable
  private var slots: PlanSlots

  init(_ plan: Plan, _ table: SampleTable) throws(QueryError) {
    self.plan = plan
    self.table = table
    slots = try table.slots(of: plan)
  }

  /// The groups with records, in ascending order of their keys, NULL last.
  mutating func groups() throws -> [PlanVectors.PlannedGroup] {
    try opened().map { planned($0.keys, $0.totals) }
  }

  /// The totals of the same groups.
  mutating func opened() throws -> [OpenedGroup] {
    var groups: [OpenedGroup] = []
    let clear = plan.groupColumns.filter(\.isClear)
    let keys = (0..<table.slotCount).map { clearKeys($0, clear) }
    for own in clear.isEmpty ? [[]] : Set(keys.compactMap { $0 }) {
      let chosen = keys.indices.filter { keys[$0] == own }
      for hidden in plan.hiddenGroups.indices {
        let totals = try totals(group: hidden, slots: chosen)
        guard plan.groupColumns.isEmpty || !totals[plan.recordCountTotal].isZero else { continue }
        groups.append(
          OpenedGroup(
            keys: allKeys(clear: own, hidden: plan.hiddenGroups[hidden].keys), totals: totals))
      }
    }
    return groups.sorted { PlanTotals.precedes($0.keys, $1.keys) }
  }

  /// Nil for a slot without a record.
  private func clearKeys(_ slot: Int, _ columns: [GroupColumn]) -> [String?]? {
    guard table.isOccupied(slot) else { return nil }
    return columns.map { column in
      column.key(ofCell: column.clearColumn.flatMap { table.cell($0.name, slot) })
    }
  }

  private func allKeys(clear: [String?], hidden: [String?]) -> [String?] {
    var (clear, hidden) = (clear[...], hidden[...])
    return plan.groupColumns.map { column in
      (column.isClear ? clear.popFirst() : hidden.popFirst()) ?? nil
    }
  }

  private static func precedes(_ a: [String?], _ b: [String?]) -> Bool {
    for (x, y) in zip(a, b) where x != y {
      guard let x else { return false }
      return y.map { x.utf8.lexicographicallyPrecedes($0.utf8) } ?? true
    }
    return false
  }

  private mutating func totals(group: Int, slots chosen: [Int]) throws -> [BigInteger] {
    var totals: [BigInteger] = []
    for (index, total) in plan.totals.enumerated() {
      guard total.isLattice else {
        totals.append(try table.paillierTotal(total, of: plan, slots: chosen))
        continue
      }
      let sums = try (0..<table.limbCount(of: total)).map { limb in
        let values = try slots.values(group: group, total: index, limb: limb)
        return chosen.reduce(Int64(0)) { $0 &+ values[$1] }
      }
      totals.append(table.value(ofLimbSums: sums, of: total))
    }
    return totals
  }

  private func planned(_ keys: [String?], _ totals: [BigInteger]) -> PlanVectors.PlannedGroup {
    func count(_ indices: [Int]) -> String {
      indices.reduce(BigInteger()) { $0 + totals[$1] }.decimal
    }
    let aggregates = plan.aggregates.map { aggregate in
      var distinct: Int?
      if case .distinct(let keys) = aggregate.kind { distinct = keys.count { !totals[$0].isZero } }
      return PlanVectors.PlannedAggregate(
        values: count(aggregate.values), contributors: count(aggregate.contributors),
        distinct: distinct, sums: aggregate.linearTotals.map { $0.text(over: totals) })
    }
    return PlanVectors.PlannedGroup(
      keys: keys, records: totals[plan.recordCountTotal].decimal, aggregates: aggregates)
  }
}

extension LinearTotal {
  /// The sum as a decimal without superfluous zeros.
  fileprivate func text(over totals: [BigInteger]) -> String {
    let units = terms.reduce(BigInteger()) { $0 + $1.coefficient * totals[$1.total] }
    guard scale > 0, !units.isZero else { return units.decimal }
    let digits = units.magnitude.decimal
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    var text = (units.signum < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale)
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
