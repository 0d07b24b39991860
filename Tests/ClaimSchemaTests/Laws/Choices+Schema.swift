import ClaimSchema
import _TestSupport

/// Schemas of everything that schema files may say, but for FHIR paths.
extension Choices {
  mutating func schema() throws -> Schema {
    let columns = try columns()
    let summed = columns.filter { $0.uses.contains(.sum) && $0.protection == .encrypted }
      .map(\.name)
    let joined = columns.filter { $0.digitLayout?.sizes.count == 1 }
    let clear = columns.filter { $0.protection == .clear }.map(\.name)
    let hasEncrypted = columns.contains { $0.protection == .encrypted }
    return Schema(
      table: element(of: ["claims", "y", "no", "_t$1"]), capacity: integer(in: 1...1_000_000),
      depth: integer(in: 0...5), disclosure: disclosureSettings(), columns: columns,
      products: products(of: summed), indexes: indexes(of: joined),
      clusterBy: subset(of: clear), person: person(hasEncrypted: hasEncrypted),
      reading: try readingRules())
  }

  private mutating func subset(of names: [String]) -> [String] {
    names.filter { _ in pick(weights: [2, 1]) == 1 }
  }

  private mutating func columns() throws -> [Column] {
    var names = ["a", "no", "y", "off", "date", "e1", "inf", "x$_2"]
    return try array(count: 1...6) { choices -> Column in
      let name = names.remove(at: choices.pick(names.count))
      return try choices.column(name: name, header: choices.trickyText(count: 0...5) + name)
    }
  }

  private mutating func column(name: String, header: String) throws -> Column {
    let protection = element(of: Protection.allCases)
    guard protection != .drop else {
      return Column(
        sourceName: header, name: header.lowercased(), type: .text, protection: .drop, uses: [],
        isNullable: true)
    }
    var type = try columnType(isIndexed: protection == .encrypted)
    if protection == .paillier {
      let range = numberRange(within: 1_000_000_000_000)
      type =
        bool() ? .integer(range: range, bands: nil) : .money(scale: 2, range: range, bands: nil)
    }
    if protection == .clear { type = unbanded(type) }
    let uses = uses(of: type, protection)
    return Column(
      sourceName: header, name: name, type: uses.contains(.filter) ? type : unbanded(type),
      protection: protection, uses: uses, isNullable: bool(), reading: try reading(of: type))
  }

  /// Clear columns may leave out their ranges.
  private func unbanded(_ type: ColumnType) -> ColumnType {
    switch type {
    case .integer(let range, _): .integer(range: range, bands: nil)
    case .money(let scale, let range, _): .money(scale: scale, range: range, bands: nil)
    default: type
    }
  }

  private mutating func uses(of type: ColumnType, _ protection: Protection) -> Set<ColumnUse> {
    switch (protection, type) {
    case (.paillier, _): [.sum]
    case (.encrypted, .integer), (.encrypted, .money):
      element(of: [[.filter], [.sum], [.filter, .sum]])
    case (.encrypted, _): [.filter]
    default: []
    }
  }

  private mutating func reading(of type: ColumnType) throws -> ColumnReading {
    var formats: [String] = []
    var nullDates: [CalendarDay] = []
    var padding: Int?
    var mark = DecimalMark.point
    switch type {
    case .date:
      let patterns = ["yyyy-MM-dd", "yyyyMMdd", "M/d/yyyy", "dd.MM.yyyy", "MMM dd, yyyy"]
      formats = patterns.filter { _ in bool() }
      if formats.isEmpty { formats = ["yyyy-MM-dd"] }
      nullDates = Set(array(count: 0...3) { $0.day() }).sorted()
    case .category: padding = optional { $0.integer(in: 2...32) }
    case .code(let alphabets): padding = optional { $0.integer(in: 2...max(alphabets.count, 2)) }
    case .money: mark = element(of: DecimalMark.allCases)
    case .text, .integer: break
    }
    return ColumnReading(
      dateFormats: formats, nullDates: nullDates, padding: padding, decimalMark: mark,
      expression: bool() ? trickyText(count: 1...8) : nil)
  }

  private mutating func products(of summed: [String]) -> [SummedValue] {
    guard !summed.isEmpty else { return [] }
    let products = array(count: 0...3) { choices in
      SummedValue.multiplying(choices.element(of: summed), choices.element(of: summed))
    }
    return Set(products).sorted { $0.text < $1.text }
  }

  private mutating func indexes(of columns: [Column]) -> [JointIndex] {
    var indexes: [JointIndex] = []
    for _ in 0..<2 where columns.count >= 2 && bool() {
      var rest = columns
      let chosen = array(count: 2...min(4, columns.count)) { choices in
        rest.remove(at: choices.pick(rest.count))
      }
      let index = JointIndex(
        columns: chosen.map(\.name),
        sizes: chosen.map { ($0.digitLayout?.sizes[0] ?? 1) + ($0.isNullable ? 1 : 0) })
      let isNew = !indexes.contains { Set($0.columns) == Set(index.columns) }
      if isNew, index.count <= 4096 { indexes.append(index) }
    }
    return indexes
  }

  private mutating func person(hasEncrypted: Bool) -> PersonSettings? {
    optional { choices in
      let buckets = choices.optional { $0.element(of: PersonSettings.bucketCounts) }
      return PersonSettings(
        column: choices.trickyText(count: 1...6), buckets: hasEncrypted ? buckets : nil)
    }
  }

  private mutating func readingRules() throws -> ReadingRules {
    let tokens = try optional { try $0.distinctTexts(count: 0...4) }
    let preparation = optional { choices in
      Preparation(
        sql: choices.trickyText(count: 1...9),
        companions: ["visits", "n", "yes"].filter { _ in choices.bool() })
    }
    return ReadingRules(
      nullTokens: tokens ?? NullTokens.standard,
      delimiter: optional { $0.element(of: Delimiter.allCases) }, preparation: preparation)
  }

  mutating func disclosureSettings() -> DisclosureSettings {
    let aggregates = AggregateFunction.allCases.filter { _ in bool() }
    let privacy = optional { choices -> DifferentialPrivacySettings in
      let mechanism = choices.element(of: DifferentialPrivacySettings.Mechanism.allCases)
      let epsilon: Int64 = choices.integer(in: 1...100_000_000)
      return DifferentialPrivacySettings(
        mechanism: mechanism, epsilonMillionths: epsilon,
        deltaAttos: mechanism == .gaussian ? choices.integer(in: 1...1_000_000_000_000_000) : 0,
        budgetMillionths: choices.integer(in: epsilon...1_000_000_000_000))
    }
    return DisclosureSettings(
      minimumCohort: integer(in: 1...1_000_000_000),
      allowedAggregates: aggregates.isEmpty ? [.sum] : Set(aggregates),
      protectsComplement: bool(), dominanceHundredths: optional { $0.integer(in: 1...10_000) },
      roundingBase: integer(in: 1...1_000_000_000), differentialPrivacy: privacy)
  }
}
