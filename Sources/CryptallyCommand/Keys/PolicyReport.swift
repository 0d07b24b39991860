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
    for server in keys.pinnedServers {
      table.add("server", "\(server.fingerprint), pinned")
    }
  }
}
