import ClaimQuery
import ClaimSchema

/// A schema, and groups with chosen totals under the plans of its queries.
struct DisclosureFixture {
  let settings: DisclosureSettings
  private let schema: Schema

  init(
    minimumCohort: Int = 11,
    allowed: Set<AggregateFunction> = Set(AggregateFunction.allCases)
  ) {
    settings = DisclosureSettings(minimumCohort: minimumCohort, allowedAggregates: allowed)
    func column(
      _ name: String, _ type: ColumnType, _ protection: Protection, _ uses: Set<ColumnUse>,
      isNullable: Bool = true
    ) -> Column {
      Column(
        sourceName: name, name: name, type: type, protection: protection, uses: uses,
        isNullable: isNullable)
    }
    schema = Schema(
      table: "claims", capacity: 1000, depth: 3, disclosure: settings,
      columns: [
        column("site", .category(values: nil), .clear, []),
        column("age", .integer(range: -100...200, bands: nil), .clear, []),
        column("sex", .category(values: ["1", "2"]), .encrypted, [.filter]),
        column(
          "cost", .money(scale: 2, range: -1000...10000, bands: [0, 500]), .encrypted,
          [.filter, .sum]),
        column("paid", .money(scale: 2, range: -20000...20000, bands: nil), .encrypted, [.sum]),
        column(
          "days", .integer(range: 0...400, bands: nil), .encrypted, [.sum], isNullable: false),
      ])
  }

  func plan(_ text: String) throws -> Plan {
    try Planner(schema: schema).plan(try SQLParser.parse(text))
  }

  /// A group in which the totals that are not named are 0.
  func group(
    _ plan: Plan, _ keys: [String?] = [], records: Int64, counts: [String: Int64] = [:],
    sums: [String: Int64] = [:]
  ) -> OpenedGroup {
    let totals = plan.totals.map { total -> Int64 in
      switch total {
      case .latticeRecordCount: records
      case .latticeCount(let column): counts[column] ?? 0
      case .latticeSum(let column): sums[column] ?? 0
      default: 0
      }
    }
    return OpenedGroup(keys: keys, totals: totals)
  }

  func release(_ plan: Plan, _ groups: [OpenedGroup]) throws -> Answer {
    try DisclosurePolicy(settings: settings).release(plan: plan, groups: groups)
  }
}
