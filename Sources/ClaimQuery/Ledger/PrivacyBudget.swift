import ClaimSchema

/// What is left of a policy's privacy loss, by the ledger.
struct PrivacyBudget {
  private let left: Int64
  private let cost: Int64

  init(_ settings: DifferentialPrivacySettings, after entries: [LedgerEntry]) {
    cost = settings.epsilonMillionths
    var left = settings.budgetMillionths
    for entry in entries {
      let (rest, overflow) = left.subtractingReportingOverflow(
        max(entry.event.budget?.spentMillionths ?? 0, 0))
      left = overflow ? 0 : max(rest, 0)
    }
    self.left = left
  }

  /// Whether another answer may be opened.
  var admitsAnswer: Bool { left >= cost }

  /// After an answer.
  var spending: LedgerBudget {
    LedgerBudget(spentMillionths: cost, leftMillionths: max(left - cost, 0))
  }

  /// After a refusal that told nothing.
  var sparing: LedgerBudget { LedgerBudget(spentMillionths: 0, leftMillionths: left) }
}
