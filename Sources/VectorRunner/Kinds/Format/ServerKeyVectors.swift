import ClaimKeys

/// Signing keys of servers.
struct ServerKeyVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let seed: HexBytes?
    let key: HexBytes?
    let fingerprint: HexBytes?
  }

  static let name = "format.server-key"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let server = try ServerKey(serialized: bytes, source: FileGroup.source)
    guard let seed = vector.seed, let key = vector.key, let fingerprint = vector.fingerprint
    else { return }
    try VectorCheck.equal(
      "seed", server.signingKey.withSeed { $0.withUnsafeBytes { Array($0) } }, seed)
    try VectorCheck.equal("key", server.verifyingKey.bytes, key)
    try VectorCheck.equal("fingerprint", server.verifyingKey.fingerprint.bytes, fingerprint)
    try VectorCheck.equal("written", server.serialized(), bytes)
  }
}
