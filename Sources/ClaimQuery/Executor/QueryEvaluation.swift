import BFV
import ClaimKeys
import SecureMemory

/// One query on one set of tables: what its answer is made from, and what an audit compares.
struct QueryEvaluation {
  let plan: Plan
  let tables: TableSet
  let clearGroups: ClearGroups
  let keys: EvaluationKeySet
  let timing: QueryTiming

  /// The lattice totals as they travel; none when the plan has none.
  func latticeTotals(
    digest: inout EvaluationDigest, using source: inout some RandomSource,
    progress: @Sendable (Double) -> Void
  ) async throws -> [EncryptedTotals] {
    guard let (scan, publicKey) = try latticeScan() else { return [] }
    return try await LatticeAnswer(
      scan: scan, encryptor: BFV.Encryptor(publicKey), galois: keys.galois
    ).totals(of: scan.items(), digest: &digest, using: &source, progress: progress)
  }

  /// The digest of everything that is added up; no answer is made.
  func digest(progress: @Sendable (Double) -> Void) async throws -> Digest {
    var digest = EvaluationDigest()
    try await add(to: &digest, progress: progress)
    return digest.finish()
  }

  /// Everything that is added up, total by total, as the digest takes it.
  func sums() async throws -> [[UInt8]] {
    var digest = EvaluationDigest(keepingSums: true)
    try await add(to: &digest) { _ in }
    return digest.sums ?? []
  }

  private func add(
    to digest: inout EvaluationDigest, progress: @Sendable (Double) -> Void
  ) async throws {
    if let (scan, _) = try latticeScan() {
      try await scan.run(scan.items(), progress: progress) { _, sum in digest.add(sum) }
    }
    try await paillierScan()?.add(to: &digest)
  }

  /// Nil when no total is under Paillier.
  func paillierScan() throws -> PaillierScan? {
    guard plan.totals.contains(where: { !$0.isLattice }) else { return nil }
    guard let publicKey = keys.publicKeys.paillier, let packing = tables.layout.packing else {
      throw KeyError.inconsistent(source: "the evaluation key", part: "Paillier key")
    }
    return PaillierScan(
      plan: plan, tables: tables, clearGroups: clearGroups, publicKey: publicKey, packing: packing)
  }

  /// Nil when no total is a lattice's.
  private func latticeScan() throws -> (LatticeScan, BFV.PublicKey)? {
    guard plan.totals.contains(where: \.isLattice) else { return nil }
    guard let publicKey = keys.publicKeys.lattice, let relinearization = keys.relinearization
    else { throw KeyError.inconsistent(source: "the evaluation key", part: "lattice key") }
    let scan = LatticeScan(
      plan: plan, tables: tables, clearGroups: clearGroups,
      evaluator: BFV.Evaluator(publicKey.context), keys: keys, relinearization: relinearization,
      timing: timing)
    return (scan, publicKey)
  }
}
