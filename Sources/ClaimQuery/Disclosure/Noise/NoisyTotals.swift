import BigInteger
import ClaimSchema
import SecureMemory

/// The noise of every total that a plan's aggregates read. The same total has the same noise wherever it
/// is read.
struct NoisyTotals {
  /// By total; nil for those that nothing reads.
  private let mechanisms: [NoiseMechanism?]
  private let isCount: [Bool]

  /// Nil when the range of a total is not known.
  ///
  /// A person's records are in some groups, recordsPerPerson of them together, so over all groups of one
  /// total they change at most so often its largest value. ε is shared by the totals of a group.
  init?(
    plan: Plan, schema: Schema?, settings: DifferentialPrivacySettings, recordsPerPerson: Int
  ) {
    let read = Set(plan.aggregates.flatMap(\.totals))
    var mechanisms: [NoiseMechanism?] = []
    for (index, total) in plan.totals.enumerated() {
      guard read.contains(index) else {
        mechanisms.append(nil)
        continue
      }
      guard let largest = NoisyTotals.largest(of: total, schema: schema),
        let mechanism = NoiseMechanism(
          settings, sensitivity: largest * BigInteger(max(recordsPerPerson, 1)),
          shares: read.count)
      else { return nil }
      mechanisms.append(mechanism)
    }
    self.mechanisms = mechanisms
    isCount = plan.totals.map { $0.summedValue == nil }
  }

  /// The largest absolute value that one record adds to a total.
  private static func largest(of total: TotalSpecification, schema: Schema?) -> BigInteger? {
    guard let value = total.summedValue else { return 1 }
    var product: BigInteger = 1
    for name in value.factors {
      guard let range = schema?.column(named: name)?.numberRange else { return nil }
      product *= BigInteger(max(range.lowerBound.magnitude, range.upperBound.magnitude))
    }
    return product
  }

  /// A group with noise on every total that is read; counts do not become negative.
  func adding(to group: OpenedGroup, using source: inout some RandomSource) -> OpenedGroup {
    var totals: [BigInteger] = []
    for (index, total) in group.totals.enumerated() {
      let noisy = mechanisms[index]?.adding(to: total, using: &source) ?? 0
      totals.append(isCount[index] ? max(noisy, 0) : noisy)
    }
    return OpenedGroup(keys: group.keys, totals: totals)
  }
}
