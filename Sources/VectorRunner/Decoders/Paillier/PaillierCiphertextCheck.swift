import Paillier
import Wire

/// Paillier's ciphertexts: a file, or what is in it; and their decryption.
struct PaillierCiphertextCheck: DecoderCheck {
  static let name = "paillier.ciphertext"
  static let refusals: [any Error.Type] = [WireError.self, PaillierError.self]
  static let byteLimit = 256

  private let key: PrivateKey

  init() throws { key = try PaillierFixture.key(bitCount: 128) }

  func seeds() throws -> [[UInt8]] {
    let ciphertext = try Encryptor(publicKey: key.publicKey).encrypt(7)
    return [
      try ciphertext.fileBytes(for: key.publicKey), try ciphertext.serialized(for: key.publicKey),
    ]
  }

  func run(_ input: [UInt8]) throws {
    let publicKey = key.publicKey
    let ciphertext: Ciphertext
    if DecoderFixture.isFile(input) {
      ciphertext = try Ciphertext(fileBytes: input, key: publicKey, source: Self.source)
      try DecoderDefect.unless(
        try ciphertext.fileBytes(for: publicKey) == input, "written again it is another file")
    } else {
      ciphertext = try Ciphertext(serialized: input, key: publicKey, source: Self.source)
      try DecoderDefect.unless(
        try ciphertext.serialized(for: publicKey) == input, "written again it is another")
    }
    let plaintext = try key.decrypt(ciphertext)
    try DecoderDefect.unless(plaintext < publicKey.modulus, "the plaintext is too large")
  }
}
