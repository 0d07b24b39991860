import ClaimKeys
import ClaimSchema
import Foundation
import SecureMemory

extension SecretKeySet {
  /// Opens an answer, enters it in the ledger, and releases what the disclosure policy admits: what the
  /// custodian does.
  ///
  /// Before a secret is touched everything is compared: the pinned server and its signature, the plan
  /// made again from the query's text over the sealed schema, the number of totals. After that, any
  /// fault gives `AnswerError.refused` and nothing else. Refusals are entered too. What cannot be entered
  /// is not released.
  ///
  /// - Parameters:
  ///   - answer: what the server sent.
  ///   - storage: the custodian's ledger.
  ///   - date: the time to be entered.
  /// - Throws: `AnswerError`; `QueryError.refusedByPolicy`; `LedgerError`, `WireError` and the storage's
  ///   errors when the ledger is not as it was left or cannot be written: then nothing was opened.
  public func open(
    _ answer: EncryptedAnswer, ledger storage: some LedgerStorage, at date: Date = Date()
  ) throws -> OpenedAnswer {
    try storage.exclusively {
      var ledger = try Ledger(storage, keys: self)
      let torn = ledger.chain.tornByteCount
      let time = Int64(exactly: date.timeIntervalSince1970.rounded(.down)) ?? 0
      let budget = budget(after: ledger.chain.entries)
      let opened: (plan: Plan, policy: DisclosurePolicy, decision: DisclosureDecision)
      do {
        opened = try decide(on: answer, after: ledger.chain.entries, budget: budget)
      } catch {
        // Whether a secret was touched is known by the one reason there is then. It may tell something, so
        // it costs what an answer costs.
        let isCharged = error as? AnswerError == .refused
        try ledger.append(
          event(
            of: answer, .refused(reason: SecretKeySet.reason(of: error)),
            budget: isCharged ? budget?.spending : budget?.sparing), time: time)
        throw error
      }
      try ledger.append(
        event(of: answer, .opened, opened.decision, budget: budget?.spending), time: time)
      return OpenedAnswer(
        answer: try opened.policy.answer(to: opened.plan, by: opened.decision),
        droppedLedgerBytes: torn)
    }
  }

  /// Opens an answer without a ledger, for tests of everything else.
  package func openWithoutLedgerForTesting(_ answer: EncryptedAnswer) throws -> Answer {
    let (plan, policy, decision) = try decide(on: answer, after: [], budget: nil)
    return try policy.answer(to: plan, by: decision)
  }

  /// The totals of an answer before the disclosure policy has seen them, for vectors and tests.
  package func totalsForTesting(_ answer: EncryptedAnswer) throws -> [OpenedGroup] {
    try AnswerOpening(plan: plan(of: answer), answer: answer, keys: self).groups()
  }

  private func decide(
    on answer: EncryptedAnswer, after entries: [LedgerEntry], budget: PrivacyBudget?
  ) throws -> (plan: Plan, policy: DisclosurePolicy, decision: DisclosureDecision) {
    let plan = try plan(of: answer)
    let recordsPerPerson = try recordsPerPerson(in: answer)
    let policy = DisclosurePolicy(
      settings: disclosure, recordsPerPerson: recordsPerPerson,
      recordCount: answer.tables.reduce(0) { $0 + Int64($1.recordCount) })
    try policy.checkAggregates(of: plan)
    if let budget, !budget.admitsAnswer {
      throw QueryError.refusedByPolicy(
        "the privacy budget is used up: the ledger has too little left for another answer")
    }
    let opening = try AnswerOpening(plan: plan, answer: answer, keys: self)
    let overlap =
      disclosure.differentialPrivacy == nil
      ? try LedgerOverlap(
        plan: plan, tables: answer.tables, schema: layout.schema,
        threshold: CohortThreshold(
          minimumCohort: disclosure.minimumCohort, recordsPerPerson: recordsPerPerson)) : nil
    let earlier = try overlap?.related(among: entries) ?? []
    try overlap?.checkSnapshots(of: earlier)
    do {
      var source = SystemRandomSource()
      let decision = try policy.decide(
        plan: plan, groups: opening.groups(), schema: layout.schema, using: &source)
      try overlap?.checkCohorts(decision.cohorts, against: earlier)
      return (plan, policy, decision)
    } catch {
      throw AnswerError.refused
    }
  }

  /// The most records that one person can have in the answer's tables together; 1 where the schema names
  /// no person, and records count as people.
  private func recordsPerPerson(in answer: EncryptedAnswer) throws(AnswerError) -> Int {
    guard layout.schema.person != nil else { return 1 }
    var sum = 0
    for table in answer.tables {
      guard let count = table.largestPersonCount else {
        guard table.recordCount == 0 else {
          throw .malformed(part: "number of records of a person")
        }
        continue
      }
      sum += count
    }
    return max(sum, 1)
  }

  private func budget(after entries: [LedgerEntry]) -> PrivacyBudget? {
    disclosure.differentialPrivacy.map { PrivacyBudget($0, after: entries) }
  }

  private func event(
    of answer: EncryptedAnswer, _ outcome: LedgerEvent.Outcome,
    _ decision: DisclosureDecision? = nil, budget: LedgerBudget?
  ) -> LedgerEvent {
    LedgerEvent(
      outcome: outcome, query: answer.canonicalText, planDigest: answer.planDigest,
      tables: answer.tables, policy: disclosure.canonicalText,
      cellCount: decision?.cellCount ?? 0, withheldCount: decision?.withheldCount ?? 0,
      // Under differential privacy nothing is compared later, and counts without noise stay nowhere.
      cohorts: disclosure.differentialPrivacy == nil ? decision?.cohorts ?? [] : [],
      budget: budget)
  }

  /// What a ledger says of a refusal: of errors that are not foreseen, nothing.
  private static func reason(of error: any Error) -> String {
    switch error {
    case let error as AnswerError: error.description
    case let error as QueryError: error.description
    default: AnswerError.refused.description
    }
  }

  private func plan(of answer: EncryptedAnswer) throws -> Plan {
    guard answer.keyFingerprint == publicKeys.fingerprint else {
      throw AnswerError.otherKey(
        expected: publicKeys.fingerprint, found: answer.keyFingerprint)
    }
    guard answer.layoutFingerprint == layout.fingerprint else {
      throw AnswerError.otherLayout(
        expected: layout.fingerprint, found: answer.layoutFingerprint)
    }
    guard pinnedServers.contains(answer.server) else {
      throw AnswerError.serverNotPinned(answer.server.fingerprint)
    }
    guard answer.hasValidSignature else { throw AnswerError.badSignature }
    let plan = try Planner(schema: layout.schema).plan(SQLParser.parse(answer.canonicalText))
    guard plan.canonicalText == answer.canonicalText, plan.digest == answer.planDigest else {
      throw AnswerError.planMismatch
    }
    return plan
  }
}

/// An answer that was released and entered.
public struct OpenedAnswer: Sendable {
  /// What the analyst gets.
  public let answer: Answer
  /// Bytes at the ledger's end that a crash had left there, of an entry that was never finished; they
  /// were dropped.
  public let droppedLedgerBytes: Int
}
