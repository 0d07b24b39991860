import BFV
import Wire

/// Ciphertexts whose second part is a seed.
struct SeededCiphertextCheck: DecoderCheck {
  static let name = "bfv.seeded-ciphertext"
  static let refusals: [any Error.Type] = [WireError.self]

  private let secret: SecretKey

  init() throws {
    guard let secret = try DecoderFixture.shared.get().keys.lattice else {
      throw DecoderDefect("there is no key")
    }
    self.secret = secret
  }

  func seeds() throws -> [[UInt8]] {
    let values = try BatchEncoder(secret.context).encode([1, -2, 3])
    return [bytes(of: try SymmetricEncryptor(secret).encrypt(values))]
  }

  func run(_ input: [UInt8]) throws {
    var reader = BoundedReader(input[...], source: Self.source)
    let ciphertext = try SeededCiphertext(context: secret.context, from: &reader)
    try reader.finish()
    try DecoderDefect.unless(bytes(of: ciphertext) == input, "written again it is another")
    _ = try Decryptor(secret).decrypt(ciphertext.expanded())
  }

  private func bytes(of ciphertext: SeededCiphertext) -> [UInt8] {
    var writer = BoundedWriter()
    ciphertext.write(to: &writer)
    return writer.bytes
  }
}
