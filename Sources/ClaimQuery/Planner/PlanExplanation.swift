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
  /// The circuit of each lattice total of the first group: the total and its terms in words.
  public let circuit: [String]
  /// What would make the query cheaper, a sentence each.
  public let advice: [String]

  /// Explains a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - schema: The schema that it was made for.
  ///   - limbCount: The number of limbs in which summed values are stored.
  /// - Throws: Never for a plan that a `Planner` made.
  public init(
    _ plan: Plan, schema: Schema, limbCount: (SummedValue) -> Int = { _ in 1 }
  ) throws(QueryError) {
    canonicalText = plan.canonicalText
    demand = plan.demand
    depth = plan.depth
    hiddenGroupCount = plan.hiddenGroups.count
    hiddenGroupColumns = plan.groupColumns.filter { !$0.isClear }.map(\.name)
    clearGroupColumns = plan.groupColumns.compactMap(\.clearColumn?.name)
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
      plan.hiddenGroups.flatMap { $0.cases.joined() }.flatMap(\.condition.hiddenColumns)
        .map(\.name)
    ).sorted()
    circuit = try PlanExplanation.circuit(of: plan)
    advice = PlanAdvice(plan: plan, schema: schema).sentences
  }

  private static func circuit(of plan: Plan) throws(QueryError) -> [String] {
    guard !plan.hiddenGroups.isEmpty else { return [] }
    var lines: [String] = []
    for (index, total) in plan.totals.enumerated() where total.isLattice {
      lines.append(total.explanation)
      lines += CircuitText.lines(of: try plan.expression(group: 0, total: index)).map { "  " + $0 }
    }
    return lines
  }

  private static func askedTotals(_ plan: Plan) -> Set<Int> {
    var asked: Set<Int> = []
    for aggregate in plan.aggregates {
      switch aggregate.kind {
      case .count: asked.formUnion(aggregate.values)
      case .distinct(let keys): asked.formUnion(keys)
      default: asked.formUnion(aggregate.linearTotals.flatMap { $0.terms.map(\.total) })
      }
    }
    return asked
  }

  private static func columnsRead(
    _ plan: Plan, limbCount: (SummedValue) -> Int
  ) throws(QueryError) -> [LatticeColumn] {
    var columns: Set<LatticeColumn> = []
    for group in plan.hiddenGroups.indices {
      for (total, specification) in plan.totals.enumerated() {
        for term in try plan.expression(group: group, total: total).terms {
          for factor in term.factors { factor.collectColumns(into: &columns) }
        }
        guard let value = specification.summedValue, columns.contains(.value(value, limb: 0))
        else { continue }
        for limb in 0..<limbCount(value) { columns.insert(.value(value, limb: limb)) }
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
    let condition = slice == 0 ? "" : ", condition \(slice)"
    return switch measure {
    case .records: "records\(condition)"
    case .present(let column): "records with a value in \(column)\(condition)"
    case .value(let value): "sum of \(value.text)\(condition)"
    case .personBucket(let bucket): "records of persons in bucket \(bucket)\(condition)"
    }
  }
}

extension Predicate {
  /// The columns that it names, in reading order, repetitions included.
  package var columnNames: [String] {
    switch self {
    case .constant: []
    case .comparison(let column, _, _), .between(let column, _, _), .isIn(let column, _),
      .like(let column, _, _), .isNull(let column), .datePart(_, let column, _, _):
      [column.name]
    case .not(let inner), .isTrue(let inner): inner.columnNames
    case .and(let operands), .or(let operands): operands.flatMap(\.columnNames)
    }
  }
}
