import ClaimSchema

/// Chooses the totals for a SELECT list: each total once, and for every aggregate the total that
/// counts its contributors.
package struct TotalList {
  package private(set) var totals: [TotalSpecification] = []
  package private(set) var cells: [CellSpecification] = []
  /// What is counted by `latticeCount`, beside the group's own condition.
  package private(set) var countConditions: [String: Condition] = [:]
  package private(set) var recordCountTotal = 0

  private let builder: ConditionBuilder
  private let usesLattice: Bool

  package init(
    _ select: [SelectItem], groupColumns: [GroupColumn], builder: ConditionBuilder
  ) throws(QueryError) {
    self.builder = builder
    usesLattice = try TotalList.usesLattice(select, builder: builder)
    recordCountTotal = index(of: usesLattice ? .latticeRecordCount : .paillierRecordCount)
    var hasAggregate = false
    for item in select {
      switch item.value {
      case .column(let reference):
        guard
          let key = groupColumns.firstIndex(where: { $0.column.name == reference.name })
        else {
          throw .unsupported(
            construct: "column \(reference.name) outside GROUP BY", position: reference.position,
            instead: "Add it to GROUP BY, or put it into sum, avg or count.")
        }
        cells.append(.groupKey(key))
      case .countRecords:
        hasAggregate = true
        cells.append(.count(total: recordCountTotal))
      case .aggregate(let function, let reference):
        hasAggregate = true
        try add(function, of: reference)
      }
    }
    guard hasAggregate else {
      throw .unsupported(
        construct: "a query without an aggregate", position: nil,
        instead: "Ask for count(*), or for sum, avg or count of a column.")
    }
  }

  /// Lattice totals are chosen wherever there is a choice, but a query for Paillier columns alone
  /// reads nothing else.
  private static func usesLattice(
    _ select: [SelectItem], builder: ConditionBuilder
  ) throws(QueryError) -> Bool {
    let protections = Set(builder.schema.columns.map(\.protection))
    guard protections.contains(.paillier) else { return true }
    guard protections.contains(.encrypted) else { return false }
    for item in select {
      switch item.value {
      case .column: continue
      case .countRecords: return true
      case .aggregate(_, let reference):
        if try builder.column(reference).protection != .paillier { return true }
      }
    }
    return false
  }

  private mutating func index(of total: TotalSpecification) -> Int {
    if let known = totals.firstIndex(of: total) { return known }
    totals.append(total)
    return totals.count - 1
  }

  private mutating func add(
    _ function: AggregateFunction, of reference: ColumnReference
  ) throws(QueryError) {
    let column = try builder.column(reference)
    if function == .count {
      cells.append(.count(total: contributors(of: column, at: reference)))
      return
    }
    let scale = try TotalList.checkedScale(of: column, at: reference, for: function)
    let total =
      column.protection == .paillier
      ? index(of: .paillierSum(column: column.name))
      : index(of: .latticeSum(column: column.name))
    let contributors = contributors(of: column, at: reference)
    cells.append(
      function == .sum
        ? .sum(total: total, contributors: contributors, scale: scale)
        : .average(total: total, contributors: contributors, scale: scale))
  }

  /// The total that counts the records with a value in the column.
  private mutating func contributors(of column: Column, at reference: ColumnReference) -> Int {
    guard column.isNullable else { return recordCountTotal }
    switch column.protection {
    case .paillier: return index(of: .paillierCount(column: column.name))
    case .encrypted:
      countConditions[column.name] = .encrypted(ColumnSet(HiddenColumn(column), .all))
      return index(of: .latticeCount(column: column.name))
    case .clear, .drop:
      guard usesLattice else { return index(of: .paillierClearCount(column: column.name)) }
      countConditions[column.name] = .clear(.not(.isNull(reference)))
      return index(of: .latticeCount(column: column.name))
    }
  }

  /// The decimals of a column that can be summed.
  private static func checkedScale(
    of column: Column, at reference: ColumnReference, for function: AggregateFunction
  ) throws(QueryError) -> Int {
    let scale: Int
    switch column.type {
    case .integer: scale = 0
    case .money(let decimals, _, _): scale = decimals
    case .text, .category, .code, .date:
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "its values are not numbers, as \(function.rawValue) needs",
        remedy: "write count(\(column.name)), or aggregate an integer or money column")
    }
    switch column.protection {
    case .paillier: return scale
    case .encrypted where column.uses.contains(.sum): return scale
    case .encrypted:
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "it is encrypted for WHERE and GROUP BY, not for sums",
        remedy: "add sum to its use in the schema and encrypt again")
    case .clear, .drop:
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "it is clear, and only encrypted values are summed",
        remedy: "protect it as paillier, or as encrypted with use sum, and encrypt again")
    }
  }
}
