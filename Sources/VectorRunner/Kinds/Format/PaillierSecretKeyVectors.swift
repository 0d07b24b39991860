import Paillier
import SecureMemory

/// Paillier secret keys in files of their own.
struct PaillierSecretKeyVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let passphrase: HexBytes
    let modulus: String?
    let modulusBits: Int?
    let shortExponents: Bool?
    let fingerprint: HexBytes?
    /// What is sealed.
    let content: HexBytes?
    /// Salt and nonce.
    let randomness: HexBytes?
  }

  static let name = "format.paillier-secret-key"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let passphrase = SecureBytes(copying: vector.passphrase.bytes)
    let key =
      group.acceptsTesting == true
      ? try PrivateKey(
        sealed: bytes, passphrase: passphrase, source: FileGroup.source, allowsTesting: true)
      : try PrivateKey(sealed: bytes, passphrase: passphrase, source: FileGroup.source)
    guard let content = vector.content, let fingerprint = vector.fingerprint,
      let randomness = vector.randomness
    else { return }
    try VectorCheck.equal("modulus", key.publicKey.modulus.hexadecimal, vector.modulus)
    try VectorCheck.equal("modulus_bits", key.publicKey.bitCount, vector.modulusBits)
    try VectorCheck.equal(
      "short_exponents", key.publicKey.supportsShortExponents, vector.shortExponents)
    try VectorCheck.equal("fingerprint", key.publicKey.fingerprint.bytes, fingerprint)
    try VectorCheck.equal("content", key.serialized().withUnsafeBytes { Array($0) }, content)
    var source = ReplayedBytes(randomness.bytes)
    let written = try key.sealed(
      passphrase: passphrase, cost: .insecureForTesting, insecureForTesting: &source)
    try VectorCheck.equal("written", written, bytes)
  }
}
