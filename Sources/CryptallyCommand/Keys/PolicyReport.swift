import Cryptally

/// What a secret key releases, and whose answers it opens.
struct PolicyReport {
  private let keys: SecretKeySet

  init(_ keys: SecretKeySet) { self.keys = keys }

  func add(to table: inout TextTable) {
    let cohort = keys.disclosure.minimumCohort
    table.add(
      "policy",
      cohort == 1
        ? "WITHHOLDS NOTHING: totals over single records are released (minimum cohort 1)"
        : "withholds totals over 1 to \(cohort - 1) records (minimum cohort \(cohort))")
    let allowed = AggregateFunction.allCases.filter(keys.disclosure.allowedAggregates.contains)
    table.add("releases", allowed.map(\.rawValue).joined(separator: ", "))
    if keys.disclosure.protectsComplement {
      table.add("complement", "withholds what would follow by subtraction")
    }
    if let dominance = keys.disclosure.dominanceHundredths {
      table.add(
        "dominance",
        "withholds sums to which others than the two largest add less than "
          + "\(FigureText.decimal(Int64(dominance), scale: 2)) % of the largest")
    }
    if keys.disclosure.roundingBase > 1 {
      table.add("rounding", "to multiples of \(FigureText.count(keys.disclosure.roundingBase))")
    }
    if let privacy = keys.disclosure.differentialPrivacy { add(privacy, to: &table) }
    for server in keys.pinnedServers {
      table.add("server", "\(server.fingerprint), pinned")
    }
  }

  private func add(_ privacy: DifferentialPrivacySettings, to table: inout TextTable) {
    var parts = [
      "\(privacy.mechanism.rawValue) noise",
      "epsilon \(FigureText.decimal(privacy.epsilonMillionths, scale: 6)) a query",
    ]
    if privacy.mechanism == .gaussian {
      parts.append("delta \(FigureText.decimal(privacy.deltaAttos, scale: 18))")
    }
    parts.append("budget \(FigureText.decimal(privacy.budgetMillionths, scale: 6))")
    table.add("privacy", parts.joined(separator: ", "))
  }
}
