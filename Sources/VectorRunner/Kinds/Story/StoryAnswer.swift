import BFV
import BigInteger
import ClaimQuery
import EncryptedTable
import SecureMemory
import Wire

extension StoryCase.Answer {
  /// Evaluates the query, opens the answer, and compares every step.
  func check(
    query: String, on tables: [EncryptedTable], plan: StoryCase.PlanFacts, keys: StoryKeys
  ) async throws {
    let executor = QueryExecutor(keys: keys.evaluation, serverKey: keys.server)
    let added = try await executor.sums(query, on: tables)
    try VectorCheck.equal("answer.sums count", added.count, sums.count)
    for (index, (sum, digest)) in zip(added, sums).enumerated() {
      try VectorCheck.digest("answer.sums[\(index)]", sum, digest)
    }
    var source = SeedExpander(vectorSeed: seed)
    let answer = try await executor.answer(query, on: tables, insecureForTesting: &source)
    try VectorCheck.equal("plan.clear_groups", answer.clearGroups, plan.clearGroups)
    try VectorCheck.equal(
      "answer.evaluation_digest", answer.evaluationDigest.bytes, evaluationDigest)
    try checkTotals(of: answer)
    let bytes = answer.serialized()
    try VectorCheck.digest("answer.file", bytes, file)
    try checkOpening(of: keys.answer(in: bytes), keys)
  }

  private func checkTotals(of answer: EncryptedAnswer) throws {
    try VectorCheck.equal(
      "answer.lattice_totals count", answer.latticeTotals.count, latticeTotals.count)
    for (index, (totals, digest)) in zip(answer.latticeTotals, latticeTotals).enumerated() {
      var writer = BoundedWriter()
      totals.write(to: &writer)
      try VectorCheck.digest("answer.lattice_totals[\(index)]", writer.bytes, digest)
    }
    try VectorCheck.equal(
      "answer.paillier_totals",
      answer.paillierTotals.map { BigInteger(bigEndianBytes: $0).hexadecimal }, paillierTotals)
  }

  private func checkOpening(of answer: EncryptedAnswer, _ keys: StoryKeys) throws {
    let groups = try keys.custodian.totalsForTesting(answer).map {
      Opened(keys: $0.keys, totals: $0.totals.map(\.decimal))
    }
    try VectorCheck.equal("answer.opened", groups, opened)
    let released = try keys.custodian.openWithoutLedgerForTesting(answer)
    try VectorCheck.equal("answer.rows", released.rows.map { $0.map(\.text) }, rows)
    try VectorCheck.equal(
      "answer.withheld", released.withheld.map { Place(row: $0.row, column: $0.column) }, withheld)
  }
}
