/// The part of a schema that says what the custodian may release.
public struct DisclosureSettings: Hashable, Sendable {
  /// Aggregates over 1 to `minimumCohort - 1` people are withheld. 1 withholds nothing.
  public let minimumCohort: Int
  /// The aggregates that may be released at all.
  public let allowedAggregates: Set<AggregateFunction>
  /// Whether what is left out is protected like what is shown: rows that would follow by subtraction,
  /// and filters that leave out few records.
  public let protectsComplement: Bool
  /// The share p that others than the two largest contributors must have in a sum, in hundredths of a
  /// percent of the largest; nil when a sum may be one contributor's.
  public let dominanceHundredths: Int?
  /// Released counts are multiples of it, released sums of so many major units. 1 rounds nothing.
  public let roundingBase: Int
  /// The noise on what is released; nil without differential privacy.
  public let differentialPrivacy: DifferentialPrivacySettings?

  /// The minimum cell size of CMS's publications.
  public static let defaultMinimumCohort = 11

  /// Settings of these parts: cohort and rounding base at least 1, a share from 1 to 10,000, at least
  /// one aggregate. The complement is protected by default where small cohorts are.
  public init(
    minimumCohort: Int = DisclosureSettings.defaultMinimumCohort,
    allowedAggregates: Set<AggregateFunction> = Set(AggregateFunction.allCases),
    protectsComplement: Bool? = nil, dominanceHundredths: Int? = nil, roundingBase: Int = 1,
    differentialPrivacy: DifferentialPrivacySettings? = nil
  ) {
    self.minimumCohort = minimumCohort
    self.allowedAggregates = allowedAggregates
    self.protectsComplement = protectsComplement ?? (minimumCohort > 1)
    self.dominanceHundredths = dominanceHundredths
    self.roundingBase = roundingBase
    self.differentialPrivacy = differentialPrivacy
  }
}

/// How much noise released counts and sums carry, in exact numbers.
public struct DifferentialPrivacySettings: Hashable, Sendable {
  /// The distribution of the noise.
  public enum Mechanism: String, CaseIterable, Hashable, Sendable {
    /// The discrete Laplace distribution: pure differential privacy.
    case laplace
    /// The discrete Gaussian distribution: approximate differential privacy.
    case gaussian
  }

  /// The distribution of the noise.
  public let mechanism: Mechanism
  /// The privacy loss ε that one query costs, in millionths.
  public let epsilonMillionths: Int64
  /// The chance δ of a greater loss, in units of 10^-18; 0 with `laplace`.
  public let deltaAttos: Int64
  /// The privacy loss that all queries together may cost, in millionths.
  public let budgetMillionths: Int64

  /// Settings of these parts; nothing is checked.
  public init(
    mechanism: Mechanism, epsilonMillionths: Int64, deltaAttos: Int64 = 0, budgetMillionths: Int64
  ) {
    self.mechanism = mechanism
    self.epsilonMillionths = epsilonMillionths
    self.deltaAttos = deltaAttos
    self.budgetMillionths = budgetMillionths
  }
}
