import BFV
import SecureMemory

/// A ciphertext, the slots that it must hold and the bound on its noise.
struct StudiedCiphertext {
  var ciphertext: Ciphertext
  var slots: SlotValues
  var noise: NoiseBound

  var level: Int { ciphertext.level }
}

extension SeededScheme {
  func encrypt(
    _ slots: SlotValues, isSymmetric: Bool = false,
    insecureForTesting source: inout some RandomSource
  ) throws -> StudiedCiphertext {
    let plaintext = try encoder.encode(slots.centred)
    return StudiedCiphertext(
      ciphertext: isSymmetric
        ? try symmetricEncryptor.encrypt(plaintext, insecureForTesting: &source).expanded()
        : try encryptor.encrypt(plaintext, insecureForTesting: &source),
      slots: slots, noise: isSymmetric ? model.freshSymmetric : model.fresh)
  }

  /// The same with at most `level` primes.
  func switched(_ a: StudiedCiphertext, to level: Int) throws -> StudiedCiphertext {
    level < a.level ? try apply(.switchModulus(dropping: a.level - level), [a]) : a
  }

  /// All of them at the lowest of their levels.
  func aligned(_ operands: [StudiedCiphertext]) throws -> [StudiedCiphertext] {
    let level = operands.map(\.level).min() ?? context.topLevel
    return try operands.map { try switched($0, to: level) }
  }

  /// The bound on an operation's noise, for operands of one level.
  func noise(of operation: CircuitOperation, _ operands: [StudiedCiphertext]) -> NoiseBound {
    operation.noise(self, operands.map(\.noise), level: operands[0].level)
  }

  /// Carries out an operation on operands of one level.
  func apply(
    _ operation: CircuitOperation, _ operands: [StudiedCiphertext]
  ) throws -> StudiedCiphertext {
    StudiedCiphertext(
      ciphertext: try operation.apply(self, operands.map(\.ciphertext)),
      slots: operation.slots(operands.map(\.slots)), noise: noise(of: operation, operands))
  }

  /// By how many bits measured noise is below its bound. No noise at all counts as half a unit, and is
  /// within every bound.
  func distance(
    of ciphertext: Ciphertext, _ message: Plaintext, below bound: NoiseBound
  ) throws -> Double {
    let measured = try decryptor.measuredNoise(of: ciphertext, encrypting: message)
    return measured == -.infinity ? max(bound.log2 + 1, 0) : bound.log2 - measured
  }
}
