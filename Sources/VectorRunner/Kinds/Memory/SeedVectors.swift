import SecureMemory

/// Bytes that follow from seeds.
struct SeedVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let seed: HexBytes
    let domain: String
    let pieces: [Int]
    let bytes: [HexBytes]
  }

  static let name = "memory.seed"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    var expander = SeedExpander(seed: vector.seed.bytes, domain: vector.domain)
    try VectorCheck.equal(
      "bytes", vector.pieces.map { expander.bytes($0) }, vector.bytes.map(\.bytes))
  }
}
