import Paillier
import SecureMemory

/// Paillier's private keys, as they are sealed.
struct PaillierPrivateKeyCheck: DecoderCheck {
  static let name = "paillier.private-key"
  static let refusals: [any Error.Type] = [PaillierError.self]
  static let byteLimit = 640

  func seeds() throws -> [[UInt8]] {
    try [64, 128, 190].map { bytes(of: try PaillierFixture.key(bitCount: $0)) }
  }

  func run(_ input: [UInt8]) throws {
    let key = try PrivateKey(
      serializedInsecureForTesting: SecureBytes(copying: input), source: Self.source)
    try DecoderDefect.unless(bytes(of: key) == input, "written again it is another key")
    let ciphertext = try Encryptor(publicKey: key.publicKey).encrypt(5)
    try DecoderDefect.unless(try key.decrypt(ciphertext) == 5, "it does not decrypt")
  }

  private func bytes(of key: PrivateKey) -> [UInt8] {
    key.serialized().withUnsafeBytes { Array($0) }
  }
}
