import SecureMemory

/// Secrets under passphrases.
struct SealedBoxVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let passphrase: HexBytes
    let associatedData: HexBytes
    let secret: HexBytes?
    let passes: UInt32?
    let memory: UInt64?
    /// Salt and nonce.
    let randomness: HexBytes?
  }

  static let name = "format.sealed-box"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let passphrase = SecureBytes(copying: vector.passphrase.bytes)
    let secret = try SealedBox.open(
      bytes, passphrase: passphrase, associatedData: vector.associatedData.bytes,
      source: FileGroup.source)
    guard let expected = vector.secret, let passes = vector.passes, let memory = vector.memory,
      let randomness = vector.randomness
    else { return }
    try VectorCheck.equal("secret", secret.withUnsafeBytes { Array($0) }, expected)
    var source = ReplayedBytes(randomness.bytes)
    let written = try SealedBox.seal(
      secret, passphrase: passphrase, associatedData: vector.associatedData.bytes,
      cost: PassphraseCost(passes: passes, memoryByteCount: memory), insecureForTesting: &source)
    try VectorCheck.equal("written", written, bytes)
    try VectorCheck.equal("randomness", source.used, randomness.bytes.count)
  }
}
