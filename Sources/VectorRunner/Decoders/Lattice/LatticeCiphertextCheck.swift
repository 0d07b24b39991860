import BFV
import Wire

/// Ciphertexts of the lattice scheme, and their decryption.
struct LatticeCiphertextCheck: DecoderCheck {
  static let name = "bfv.ciphertext"
  static let refusals: [any Error.Type] = [WireError.self]
  static let byteLimit = 4096

  private let context: Context
  private let secret: SecretKey
  private let fixture: DecoderFixture

  init() throws {
    fixture = try DecoderFixture.shared.get()
    guard let secret = fixture.keys.lattice else { throw DecoderDefect("there is no key") }
    self.secret = secret
    context = secret.context
  }

  func seeds() throws -> [[UInt8]] {
    guard let key = fixture.keys.publicKeys.lattice else { return [] }
    let ciphertext = Encryptor(key).encryptZero()
    let evaluator = Evaluator(context)
    return try (1...context.topLevel).map { level in
      bytes(of: try evaluator.switchModulus(ciphertext, to: level))
    }
  }

  func run(_ input: [UInt8]) throws {
    var reader = BoundedReader(input[...], source: Self.source)
    let ciphertext = try Ciphertext(context: context, from: &reader)
    try reader.finish()
    try DecoderDefect.unless(bytes(of: ciphertext) == input, "written again it is another")
    _ = try Decryptor(secret).decrypt(ciphertext)
  }

  private func bytes(of ciphertext: Ciphertext) -> [UInt8] {
    var writer = BoundedWriter()
    ciphertext.write(to: &writer)
    return writer.bytes
  }
}
