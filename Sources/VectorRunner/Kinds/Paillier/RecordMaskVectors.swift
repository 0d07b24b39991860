import BigInteger
import Paillier

/// Masks that hide fields, from given bytes.
struct RecordMaskVectors: VectorKind {
  typealias Group = RecordPackingFields

  struct Case: Decodable, Sendable {
    let block: Int
    let hiddenFields: [Int]
    let bytes: HexBytes
    let mask: HexInteger
  }

  static let name = "paillier.mask"

  private let packing: RecordPacking

  init(_ group: RecordPackingFields) throws { packing = try group.packing() }

  func run(_ vector: Case) throws {
    var source = ReplayedBytes(vector.bytes.bytes)
    let mask = packing.mask(
      hiding: Set(vector.hiddenFields), inBlock: vector.block, using: &source)
    try VectorCheck.equal("mask", mask, vector.mask)
    try VectorCheck.equal("bytes", source.used, vector.bytes.bytes.count)
  }
}
