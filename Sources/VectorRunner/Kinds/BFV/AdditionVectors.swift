import BFV
import Wire

/// Sums and differences of ciphertexts, with plaintexts and integers too.
struct AdditionVectors: VectorKind {
  typealias Group = BFVRingFields

  struct Case: Decodable, Sendable {
    enum Operation: String, Decodable, Sendable {
      case add
      case subtract
      case negate
      case addPlaintext = "add_plaintext"
      case multiplyByInteger = "multiply_by_integer"
      case sum
      case addSerialized = "add_serialized"
    }

    let operation: Operation
    let operands: [CiphertextInput]
    let plaintext: PlaintextInput?
    let weight: SignedHexWord?
    /// The bytes of a ciphertext that is added to the operand.
    let serialized: HexBytes?
    let output: CiphertextOutput?
  }

  static let name = "bfv.addition"

  private let ring: BFVRing

  init(_ group: BFVRingFields) throws { ring = try BFVRing(group) }

  func run(_ vector: Case) throws {
    let found = try result(of: vector)
    try vector.output?.check("output", found)
  }

  private func result(of vector: Case) throws -> Ciphertext {
    let evaluator = ring.evaluator
    let operands = try vector.operands.ciphertexts(in: ring)
    switch vector.operation {
    case .sum:
      return try evaluator.sum(operands)
    case .add:
      return try first(of: operands) { result in
        for operand in operands.dropFirst() { try evaluator.add(operand, to: &result) }
      }
    case .subtract:
      return try first(of: operands) { result in
        for operand in operands.dropFirst() { try evaluator.subtract(operand, from: &result) }
      }
    case .negate:
      return try first(of: operands) { try evaluator.negate(&$0) }
    case .addPlaintext:
      let plaintext = try present(vector.plaintext, "plaintext").plaintext(in: ring)
      return try first(of: operands) { try evaluator.add(plaintext, to: &$0) }
    case .multiplyByInteger:
      let weight = try present(vector.weight, "weight").value
      return try first(of: operands) { try evaluator.multiply(&$0, by: weight) }
    case .addSerialized:
      let bytes = try present(vector.serialized, "serialized").bytes
      return try first(of: operands) { result in
        var reader = BoundedReader(bytes[...], source: "vector")
        try evaluator.add(serialized: &reader, to: &result)
        try reader.finish()
      }
    }
  }

  private func first(
    of operands: [Ciphertext], changed body: (inout Ciphertext) throws -> Void
  ) throws -> Ciphertext {
    var result = try present(operands.first, "operands")
    try body(&result)
    return result
  }

  private func present<Value>(_ value: Value?, _ field: String) throws(VectorMismatch) -> Value {
    guard let value else {
      throw VectorMismatch(field: field, expected: "a value", found: "none")
    }
    return value
  }
}
