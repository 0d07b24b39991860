import BigInteger
import ClaimQuery
import ClaimSchema

/// A schema, and groups with chosen totals under the plans of its queries.
struct DisclosureFixture {
  let settings: DisclosureSettings
  private let schema: Schema

  init(
    minimumCohort: Int = 11,
    allowed: Set<AggregateFunction> = Set(AggregateFunction.allCases),
    protectsComplement: Bool = false
  ) {
    settings = DisclosureSettings(
      minimumCohort: minimumCohort, allowedAggregates: allowed,
      protectsComplement: protectsComplement)
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
          "admitted", .date(range: .everyDay), .clear, []),
        column(
          "cost", .money(scale: 2, range: -1000...10000, bands: [0, 500]), .encrypted,
          [.filter, .sum]),
        column("paid", .money(scale: 2, range: -20000...20000, bands: nil), .encrypted, [.sum]),
        column(
          "days", .integer(range: 0...400, bands: nil), .encrypted, [.sum], isNullable: false),
      ])
  }

  func plan(_ text: String) throws -> Plan { try plan(try SQLParser.parse(text)) }

  func plan(_ query: Query) throws -> Plan { try Planner(schema: schema).plan(query) }

  /// A group in which the totals that are not named are 0. `counts` are the records with a value in
  /// a column.
  func group(
    _ plan: Plan, _ keys: [String?] = [], records: Int64, counts: [String: Int64] = [:],
    sums: [String: Int64] = [:]
  ) -> OpenedGroup {
    let totals = plan.totals.map { total -> Int64 in
      switch total.measure {
      case .records:
        if case .encrypted(let set) = plan.slices[total.slice] {
          counts[set.column.name] ?? 0
        } else {
          records
        }
      case .value(let value): sums[value.text] ?? 0
      case .present, .personBucket: 0
      }
    }
    return OpenedGroup(keys: keys, totals: totals.map { BigInteger($0) })
  }

  func release(_ plan: Plan, _ groups: [OpenedGroup]) throws -> Answer {
    try DisclosurePolicy(settings: settings).release(plan: plan, groups: groups)
  }
}

extension AnswerCell {
  static let null = AnswerCell.value(.null)

  static func text(_ text: String?) -> AnswerCell { .value(text.map { .text($0) } ?? .null) }

  static func integer(_ number: Int64) -> AnswerCell { .value(.integer(number)) }

  /// Of digits with a point, such as `-0.25`.
  static func decimal(_ text: String) throws -> AnswerCell {
    .value(.numeric(try Numeric(literal: text)))
  }
}
