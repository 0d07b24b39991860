import BFV
import PeerParameters
import Synchronization

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
    let pairs = Turns(count: indicators.count)
    var total = try await withThrowingTaskGroup(of: ProductAccumulator.self) { group in
      for _ in 0..<threads {
        group.addTask {
          var accumulator = try evaluator.makeProductAccumulator()
          while let pair = pairs.next() {
            try accumulator.accumulate(indicators[pair], amounts[pair])
          }
          return accumulator
        }
      }
      var total = try await group.next() ?? evaluator.makeProductAccumulator()
      for try await accumulator in group { try total.merge(accumulator) }
      return total
    }
    _ = try total.finish(relinearizingWith: relinearizationKey)
    return (ContinuousClock.now - start) / .milliseconds(1)
  }
}

/// Numbers for several threads: each takes the next one when it is ready, so that none waits for a
/// slower one.
private final class Turns: Sendable {
  private let count: Int
  private let taken = Atomic(0)

  init(count: Int) { self.count = count }

  func next() -> Int? {
    let number = taken.add(1, ordering: .relaxed).oldValue
    return number < count ? number : nil
  }
}
