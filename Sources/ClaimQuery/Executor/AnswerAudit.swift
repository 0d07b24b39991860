import ClaimKeys
import EncryptedTable
import SecureMemory

/// Evaluates an answer's query again on copies of its tables, without any secret, and compares.
///
/// What is compared is the digest that the server signed of everything it added up. Tables that were
/// exchanged, records that were left out and arithmetic that went wrong show in it. Whether the totals in
/// the answer are those sums, re-randomized, cannot be seen without a secret: a server that signs the
/// digest of one evaluation and sends another's totals is found by opening a second server's answer.
public struct AnswerAudit: Sendable {
  private let keys: EvaluationKeySet

  /// An audit with the custodian's evaluation keys.
  public init(keys: EvaluationKeySet) { self.keys = keys }

  /// Returns when the answer is what the tables give.
  ///
  /// - Parameters:
  ///   - answer: what a server sent.
  ///   - tables: copies of the answer's tables, in any order.
  ///   - progress: called with the fraction of the work that is done.
  /// - Throws: `AuditError` for what differs; `AnswerError`, `KeyError`, `QueryError`, `TableError` when
  ///   the tables cannot be evaluated.
  public func check(
    _ answer: EncryptedAnswer, against tables: [EncryptedTable],
    progress: @Sendable (Double) -> Void = { _ in }
  ) async throws {
    guard answer.hasValidSignature else { throw AnswerError.badSignature }
    let set = try TableSet(tables, publicKeys: keys.publicKeys)
    try AnswerAudit.compare(answer.tables, with: set)
    let plan = try Planner(schema: set.layout.schema).plan(SQLParser.parse(answer.canonicalText))
    guard plan.canonicalText == answer.canonicalText, plan.digest == answer.planDigest else {
      throw AuditError.plan(signed: answer.planDigest, found: plan.digest)
    }
    let clearGroups = try ClearGroups(plan, tables: set)
    guard
      clearGroups.keys.map(GroupKeyBytes.init) == answer.clearGroups.map(GroupKeyBytes.init)
    else { throw AuditError.clearGroups }
    let digest = try await QueryEvaluation(
      plan: plan, tables: set, clearGroups: clearGroups, keys: keys, timing: QueryTiming()
    ).digest(progress: progress)
    guard digest == answer.evaluationDigest else {
      throw AuditError.evaluation(signed: answer.evaluationDigest, found: digest)
    }
    progress(1)
  }

  private static func compare(
    _ references: [TableReference], with set: TableSet
  ) throws(AuditError) {
    var signed: [TableIdentifier: TableReference] = [:]
    for reference in references { signed[reference.identifier] = reference }
    for (table, copy) in zip(set.tables, set.references) {
      guard let reference = signed.removeValue(forKey: copy.identifier) else {
        throw .tableNotInAnswer(path: table.path)
      }
      guard reference == copy else {
        throw .snapshot(path: table.path, signed: reference.snapshot, found: copy.snapshot)
      }
    }
    if let missing = signed.keys.map(\.description).min() {
      throw .tableMissing(identifier: missing)
    }
  }
}

/// In what an answer differs from what its tables give.
public enum AuditError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A table that the answer does not name.
  case tableNotInAnswer(path: String)
  /// A table that the answer names was not given.
  case tableMissing(identifier: String)
  /// The copy does not hold what the table held when it was queried.
  case snapshot(path: String, signed: Digest, found: Digest)
  /// The query is planned differently.
  case plan(signed: Digest, found: Digest)
  /// The groups by clear columns are others.
  case clearGroups
  /// What was added up is not what the tables give.
  case evaluation(signed: Digest, found: Digest)

  /// What differs, and between what.
  public var description: String {
    switch self {
    case .tableNotInAnswer(let path):
      "\(path): the answer is not over this table"
    case .tableMissing(let identifier):
      "the answer is also over the table \(identifier): give a copy of it too"
    case .snapshot(let path, let signed, let found):
      "\(path): another snapshot: the answer is over \(signed), this copy holds \(found)"
    case .plan(let signed, let found):
      "another plan: the answer's is \(signed), the query's under this schema \(found)"
    case .clearGroups:
      "the groups by clear columns are not those of the tables"
    case .evaluation(let signed, let found):
      "another evaluation: the server signed \(signed), the tables give \(found)"
    }
  }
}
