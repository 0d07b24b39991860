import ClaimKeys
import SecureMemory

/// Secret keys of schemas.
struct SecretKeyVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let passphrase: HexBytes
    let schema: String?
    let policy: String?
    let pinnedServers: [HexBytes]?
    let publicKey: HexBytes?
    let signingSeed: HexBytes?
    let latticeSecret: HexBytes?
    let paillierSecret: HexBytes?
    /// Salt and nonce.
    let randomness: HexBytes?
  }

  static let name = "format.secret-key"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let passphrase = SecureBytes(copying: vector.passphrase.bytes)
    let keys =
      group.acceptsTesting == true
      ? try SecretKeySet(
        sealed: bytes, passphrase: passphrase, source: FileGroup.source, allowsTesting: true)
      : try SecretKeySet(sealed: bytes, passphrase: passphrase, source: FileGroup.source)
    guard let schema = vector.schema, let policy = vector.policy,
      let pinnedServers = vector.pinnedServers, let publicKey = vector.publicKey,
      let signingSeed = vector.signingSeed, let randomness = vector.randomness
    else { return }
    try VectorCheck.equal("schema", keys.layout.schema.canonicalText, schema)
    try VectorCheck.equal("policy", keys.disclosure.canonicalText, policy)
    try VectorCheck.equal(
      "pinned_servers", keys.pinnedServers.map(\.bytes), pinnedServers.map(\.bytes))
    try VectorCheck.equal("public_key", keys.publicKeys.serialized(), publicKey)
    try VectorCheck.equal(
      "signing_seed", keys.signingKey.withSeed { $0.withUnsafeBytes { Array($0) } }, signingSeed)
    try VectorCheck.equal(
      "lattice_secret", keys.lattice.map { SecretKeyVectors.bytes(of: $0.serialized()) },
      vector.latticeSecret?.bytes)
    try VectorCheck.equal(
      "paillier_secret", keys.paillier.map { SecretKeyVectors.bytes(of: $0.serialized()) },
      vector.paillierSecret?.bytes)
    var source = ReplayedBytes(randomness.bytes)
    let written = try keys.sealed(
      passphrase: passphrase, cost: .insecureForTesting, insecureForTesting: &source)
    try VectorCheck.equal("written", written, bytes)
  }

  private static func bytes(of secret: SecureBytes) -> [UInt8] {
    secret.withUnsafeBytes { Array($0) }
  }
}
