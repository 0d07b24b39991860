import BFV
import Wire

/// What answers carry of ciphertexts, and its decryption.
struct EncryptedTotalsCheck: DecoderCheck {
  static let name = "bfv.totals"
  static let refusals: [any Error.Type] = [WireError.self, EvaluationError.self]
  static let byteLimit = 8192

  private let secret: SecretKey
  private let fixture: DecoderFixture

  init() throws {
    fixture = try DecoderFixture.shared.get()
    guard let secret = fixture.keys.lattice else { throw DecoderDefect("there is no key") }
    self.secret = secret
  }

  func seeds() throws -> [[UInt8]] { [bytes(of: try EncryptedTotalsCheck.sample(fixture))] }

  func run(_ input: [UInt8]) throws {
    var reader = BoundedReader(input[...], source: Self.source)
    let totals = try EncryptedTotals(context: secret.context, from: &reader)
    try reader.finish()
    try DecoderDefect.unless(bytes(of: totals) == input, "written again they are others")
    let values = try Decryptor(secret).decrypt(totals)
    try DecoderDefect.unless(values.count == totals.count, "not every total was decrypted")
  }

  /// One total.
  static func sample(_ fixture: DecoderFixture) throws -> EncryptedTotals {
    guard let key = fixture.keys.publicKeys.lattice else {
      throw DecoderDefect("there is no key")
    }
    let encryptor = Encryptor(key)
    return try Evaluator(key.context).extractTotals(
      encryptor.encryptZero(), noise: key.context.noiseModel.fresh, totalsInAnswer: 1,
      rerandomizingWith: encryptor)
  }

  private func bytes(of totals: EncryptedTotals) -> [UInt8] {
    var writer = BoundedWriter()
    totals.write(to: &writer)
    return writer.bytes
  }
}
