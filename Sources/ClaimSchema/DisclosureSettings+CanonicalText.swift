extension DisclosureSettings {
  /// The settings as lines of a schema file with every default written out. `init(canonicalText:)` reads
  /// them back to equal settings.
  public var canonicalText: String {
    let aggregates = AggregateFunction.allCases.filter(allowedAggregates.contains)
    let dominance = dominanceHundredths.map { ExactDecimal.text(Int64($0), scale: 2) }
    return """
      minimum_cohort: \(minimumCohort)
      aggregates: [\(names(aggregates))]
      complement: \(protectsComplement)
      dominance: \(dominance ?? DisclosureParser.none)
      rounding: \(roundingBase)
      differential_privacy: \(differentialPrivacy?.canonicalText ?? DisclosureParser.none)

      """
  }

  /// Reads ``canonicalText``. `source` is the name that errors give to it.
  ///
  /// - Throws: `SchemaError`.
  public init(canonicalText: String, source: String) throws(SchemaError) {
    let section = try SchemaSection(
      try SchemaParser.root(canonicalText, source: source), title: "the disclosure policy",
      knownKeys: DisclosureParser.keys, source: source)
    self = try DisclosureParser(section, source: source).settings()
  }
}

extension DifferentialPrivacySettings {
  fileprivate var canonicalText: String {
    var parts = [
      "mechanism: \(mechanism.rawValue)",
      "epsilon: \(ExactDecimal.text(epsilonMillionths, scale: DisclosureParser.lossScale))",
    ]
    if mechanism == .gaussian {
      parts.append("delta: \(ExactDecimal.text(deltaAttos, scale: DisclosureParser.deltaScale))")
    }
    parts.append(
      "budget: \(ExactDecimal.text(budgetMillionths, scale: DisclosureParser.lossScale))")
    return "{ \(parts.joined(separator: ", ")) }"
  }
}
