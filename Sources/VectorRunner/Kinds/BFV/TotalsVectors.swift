import BFV
import Wire

/// What an answer carries to totals: N times each coefficient that was sent, modulo t.
struct TotalsVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let foreign: BFVParameterFields?
    let secretSeed: HexBytes
  }

  struct Case: Decodable, Sendable {
    let bytes: HexBytes
    let totals: [SignedHexWord]?
    /// Whether they are of the foreign ring.
    let foreign: Bool?
  }

  static let name = "bfv.totals"

  private let ring: BFVRing
  private let decryptor: Decryptor

  init(_ group: Group) throws {
    ring = try BFVRing(group.parameters, foreign: group.foreign)
    decryptor = Decryptor(try ring.secretKey(group.secretSeed))
  }

  func run(_ vector: Case) throws {
    let context = try ring.context(isForeign: vector.foreign ?? false)
    var reader = BoundedReader(vector.bytes.bytes[...], source: "vector")
    let totals = try EncryptedTotals(context: context, from: &reader)
    try reader.finish()
    let found = try decryptor.decrypt(totals)
    try VectorCheck.equal("totals", found, vector.totals?.map(\.value) ?? [])
  }
}
