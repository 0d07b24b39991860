import Yams

/// Reads the keys of a schema's top level that say what may be released.
struct DisclosureParser {
  static let keys = [
    "minimum_cohort", "aggregates", "complement", "dominance", "rounding", "differential_privacy",
  ]
  /// What stands for a protection that is off.
  static let none = "none"
  /// Decimals of ε and of the budget.
  static let lossScale = 6
  /// Decimals of δ.
  static let deltaScale = 18

  private let section: SchemaSection
  private let source: String

  init(_ section: SchemaSection, source: String) {
    self.section = section
    self.source = source
  }

  func settings() throws(SchemaError) -> DisclosureSettings {
    DisclosureSettings(
      minimumCohort: try section.integer("minimum_cohort", in: 1...1_000_000_000)
        ?? DisclosureSettings.defaultMinimumCohort,
      allowedAggregates: try aggregates(), protectsComplement: try section.flag("complement"),
      dominanceHundredths: try dominance(),
      roundingBase: try section.integer("rounding", in: 1...1_000_000_000) ?? 1,
      differentialPrivacy: try differentialPrivacy())
  }

  private func aggregates() throws(SchemaError) -> Set<AggregateFunction> {
    let expected = "a list of some of \(names(AggregateFunction.allCases))"
    guard let texts = try section.texts("aggregates", expected: expected) else {
      return Set(AggregateFunction.allCases)
    }
    let aggregates = texts.compactMap(AggregateFunction.init(rawValue:))
    guard aggregates.count == texts.count, !texts.isEmpty, Set(texts).count == texts.count else {
      throw section.invalid("aggregates", expected: expected)
    }
    return Set(aggregates)
  }

  private func dominance() throws(SchemaError) -> Int? {
    let expected = "a percentage above 0 up to 100, with at most 2 decimals, or none"
    if isOff("dominance") { return nil }
    return try section.decimal("dominance", scale: 2, in: 1...10_000, expected: expected)
      .map { Int($0) }
  }

  private func differentialPrivacy() throws(SchemaError) -> DifferentialPrivacySettings? {
    guard let node = section.node("differential_privacy"), !isOff("differential_privacy") else {
      return nil
    }
    let privacy = try SchemaSection(
      node, title: "differential_privacy", knownKeys: ["mechanism", "epsilon", "delta", "budget"],
      source: source)
    let mechanisms = "one of \(names(DifferentialPrivacySettings.Mechanism.allCases))"
    _ = try privacy.require("mechanism", remedy: "add 'mechanism: laplace'")
    _ = try privacy.require("epsilon", remedy: "add the loss of one query: 'epsilon: 0.5'")
    _ = try privacy.require("budget", remedy: "add the loss of all queries: 'budget: 10'")
    guard let text = try privacy.text("mechanism", expected: mechanisms),
      let mechanism = DifferentialPrivacySettings.Mechanism(rawValue: text)
    else { throw privacy.invalid("mechanism", expected: mechanisms) }
    let epsilon =
      try privacy.decimal(
        "epsilon", scale: DisclosureParser.lossScale, in: 1...100_000_000,
        expected: "a number above 0 up to 100, with at most 6 decimals") ?? 0
    let budget =
      try privacy.decimal(
        "budget", scale: DisclosureParser.lossScale, in: epsilon...1_000_000_000_000,
        expected: "a number from epsilon to 1000000, with at most 6 decimals") ?? 0
    return DifferentialPrivacySettings(
      mechanism: mechanism, epsilonMillionths: epsilon, deltaAttos: try delta(privacy, mechanism),
      budgetMillionths: budget)
  }

  private func delta(
    _ privacy: SchemaSection, _ mechanism: DifferentialPrivacySettings.Mechanism
  ) throws(SchemaError) -> Int64 {
    switch mechanism {
    case .laplace:
      guard !privacy.contains("delta") else {
        throw privacy.invalid(
          "delta", expected: "left out with mechanism laplace, which needs none")
      }
      return 0
    case .gaussian:
      _ = try privacy.require("delta", remedy: "add the chance of a greater loss: 'delta: 1e-6'")
      return try privacy.decimal(
        "delta", scale: DisclosureParser.deltaScale, in: 1...1_000_000_000_000_000,
        expected: "a number from 1e-18 to 0.001, with at most 18 decimals") ?? 0
    }
  }

  private func isOff(_ key: String) -> Bool {
    guard case .scalar(let scalar)? = section.node(key) else { return false }
    return scalar.string == DisclosureParser.none
  }
}
