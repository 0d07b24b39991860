import Paillier
import Wire

/// Paillier's public keys: a file, or what is in it.
struct PaillierPublicKeyCheck: DecoderCheck {
  static let name = "paillier.public-key"
  static let refusals: [any Error.Type] = [WireError.self, PaillierError.self]
  static let byteLimit = 640

  private let key: PrivateKey

  init() throws { key = try PaillierFixture.key(bitCount: 128) }

  func seeds() throws -> [[UInt8]] {
    [key.publicKey.fileBytes(), key.publicKey.serialized()]
  }

  func run(_ input: [UInt8]) throws {
    if DecoderFixture.isFile(input) {
      let key = try PublicKey(fileBytes: input, source: Self.source, allowsTesting: true)
      try DecoderDefect.unless(key.fileBytes() == input, "written again it is another file")
    } else {
      let key = try PublicKey(serializedInsecureForTesting: input[...], source: Self.source)
      try DecoderDefect.unless(key.serialized() == input, "written again it is another key")
    }
  }
}
