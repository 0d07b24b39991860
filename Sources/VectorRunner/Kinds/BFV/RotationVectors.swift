import BFV
import SecureMemory

/// Rotations, the swap of the rows, and sums of slots, which are made of them.
struct RotationVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let foreign: BFVParameterFields?
    let secretSeed: HexBytes
    let keySeed: HexBytes
    let elements: [Int]
  }

  struct Case: Decodable, Sendable {
    enum Operation: String, Decodable, Sendable {
      case rotate
      /// Several rotations that share a decomposition.
      case rotateTogether = "rotate_together"
      case swapRows = "swap_rows"
      case slotSum = "slot_sum"
      case slotMean = "slot_mean"
      case blockSum = "block_sum"
    }

    let operation: Operation
    let operand: CiphertextInput
    let steps: [Int]?
    let blockSize: Int?
    let outputs: [CiphertextOutput]?
    /// What the outputs decrypt to, slot by slot.
    let slots: [[SignedHexWord]]?
    /// Whether the keys are of the foreign ring.
    let foreignKeys: Bool?
  }

  static let name = "bfv.rotation"

  private let group: Group
  private let ring: BFVRing
  private let decryptor: Decryptor
  private let keys: GaloisKeys

  init(_ group: Group) throws {
    self.group = group
    ring = try BFVRing(group.parameters, foreign: group.foreign)
    decryptor = Decryptor(try ring.secretKey(group.secretSeed))
    keys = try RotationVectors.keys(group, ring, isForeign: false)
  }

  func run(_ vector: Case) throws {
    let found = try results(of: vector)
    try vector.outputs?.check("outputs", found)
    if let slots = vector.slots {
      let encoder = BatchEncoder(ring.context)
      for (ciphertext, expected) in zip(found, slots) {
        try VectorCheck.equal(
          "slots", encoder.decode(decryptor.decrypt(ciphertext)), expected.map(\.value))
      }
    }
  }

  private func results(of vector: Case) throws -> [Ciphertext] {
    let evaluator = ring.evaluator
    let operand = try vector.operand.ciphertext(in: ring)
    let isForeign = vector.foreignKeys ?? false
    let keys = isForeign ? try RotationVectors.keys(group, ring, isForeign: true) : keys
    switch vector.operation {
    case .rotate:
      return try (vector.steps ?? []).map {
        try evaluator.rotateRows(operand, by: $0, using: keys)
      }
    case .rotateTogether:
      return try evaluator.rotateRows(operand, by: vector.steps ?? [], using: keys)
    case .swapRows:
      return [try evaluator.swapRows(operand, using: keys)]
    case .slotSum:
      return [try evaluator.slotSum(operand, using: keys)]
    case .slotMean:
      return [try evaluator.slotMean(operand, using: keys)]
    case .blockSum:
      return [try evaluator.slotSum(operand, blockSize: vector.blockSize ?? 0, using: keys)]
    }
  }

  private static func keys(_ group: Group, _ ring: BFVRing, isForeign: Bool) throws -> GaloisKeys {
    var source = SeedExpander(vectorSeed: group.keySeed)
    let secretKey = try ring.secretKey(group.secretSeed, isForeign: isForeign)
    return GaloisKeys(
      for: secretKey, elements: Set(group.elements), insecureForTesting: &source)
  }
}
