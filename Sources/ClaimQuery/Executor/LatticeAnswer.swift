import BFV

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

  /// - Throws: `EvaluationError`, `TableError`, `WireError`.
  func totals(
    of items: [LatticeScan.Item], digest: inout EvaluationDigest,
    progress: @Sendable (Double) -> Void
  ) async throws -> [EncryptedTotals] {
    let model = context.noiseModel
    guard let galois, scan.isPacked(items) else {
      var totals: [EncryptedTotals] = []
      try await scan.run(items, progress: progress) { item, sum in
        try Task.checkCancellation()
        digest.add(sum)
        totals.append(
          try scan.timing.measure(.finishing) {
            try evaluator.extractTotals(
              sum ?? encryptor.encryptZero(), noise: max(item.noise, model.fresh),
              totalsInAnswer: items.count, rerandomizingWith: encryptor)
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
            totalsInAnswer: items.count, rerandomizingWith: encryptor)
        })
    }
    try await scan.run(items, progress: progress) { _, sum in
      digest.add(sum)
      waiting.append(
        try evaluator.switchModulus(sum ?? encryptor.encryptZero(), to: level))
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
