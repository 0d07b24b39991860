import BFV
import SecureMemory

/// An expression over fresh ciphertexts. Equal parts stand for one and the same ciphertext, so that the
/// noises of operands are related in all ways.
indirect enum Circuit {
  /// A fresh ciphertext, random by its seed.
  case input(SlotValues, isSymmetric: Bool, seed: UInt64)
  case operation(CircuitOperation, [Circuit])

  /// The ciphertext that the scheme makes of it, with what it must hold.
  ///
  /// - Parameter check: is called with every part's ciphertext, from the inputs up.
  func evaluate(
    _ scheme: SeededScheme, _ check: (StudiedCiphertext) throws -> Void
  ) throws -> StudiedCiphertext {
    let result: StudiedCiphertext
    switch self {
    case .input(let slots, let isSymmetric, let seed):
      var source = SeedExpander(
        seed: withUnsafeBytes(of: seed.littleEndian) { Array($0) }, domain: "circuit input")
      result = try scheme.encrypt(slots, isSymmetric: isSymmetric, insecureForTesting: &source)
    case .operation(let operation, let operands):
      result = try scheme.apply(
        operation, scheme.aligned(operands.map { try $0.evaluate(scheme, check) }))
    }
    try check(result)
    return result
  }

  /// How many operations there are.
  var operationCount: Int {
    switch self {
    case .input: 0
    case .operation(_, let operands): operands.reduce(1) { $0 + $1.operationCount }
    }
  }

  /// Whether an operation of it is as asked.
  func contains(_ isWanted: (CircuitOperation) -> Bool) -> Bool {
    switch self {
    case .input: false
    case .operation(let operation, let operands):
      isWanted(operation) || operands.contains { $0.contains(isWanted) }
    }
  }
}

extension Circuit: CustomStringConvertible {
  var description: String {
    switch self {
    case .input(let slots, let isSymmetric, let seed):
      "\(isSymmetric ? "symmetric" : "public")(\(slots), seed \(seed))"
    case .operation(let operation, let operands):
      "(\(operation): \(operands.map(\.description).joined(separator: ", ")))"
    }
  }
}
