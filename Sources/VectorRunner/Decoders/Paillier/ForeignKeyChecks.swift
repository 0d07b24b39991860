import Paillier
import SecureMemory
import Wire

/// python-paillier's public keys in JSON.
struct ForeignPublicKeyCheck: DecoderCheck {
  static let name = "paillier.json-public-key"
  static let refusals: [any Error.Type] = [WireError.self, PaillierError.self]

  func seeds() throws -> [[UInt8]] {
    [try PaillierFixture.key(bitCount: 2048).publicKey.jsonWebKey()]
  }

  func run(_ input: [UInt8]) throws {
    let key = try PublicKey(jsonWebKey: input, source: Self.source)
    let again = try PublicKey(jsonWebKey: key.jsonWebKey(), source: Self.source)
    try DecoderDefect.unless(again == key, "written again it is another key")
  }
}

/// python-paillier's private keys in JSON.
struct ForeignPrivateKeyCheck: DecoderCheck {
  static let name = "paillier.json-private-key"
  static let refusals: [any Error.Type] = [WireError.self, PaillierError.self]

  func seeds() throws -> [[UInt8]] {
    [try PaillierFixture.key(bitCount: 2048).jsonWebKey().withUnsafeBytes { Array($0) }]
  }

  func run(_ input: [UInt8]) throws {
    let key = try PrivateKey(jsonWebKey: SecureBytes(copying: input), source: Self.source)
    let again = try PrivateKey(jsonWebKey: key.jsonWebKey(), source: Self.source)
    try DecoderDefect.unless(
      again.publicKey == key.publicKey, "written again it is another key")
  }
}

/// python-paillier's encrypted numbers in JSON.
struct ForeignNumberCheck: DecoderCheck {
  static let name = "paillier.json-number"
  static let refusals: [any Error.Type] = [WireError.self, PaillierError.self]

  private let key: PrivateKey

  init() throws { key = try PaillierFixture.key(bitCount: 128) }

  func seeds() throws -> [[UInt8]] {
    try ["12.5", "-3", "0.0625"].map { text in
      Array(
        try Encryptor(publicKey: key.publicKey).encrypt(try EncodedNumber(exactly: text)).json.utf8)
    }
  }

  func run(_ input: [UInt8]) throws {
    let number = try EncryptedNumber(json: input, key: key.publicKey, source: Self.source)
    let again = try EncryptedNumber(
      json: Array(number.json.utf8), key: key.publicKey, source: Self.source)
    try DecoderDefect.unless(again == number, "written again it is another number")
    _ = try key.decrypt(number).decimal
  }
}
