import ClaimSchema
import Testing

@Suite struct DisclosureSettingsTests {
  private func settings(_ lines: String) throws(SchemaError) -> DisclosureSettings {
    try Schema.parse(
      yaml: "table: t\ncapacity: 10\n\(lines)\ncolumns: {A: {protect: drop}}", source: "s.yaml"
    ).disclosure
  }

  private static let laplace = DifferentialPrivacySettings(
    mechanism: .laplace, epsilonMillionths: 500_000, budgetMillionths: 10_000_000)
  private static let gaussian = DifferentialPrivacySettings(
    mechanism: .gaussian, epsilonMillionths: 1, deltaAttos: 1_000_000_000_000,
    budgetMillionths: 1)

  static let all: [(String, DisclosureSettings)] = [
    ("", DisclosureSettings(minimumCohort: 11, protectsComplement: true, roundingBase: 1)),
    ("minimum_cohort: 1", DisclosureSettings(minimumCohort: 1, protectsComplement: false)),
    (
      "minimum_cohort: 5\ncomplement: false",
      DisclosureSettings(minimumCohort: 5, protectsComplement: false)
    ),
    (
      "minimum_cohort: 1\ncomplement: true",
      DisclosureSettings(minimumCohort: 1, protectsComplement: true)
    ),
    ("dominance: 10", DisclosureSettings(dominanceHundredths: 1000)),
    ("dominance: 0.01", DisclosureSettings(dominanceHundredths: 1)),
    ("dominance: none", DisclosureSettings()),
    ("dominance: 100", DisclosureSettings(dominanceHundredths: 10_000)),
    (
      "rounding: 5\naggregates: [count]",
      DisclosureSettings(allowedAggregates: [.count], roundingBase: 5)
    ),
    ("differential_privacy: none", DisclosureSettings()),
    (
      "differential_privacy: { mechanism: laplace, epsilon: 0.5, budget: 10 }",
      DisclosureSettings(differentialPrivacy: laplace)
    ),
    (
      "differential_privacy: { mechanism: gaussian, epsilon: 1e-6, delta: 1e-6, budget: 0.000001 }",
      DisclosureSettings(differentialPrivacy: gaussian)
    ),
  ]

  @Test(arguments: all)
  func everySettingIsReadAndWritten(lines: String, expected: DisclosureSettings) throws {
    let found = try settings(lines)
    #expect(found == expected)
    #expect(
      try DisclosureSettings(canonicalText: found.canonicalText, source: "key") == expected)
  }

  @Test func canonicalTextHasEveryDefault() {
    let text = DisclosureSettings(allowedAggregates: [.count, .sum]).canonicalText
    #expect(
      text == """
        minimum_cohort: 11
        aggregates: [sum, count]
        complement: true
        dominance: none
        rounding: 1
        differential_privacy: none

        """)
    #expect(
      DisclosureSettings(
        dominanceHundredths: 1050, differentialPrivacy: DisclosureSettingsTests.gaussian
      ).canonicalText.contains(
        "dominance: 10.50\nrounding: 1\ndifferential_privacy: { mechanism: gaussian, "
          + "epsilon: 0.000001, delta: 0.000001000000000000, budget: 0.000001 }"))
  }

  @Test func theFingerprintLeavesThemOut() throws {
    let text = "table: t\ncapacity: 10\ncolumns: {A: {protect: drop}}\n"
    let plain = try Schema.parse(yaml: text, source: "s.yaml")
    let strict = try Schema.parse(
      yaml: text + "dominance: 10\nrounding: 5\ncomplement: false\n", source: "s.yaml")
    #expect(strict.fingerprint == plain.fingerprint)
    #expect(strict.canonicalText != plain.canonicalText)
  }

  @Test func otherTextIsNoPolicy() {
    for text in [
      "", "table: t\n", "minimum_cohort: 0\n", "minimum_cohort: 11\nminimum_cohort: 1\n",
    ] {
      #expect(throws: SchemaError.self) {
        try DisclosureSettings(canonicalText: text, source: "secret.key")
      }
    }
  }
}
