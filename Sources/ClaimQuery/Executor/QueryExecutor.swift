import ClaimKeys
import ClaimSchema
import EncryptedTable
import SecureMemory

/// Evaluates queries on encrypted tables: what the server does. It holds no secret but its signing
/// key.
public struct QueryExecutor: Sendable {
  private let keys: EvaluationKeySet
  private let serverKey: ServerKey

  /// - Parameters:
  ///   - keys: the custodian's evaluation keys.
  ///   - serverKey: signs the answers; the custodian has its public half pinned.
  public init(keys: EvaluationKeySet, serverKey: ServerKey) {
    self.keys = keys
    self.serverKey = serverKey
  }

  /// Evaluates a query on tables under one key.
  ///
  /// - Parameters:
  ///   - sql: one SELECT over the schema's table.
  ///   - tables: each once.
  ///   - timing: told where the time of the lattice totals goes.
  ///   - progress: called with the fraction of the work that is done.
  /// - Throws: `QueryError`, `AnswerError`, `KeyError` before any work; `TableError` when a table is
  ///   damaged.
  public func answer(
    _ sql: String, on tables: [EncryptedTable], timing: QueryTiming = QueryTiming(),
    progress: @Sendable (Double) -> Void = { _ in }
  ) async throws -> EncryptedAnswer {
    let set = try TableSet(tables, publicKeys: keys.publicKeys)
    let plan = try Planner(schema: set.layout.schema).plan(SQLParser.parse(sql))
    let clearGroups = try ClearGroups(plan, tables: set)
    let evaluation = QueryEvaluation(
      plan: plan, tables: set, clearGroups: clearGroups, keys: keys, timing: timing)
    var digest = EvaluationDigest()
    let latticeTotals = try await evaluation.latticeTotals(digest: &digest, progress: progress)
    let paillierTotals = try await evaluation.paillierScan()?.run(digest: &digest) ?? []
    progress(1)
    return EncryptedAnswer(
      canonicalText: plan.canonicalText, tables: set.references, planDigest: plan.digest,
      clearGroups: clearGroups.keys, evaluationDigest: digest.finish(),
      latticeTotals: latticeTotals, paillierTotals: paillierTotals, publicKeys: keys.publicKeys,
      isTesting: set.layout.isInsecureForTesting, signingKey: serverKey.signingKey)
  }
}
