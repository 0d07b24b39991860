import SecureMemory
import Wire

/// One line of the custodian's ledger: an answer that was opened, or refused.
public struct LedgerEntry: Hashable, Sendable {
  /// Its place in the ledger, from 0.
  public let index: Int
  /// When it was entered, in seconds since 1970 UTC.
  public let time: Int64
  /// What happened.
  public let event: LedgerEvent
  /// The digest of the entry before it; of the ledger's beginning for the first.
  package let previous: Digest
}

/// What a ledger says of an answer. It never holds a total.
public struct LedgerEvent: Hashable, Sendable {
  /// Whether anything was released.
  public enum Outcome: Hashable, Sendable {
    /// Opened, and released as far as the policy admits.
    case opened
    /// Not opened, with what may be told of the reason.
    case refused(reason: String)
  }

  /// Whether anything was released.
  public let outcome: Outcome
  /// The query in canonical text.
  public let query: String
  /// The digest of the plan that the answer names.
  public let planDigest: Digest
  /// The tables that the answer names.
  public let tables: [TableReference]
  /// The policy that was applied, in the words of a schema file.
  public let policy: String
  /// The cells of the answer that hold results, withheld ones included.
  public let cellCount: Int
  /// The cells that were withheld.
  public let withheldCount: Int
  /// The cohorts that were released.
  package let cohorts: [LedgerCohort]
  /// The privacy loss, where the policy has differential privacy.
  public let budget: LedgerBudget?

  package init(
    outcome: Outcome, query: String, planDigest: Digest, tables: [TableReference], policy: String,
    cellCount: Int = 0, withheldCount: Int = 0, cohorts: [LedgerCohort] = [],
    budget: LedgerBudget? = nil
  ) {
    self.outcome = outcome
    self.query = query
    self.planDigest = planDigest
    self.tables = tables
    self.policy = policy
    self.cellCount = cellCount
    self.withheldCount = withheldCount
    self.cohorts = cohorts
    self.budget = budget
  }
}

/// How many records one released cell is about: what later queries are compared with.
package struct LedgerCohort: Hashable, Sendable {
  /// The digest of the group's keys.
  package let group: Digest
  /// The aggregate's place in the plan.
  package let aggregate: Int
  /// The contributors.
  package let count: Int64

  package init(group: Digest, aggregate: Int, count: Int64) {
    self.group = group
    self.aggregate = aggregate
    self.count = count
  }

  /// The digest by which a ledger names a group.
  package static func digest(of keys: [String?]) -> Digest {
    var writer = BoundedWriter()
    for key in keys {
      writer.append(key != nil)
      if let key { writer.append(string: key) }
    }
    return Digest.of(writer.bytes, domain: "Cryptally ledger group")
  }
}

/// The privacy loss of an answer and what is left for later ones, in millionths of ε.
public struct LedgerBudget: Hashable, Sendable {
  /// What this answer cost.
  public let spentMillionths: Int64
  /// What is left after it.
  public let leftMillionths: Int64

  package init(spentMillionths: Int64, leftMillionths: Int64) {
    self.spentMillionths = spentMillionths
    self.leftMillionths = leftMillionths
  }
}
