import BFV
import SecureMemory

/// Three parts back to two.
struct RelinearizationVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let foreign: BFVParameterFields?
    let secretSeed: HexBytes
    let keySeed: HexBytes
  }

  struct Case: Decodable, Sendable {
    let operand: CiphertextInput
    let output: CiphertextOutput?
    /// Whether the key is of the foreign ring.
    let foreignKey: Bool?
  }

  static let name = "bfv.relinearization"

  private let group: Group
  private let ring: BFVRing
  private let key: RelinearizationKey

  init(_ group: Group) throws {
    self.group = group
    ring = try BFVRing(group.parameters, foreign: group.foreign)
    key = try RelinearizationVectors.key(group, ring, isForeign: false)
  }

  func run(_ vector: Case) throws {
    let operand = try vector.operand.ciphertext(in: ring)
    let isForeign = vector.foreignKey ?? false
    let key = isForeign ? try RelinearizationVectors.key(group, ring, isForeign: true) : key
    let result = try ring.evaluator.relinearize(operand, using: key)
    try vector.output?.check("output", result)
  }

  private static func key(
    _ group: Group, _ ring: BFVRing, isForeign: Bool
  ) throws -> RelinearizationKey {
    var source = SeedExpander(vectorSeed: group.keySeed)
    let secretKey = try ring.secretKey(group.secretSeed, isForeign: isForeign)
    return RelinearizationKey(for: secretKey, insecureForTesting: &source)
  }
}
