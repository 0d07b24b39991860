import BFV
import SecureMemory

/// Constant coefficients of several ciphertexts in one.
struct ConstantPackingVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let foreign: BFVParameterFields?
    let secretSeed: HexBytes
    let keySeed: HexBytes
    let elements: [Int]
  }

  struct Case: Decodable, Sendable {
    let operands: [CiphertextInput]
    let output: CiphertextOutput?
    /// What the result decrypts to.
    let message: [HexWord]?
  }

  static let name = "bfv.packing"

  private let ring: BFVRing
  private let decryptor: Decryptor
  private let keys: GaloisKeys

  init(_ group: Group) throws {
    ring = try BFVRing(group.parameters, foreign: group.foreign)
    let secretKey = try ring.secretKey(group.secretSeed)
    decryptor = Decryptor(secretKey)
    var source = SeedExpander(vectorSeed: group.keySeed)
    keys = GaloisKeys(
      for: secretKey, elements: Set(group.elements), insecureForTesting: &source)
  }

  func run(_ vector: Case) throws {
    let packed = try ring.evaluator.packConstants(
      vector.operands.ciphertexts(in: ring), using: keys)
    try vector.output?.check("output", packed)
    if let message = vector.message {
      try VectorCheck.equal("message", decryptor.decrypt(packed).coefficients, message)
    }
  }
}
