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
  ///   - progress: called with the fraction of the work that is done.
  /// - Throws: `QueryError`, `AnswerError`, `KeyError` before any work; `TableError` when a table is
  ///   damaged.
  public func answer(
    _ sql: String, on tables: [EncryptedTable], progress: @Sendable (Double) -> Void = { _ in }
  ) async throws -> EncryptedAnswer {
    let set = try TableSet(tables, publicKeys: keys.publicKeys)
    let plan = try Planner(schema: set.layout.schema).plan(SQLParser.parse(sql))
    let clearGroups = try ClearGroups(plan, tables: set)
    let latticeTotals = try await latticeTotals(plan, set, clearGroups, progress: progress)
    let paillierTotals = try await paillierTotals(plan, set, clearGroups)
    progress(1)
    return EncryptedAnswer(
      canonicalText: plan.canonicalText, tables: set.references, planDigest: plan.digest,
      clearGroups: clearGroups.keys, latticeTotals: latticeTotals, paillierTotals: paillierTotals,
      publicKeys: keys.publicKeys, isTesting: set.layout.isInsecureForTesting,
      signingKey: serverKey.signingKey)
  }

  private func latticeTotals(
    _ plan: Plan, _ tables: TableSet, _ clearGroups: ClearGroups,
    progress: @Sendable (Double) -> Void
  ) async throws -> [EncryptedTotals] {
    guard plan.totals.contains(where: \.isLattice) else { return [] }
    guard let publicKey = keys.publicKeys.lattice, let relinearization = keys.relinearization
    else { throw KeyError.inconsistent(source: "the evaluation key", part: "lattice key") }
    let context = publicKey.context
    let scan = LatticeScan(
      plan: plan, tables: tables, clearGroups: clearGroups, context: context, keys: keys,
      relinearization: relinearization)
    let items = try scan.items()
    let encryptor = BFV.Encryptor(publicKey)
    var source = SystemRandomSource()
    let sums = try await scan.run(items, progress: progress).map {
      // A total that nothing contributes to is an encryption of zero like any other.
      $0 ?? encryptor.encryptZero(using: &source)
    }
    let bounds = items.map { max($0.noise, context.noiseModel.fresh) }
    let evaluator = BFV.Evaluator(context)
    guard let galois = keys.galois, scan.isPacked(items) else {
      return try zip(sums, bounds).map { sum, bound in
        try evaluator.extractTotals(
          sum, noise: bound, totalsInAnswer: sums.count, rerandomizingWith: encryptor,
          using: &source)
      }
    }
    let worst = bounds.max() ?? context.noiseModel.fresh
    return try stride(from: 0, to: sums.count, by: context.slotCount).map { start in
      let part = Array(sums[start..<min(start + context.slotCount, sums.count)])
      return try evaluator.extractTotals(
        evaluator.packConstants(part, using: galois), count: part.count,
        noise: context.noiseModel.packing(worst, level: context.topLevel),
        totalsInAnswer: sums.count, rerandomizingWith: encryptor, using: &source)
    }
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
