import BFV
import SecureMemory

/// Takes what a scan has added up to the form in which it travels, a slice of totals at a time: one
/// by one, or packed into as few ciphertexts as possible.
struct LatticeAnswer: Sendable {
  let scan: LatticeScan
  let encryptor: BFV.Encryptor
  let galois: GaloisKeys?

  /// The most totals that are packed into one ciphertext: they wait for it in memory.
  private static let packedTotals = 512

  private var evaluator: BFV.Evaluator { scan.evaluator }
  private var context: Context { evaluator.context }

  /// - Parameter source: in the totals' order it gives an encryption of zero for a total that nothing
  ///   contributes to, and what `extractTotals` takes: for packed totals when the last one of their
  ///   ciphertext has come.
  /// - Throws: `EvaluationError`, `TableError`, `WireError`.
  func totals(
    of items: [LatticeScan.Item], digest: inout EvaluationDigest,
    using source: inout some RandomSource, progress: @Sendable (Double) -> Void
  ) async throws -> [EncryptedTotals] {
    let model = context.noiseModel
    guard let galois, scan.isPacked(items) else {
      var totals: [EncryptedTotals] = []
      try await scan.run(items, progress: progress) { item, sum in
        try Task.checkCancellation()
        digest.add(sum)
        totals.append(
          try scan.timing.measure(.finishing) {
            let sum = sum ?? encryptor.encryptZero(insecureForTesting: &source)
            return try evaluator.extractTotals(
              sum, noise: max(item.noise, model.fresh), totalsInAnswer: items.count,
              rerandomizingWith: encryptor, insecureForTesting: &source)
          })
      }
      return totals
    }
    // Sums wait at the lowest level that bears packing and flooding, where they are small.
    let worst = items.map(\.noise).reduce(model.fresh, max)
    let level = packingLevel(worst, totals: items.count)
    let noise = model.packing(
      model.modulusSwitch(worst, from: context.topLevel, to: level), level: level)
    var totals: [EncryptedTotals] = []
    var waiting: [BFV.Ciphertext] = []
    func pack() throws {
      guard !waiting.isEmpty else { return }
      try Task.checkCancellation()
      let count = waiting.count
      let part = waiting
      waiting = []
      totals.append(
        try scan.timing.measure(.finishing) {
          try evaluator.extractTotals(
            evaluator.packConstants(part, using: galois), count: count, noise: noise,
            totalsInAnswer: items.count, rerandomizingWith: encryptor,
            insecureForTesting: &source)
        })
    }
    try await scan.run(items, progress: progress) { _, sum in
      digest.add(sum)
      let sum = sum ?? encryptor.encryptZero(insecureForTesting: &source)
      waiting.append(try evaluator.switchModulus(sum, to: level))
      if waiting.count == min(context.slotCount, LatticeAnswer.packedTotals) { try pack() }
    }
    try pack()
    return totals
  }

  private func packingLevel(_ noise: NoiseBound, totals: Int) -> Int {
    let model = context.noiseModel
    var level = context.topLevel
    while level > 1 {
      let lower = level - 1
      let packed = model.packing(
        model.modulusSwitch(noise, from: context.topLevel, to: lower), level: lower)
      let zero = model.modulusSwitch(model.fresh, from: context.topLevel, to: lower)
      guard model.admitsTotal(model.flooded(packed + zero, totals: totals), level: lower) else {
        break
      }
      level = lower
    }
    return level
  }
}
