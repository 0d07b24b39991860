import BFV
import Testing
import Wire
import _TestSupport

/// The homomorphic law: what random circuits over ciphertexts decrypt to is what the same circuits over
/// slots give, wherever the noise model says so, and measured noise is below its bound.
@Suite struct CircuitTests {
  private struct Case: CustomStringConvertible {
    let ring: CircuitRing
    let circuits: [Circuit]
    var description: String {
      "\(ring): \(circuits.map(\.description).joined(separator: "; "))"
    }
  }

  private func check(_ result: StudiedCiphertext, _ scheme: SeededScheme) throws {
    let message = try scheme.encoder.encode(result.slots.centred)
    let distance = try scheme.distance(of: result.ciphertext, message, below: result.noise)
    try hold(distance >= 0, "noise is \(-distance) bits above its bound")
    let decrypted = try scheme.decryptor.decrypt(result.ciphertext)
    try agree(
      try scheme.encoder.decode(decrypted), result.slots.centred, "the slots")
  }

  @Test(arguments: CircuitRing.allCases)
  func circuitsDecryptToWhatTheyCompute(ring: CircuitRing) throws {
    let scheme = try ring.scheme
    let generator = CircuitGenerator(scheme: scheme)
    var circuits: [Circuit] = []
    try Property("decrypt(f(encrypt(x))) = f(x)", runs: ring == .n4096 ? 12 : 80) { choices in
      Case(ring: ring, circuits: [generator.root(&choices, depth: 6).circuit])
    } holds: { made in
      circuits.append(made.circuits[0])
      _ = try made.circuits[0].evaluate(scheme) { try check($0, scheme) }
    }.check()
    // What is generated is worth its name: circuits, products of them among many.
    #expect(circuits.contains { $0.operationCount >= 10 })
    let products = circuits.count { circuit in
      circuit.contains {
        switch $0 {
        case .product, .productSum, .threeParts: true
        default: false
        }
      }
    }
    #expect(products > circuits.count / 5 || ring == .n4096)
  }

  /// What an answer does with circuits' results: packs them, floods, sends, decrypts the totals.
  @Test(arguments: [CircuitRing.degree8, .degree16, .degree64, .degree64Deep, .degree256])
  func totalsOfCircuitsAreTheirSums(ring: CircuitRing) throws {
    let scheme = try ring.scheme
    let generator = CircuitGenerator(scheme: scheme)
    try Property("an answer's totals are the sums of the slots", runs: 40) { choices in
      Case(
        ring: ring,
        circuits: choices.array(count: 1...5) { generator.circuit(&$0, depth: 3).circuit })
    } holds: { made in
      let operands = try scheme.aligned(made.circuits.map { try $0.evaluate(scheme) { _ in } })
      let (model, level) = (scheme.model, operands[0].level)
      let worst = operands.map(\.noise).max() ?? model.fresh
      let noise = operands.count > 1 ? model.packing(worst, level: level) : worst
      let sum =
        operands.count > 1
        ? try scheme.evaluator.packConstants(
          operands.map(\.ciphertext), using: scheme.galoisKeys) : operands[0].ciphertext
      do {
        let sent = try scheme.evaluator.extractTotals(
          sum, count: operands.count, noise: noise, totalsInAnswer: operands.count,
          rerandomizingWith: scheme.encryptor)
        var writer = BoundedWriter()
        sent.write(to: &writer)
        var reader = BoundedReader(writer.bytes[...], source: "totals")
        let received = try EncryptedTotals(context: scheme.context, from: &reader)
        try agree(
          try scheme.decryptor.decrypt(received),
          operands.map { $0.slots.filled(with: $0.slots.total).centred[0] }, "the totals")
      } catch EvaluationError.noiseTooLarge {
        throw Discarded()
      }
    }.check()
  }
}
