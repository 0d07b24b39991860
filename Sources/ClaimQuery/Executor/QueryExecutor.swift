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
    var source = SystemRandomSource()
    return try await answer(
      sql, on: tables, using: &source, timing: timing, progress: progress)
  }

  /// The same from a given source of randomness, for vectors and tests: it gives what the lattice totals
  /// take, then what the Paillier totals take, each in their order. Only for keys without security.
  package func answer(
    _ sql: String, on tables: [EncryptedTable],
    insecureForTesting source: inout some RandomSource
  ) async throws -> EncryptedAnswer {
    precondition(keys.publicKeys.isTesting)
    return try await answer(
      sql, on: tables, using: &source, timing: QueryTiming(), progress: { _ in })
  }

  private func answer(
    _ sql: String, on tables: [EncryptedTable], using source: inout some RandomSource,
    timing: QueryTiming, progress: @Sendable (Double) -> Void
  ) async throws -> EncryptedAnswer {
    let evaluation = try evaluation(of: sql, on: tables, timing: timing)
    let (set, plan) = (evaluation.tables, evaluation.plan)
    var digest = EvaluationDigest()
    let latticeTotals = try await evaluation.latticeTotals(
      digest: &digest, using: &source, progress: progress)
    let paillierTotals =
      try await evaluation.paillierScan()?.run(digest: &digest, using: &source) ?? []
    progress(1)
    return EncryptedAnswer(
      canonicalText: plan.canonicalText, tables: set.references, planDigest: plan.digest,
      clearGroups: evaluation.clearGroups.keys, evaluationDigest: digest.finish(),
      latticeTotals: latticeTotals, paillierTotals: paillierTotals, publicKeys: keys.publicKeys,
      isTesting: set.layout.isInsecureForTesting, signingKey: serverKey.signingKey)
  }

  /// What a query adds up, total by total, before anything is re-randomized: the bytes that the
  /// evaluation digest is over, for vectors. They hide nothing from whoever has the tables.
  package func sums(_ sql: String, on tables: [EncryptedTable]) async throws -> [[UInt8]] {
    try await evaluation(of: sql, on: tables, timing: QueryTiming()).sums()
  }

  private func evaluation(
    of sql: String, on tables: [EncryptedTable], timing: QueryTiming
  ) throws -> QueryEvaluation {
    let set = try TableSet(tables, publicKeys: keys.publicKeys)
    let plan = try Planner(schema: set.layout.schema).plan(SQLParser.parse(sql))
    return QueryEvaluation(
      plan: plan, tables: set, clearGroups: try ClearGroups(plan, tables: set), keys: keys,
      timing: timing)
  }
}
