import BFV
import PeerParameters

/// Encrypted indicators and values, to be multiplied pair by pair and added up.
struct ScanFixture: Sendable {
  let parameters: EncryptionParameters
  private let evaluator: Evaluator
  private let relinearizationKey: RelinearizationKey
  private let indicators: [Ciphertext]
  private let amounts: [Ciphertext]

  init(pairs: Int) throws {
    parameters = try PeerParameters.conditionalSum()
    let context = try Context(parameters)
    let secretKey = SecretKey(context)
    let encoder = BatchEncoder(context)
    let encryptor = Encryptor(PublicKey(for: secretKey))
    func column(_ value: (Int) -> Int64) throws -> [Ciphertext] {
      try (0..<pairs).map { pair in
        try encryptor.encrypt(
          encoder.encode((0..<context.slotCount).map { value($0 + pair) }))
      }
    }
    indicators = try column { Int64($0 & 1) }
    amounts = try column { Int64($0 % 1000) }
    relinearizationKey = RelinearizationKey(for: secretKey)
    evaluator = Evaluator(context)
  }

  /// In memory, eight bytes a residue.
  var operandMegabytes: Int {
    2 * indicators.count * 2 * parameters.ciphertextModuli.count * parameters.degree * 8 / 1_000_000
  }

  /// The time of the whole sum, chunks spread over the threads.
  func milliseconds(threads: Int) async throws -> Double {
    let start = ContinuousClock.now
    let accumulators = try await withThrowingTaskGroup(of: ProductAccumulator.self) { group in
      for thread in 0..<threads {
        group.addTask {
          let level = parameters.ciphertextModuli.count
          var accumulator = try evaluator.makeProductAccumulator(level: level)
          for pair in stride(from: thread, to: indicators.count, by: threads) {
            try accumulator.accumulate(indicators[pair], amounts[pair])
          }
          return accumulator
        }
      }
      var accumulators: [ProductAccumulator] = []
      for try await accumulator in group { accumulators.append(accumulator) }
      return accumulators
    }
    guard var total = accumulators.first else { return 0 }
    for other in accumulators.dropFirst() { try total.merge(other) }
    _ = try total.finish(relinearizingWith: relinearizationKey)
    return (ContinuousClock.now - start) / .milliseconds(1)
  }
}
