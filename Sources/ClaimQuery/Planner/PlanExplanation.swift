import ClaimSchema

/// What a plan will read and compute, and what each party learns from it, before anything runs.
public struct PlanExplanation: Hashable, Sendable {
  /// What computes a total.
  public enum Engine: String, Hashable, Sendable {
    /// BFV ciphertexts: filters and values are encrypted.
    case lattice
    /// Packed Paillier records: filters are clear.
    case paillier
  }

  /// One total of every group.
  public struct Total: Hashable, Sendable {
    /// What is totalled, such as `sum of paid`.
    public let description: String
    /// What computes it.
    public let engine: Engine
    /// True when the query did not ask for it: the contributors of a sum, or the group's records.
    public let isSilent: Bool
  }

  /// The query in canonical text.
  public let canonicalText: String
  /// The totals of each group.
  public let totals: [Total]
  /// What the lattice totals need of the parameters.
  public let demand: PlanDemand
  /// The depth that the schema's parameters admit.
  public let depth: Int
  /// The number of hidden groups; 1 when no grouping column is hidden.
  public let hiddenGroupCount: Int
  /// The hidden grouping columns.
  public let hiddenGroupColumns: [String]
  /// The grouping columns whose keys the server sees.
  public let clearGroupColumns: [String]
  /// The ciphertext columns that are read, each once, in canonical order.
  public let columnsRead: [LatticeColumn]
  /// True when the packed Paillier records are read.
  public let readsPaillierRecords: Bool
  /// The clear columns that the query filters or groups by, in order of their names.
  public let clearColumns: [String]
  /// The encrypted columns that the query filters or groups by, in order of their names.
  public let hiddenFilterColumns: [String]

  /// Explains a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - limbCount: The number of limbs in which the values of a column are stored.
  /// - Throws: Never for a plan that a `Planner` made.
  public init(_ plan: Plan, limbCount: (String) -> Int = { _ in 1 }) throws(QueryError) {
    canonicalText = plan.canonicalText
    demand = plan.demand
    depth = plan.depth
    hiddenGroupCount = plan.hiddenGroups.count
    hiddenGroupColumns = plan.groupColumns.filter { !$0.isClear }.map(\.column.name)
    clearGroupColumns = plan.groupColumns.filter(\.isClear).map(\.column.name)
    let asked = PlanExplanation.askedTotals(plan)
    totals = plan.totals.enumerated().map { index, total in
      Total(
        description: total.explanation, engine: total.isLattice ? .lattice : .paillier,
        isSilent: !asked.contains(index))
    }
    readsPaillierRecords = plan.totals.contains { !$0.isLattice }
    columnsRead = try PlanExplanation.columnsRead(plan, limbCount: limbCount)
    let predicates = plan.clearPredicates + (plan.paillierFilter.map { [$0] } ?? [])
    clearColumns = Set(predicates.flatMap(\.columnNames) + clearGroupColumns).sorted()
    hiddenFilterColumns = Set(
      plan.hiddenGroups.flatMap(\.cases).flatMap(\.condition.hiddenColumns).map(\.name)
        + hiddenGroupColumns
    ).sorted()
  }

  private static func askedTotals(_ plan: Plan) -> Set<Int> {
    var asked: Set<Int> = []
    for cell in plan.cells {
      switch cell {
      case .groupKey: continue
      case .count(let total), .sum(let total, _, _), .average(let total, _, _):
        asked.insert(total)
      }
    }
    return asked
  }

  private static func columnsRead(
    _ plan: Plan, limbCount: (String) -> Int
  ) throws(QueryError) -> [LatticeColumn] {
    var columns: Set<LatticeColumn> = []
    for group in plan.hiddenGroups.indices {
      for (total, specification) in plan.totals.enumerated() {
        for term in try plan.expression(group: group, total: total).terms {
          for factor in term.factors { factor.collectColumns(into: &columns) }
        }
        guard case .latticeSum(let column) = specification,
          columns.contains(.value(column: column, limb: 0))
        else { continue }
        for limb in 0..<limbCount(column) { columns.insert(.value(column: column, limb: limb)) }
      }
    }
    return columns.sorted()
  }
}

extension IndicatorExpression {
  /// Adds the ciphertext columns that the expression reads.
  package func collectColumns(into columns: inout Set<LatticeColumn>) {
    switch self {
    case .linear(let form): columns.formUnion(form.terms.map(\.column))
    case .product(let factors):
      for factor in factors { factor.collectColumns(into: &columns) }
    case .sum(let terms):
      for term in terms { term.expression.collectColumns(into: &columns) }
    }
  }
}

extension TotalSpecification {
  fileprivate var explanation: String {
    switch self {
    case .latticeRecordCount, .paillierRecordCount: "records"
    case .latticeCount(let column), .paillierCount(let column), .paillierClearCount(let column):
      "records with a value in \(column)"
    case .latticeSum(let column), .paillierSum(let column): "sum of \(column)"
    }
  }
}

extension Predicate {
  /// The columns that it names, in reading order, repetitions included.
  package var columnNames: [String] {
    switch self {
    case .constant: []
    case .comparison(let column, _, _), .between(let column, _, _), .isIn(let column, _),
      .like(let column, _, _), .isNull(let column):
      [column.name]
    case .not(let inner): inner.columnNames
    case .and(let operands), .or(let operands): operands.flatMap(\.columnNames)
    }
  }
}
