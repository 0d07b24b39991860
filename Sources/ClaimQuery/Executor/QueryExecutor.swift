import BFV
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
    let latticeTotals = try await latticeTotals(
      plan, set, clearGroups, timing: timing, progress: progress)
    let paillierTotals = try await paillierTotals(plan, set, clearGroups)
    progress(1)
    return EncryptedAnswer(
      canonicalText: plan.canonicalText, tables: set.references, planDigest: plan.digest,
      clearGroups: clearGroups.keys, latticeTotals: latticeTotals, paillierTotals: paillierTotals,
      publicKeys: keys.publicKeys, isTesting: set.layout.isInsecureForTesting,
      signingKey: serverKey.signingKey)
  }

  private func latticeTotals(
    _ plan: Plan, _ tables: TableSet, _ clearGroups: ClearGroups, timing: QueryTiming,
    progress: @Sendable (Double) -> Void
  ) async throws -> [EncryptedTotals] {
    guard plan.totals.contains(where: \.isLattice) else { return [] }
    guard let publicKey = keys.publicKeys.lattice, let relinearization = keys.relinearization
    else { throw KeyError.inconsistent(source: "the evaluation key", part: "lattice key") }
    let scan = LatticeScan(
      plan: plan, tables: tables, clearGroups: clearGroups,
      evaluator: BFV.Evaluator(publicKey.context), keys: keys, relinearization: relinearization,
      timing: timing)
    return try await LatticeAnswer(
      scan: scan, encryptor: BFV.Encryptor(publicKey), galois: keys.galois
    ).totals(of: scan.items(), progress: progress)
  }

  private func paillierTotals(
    _ plan: Plan, _ tables: TableSet, _ clearGroups: ClearGroups
  ) async throws -> [[UInt8]] {
    guard plan.totals.contains(where: { !$0.isLattice }) else { return [] }
    guard let publicKey = keys.publicKeys.paillier, let packing = tables.layout.packing else {
      throw KeyError.inconsistent(source: "the evaluation key", part: "Paillier key")
    }
    return try await PaillierScan(
      plan: plan, tables: tables, clearGroups: clearGroups, publicKey: publicKey, packing: packing
    ).run()
  }
}
