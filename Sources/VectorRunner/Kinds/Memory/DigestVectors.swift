import SecureMemory

/// Digests under domains.
struct DigestVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let domain: String
    let key: HexBytes?
    let data: HexBytes
    let digest: HexBytes
  }

  static let name = "memory.digest"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    var stream = DigestStream(domain: vector.domain, key: vector.key?.bytes)
    stream.update(vector.data.bytes)
    try VectorCheck.equal("digest", stream.finalize().bytes, vector.digest)
  }
}
