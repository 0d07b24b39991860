import BFV

/// Division by the last primes, rounded.
struct ModulusSwitchVectors: VectorKind {
  typealias Group = BFVRingFields

  struct Case: Decodable, Sendable {
    let operand: CiphertextInput
    let level: Int
    let output: CiphertextOutput?
  }

  static let name = "bfv.modulus-switch"

  private let ring: BFVRing

  init(_ group: BFVRingFields) throws { ring = try BFVRing(group) }

  func run(_ vector: Case) throws {
    var operand = try vector.operand.ciphertext(in: ring)
    let copy = try ring.evaluator.switchModulus(operand, to: vector.level)
    try vector.output?.check("output", copy)
    try ring.evaluator.switchModulus(&operand, to: vector.level)
    try vector.output?.check("output, in place", operand)
  }
}
