import Paillier
import SecureMemory

/// Private keys as bytes.
struct PrivateKeyBytesVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let admits: AdmittedSizes
  }

  struct Case: Decodable, Sendable {
    let bytes: HexBytes
    let fingerprint: HexBytes?
  }

  static let name = "paillier.private-key"

  private let admits: AdmittedSizes

  init(_ group: Group) { admits = group.admits }

  func run(_ vector: Case) throws {
    let (bytes, source) = (SecureBytes(copying: vector.bytes.bytes), "secret.key")
    let key =
      switch admits {
      case .testing: try PrivateKey(serializedInsecureForTesting: bytes, source: source)
      case .production: try PrivateKey(serialized: bytes, source: source)
      }
    try VectorCheck.equal(
      "fingerprint", key.publicKey.fingerprint.bytes,
      VectorCheck.present("fingerprint", vector.fingerprint))
    try VectorCheck.equal("bytes", key.serialized().withUnsafeBytes { Array($0) }, vector.bytes)
  }
}
