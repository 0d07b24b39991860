import BFV
import ClaimKeys
import Paillier
import Wire

/// `evaluation.key`: a file, or what follows the public keys in it.
struct EvaluationKeySetCheck: DecoderCheck {
  static let name = "keys.evaluation"
  static let refusals: [any Error.Type] = [
    WireError.self, KeyError.self, ParameterError.self, PaillierError.self,
  ]
  static let byteLimit = 1 << 16

  private let fixture: DecoderFixture

  init() throws { fixture = try DecoderFixture.shared.get() }

  func seeds() throws -> [[UInt8]] {
    let keys = fixture.keys.makeEvaluationKeys()
    let withoutGalois = EvaluationKeySetCheck.parts(
      relinearization: keys.relinearization, galois: nil)
    return [
      keys.serialized(), withoutGalois,
      EvaluationKeySetCheck.parts(
        relinearization: keys.relinearization, galois: keys.galois),
    ]
  }

  func run(_ input: [UInt8]) throws {
    let file = DecoderFixture.isFile(input) ? input : signed(input)
    let keys = try EvaluationKeySet(serialized: file, source: Self.source, allowsTesting: true)
    try DecoderDefect.unless(keys.serialized() == file, "written again it is another file")
    guard !DecoderFixture.isFile(input) else { return }
    try DecoderDefect.unless(
      EvaluationKeySetCheck.parts(relinearization: keys.relinearization, galois: keys.galois)
        == input, "its keys written again are others")
  }

  private func signed(_ parts: [UInt8]) -> [UInt8] {
    var writer = BoundedWriter()
    writer.append(lengthPrefixed: fixture.keys.publicKeys.serialized())
    writer.append(bytes: parts)
    return fixture.file(
      .evaluationKey,
      payload: SignedBody(
        signing: writer.bytes, context: EvaluationKeySet.context, with: fixture.keys.signingKey
      ).payload)
  }

  private static func parts(
    relinearization: RelinearizationKey?, galois: GaloisKeys?
  ) -> [UInt8] {
    var writer = BoundedWriter()
    writer.append(relinearization != nil)
    relinearization?.write(to: &writer)
    writer.append(galois != nil)
    galois?.write(to: &writer)
    return writer.bytes
  }
}
