import BFV
import ClaimKeys
import Paillier
import SecureMemory
import Wire

/// `public.key`: a file, or what its custodian signs.
struct PublicKeySetCheck: DecoderCheck {
  static let name = "keys.public"
  static let refusals: [any Error.Type] = [
    WireError.self, KeyError.self, ParameterError.self, PaillierError.self,
  ]

  private let fixture: DecoderFixture

  init() throws { fixture = try DecoderFixture.shared.get() }

  private static let custodianOffset = Digest.byteCount

  func seeds() throws -> [[UInt8]] {
    let file = fixture.keys.publicKeys.serialized()
    let payload = try Envelope.open(
      file, expecting: .publicKey, source: Self.source, allowsTesting: true
    ).payload
    return [file, try SignedBody(payload, source: Self.source).body]
  }

  func run(_ input: [UInt8]) throws {
    let file = DecoderFixture.isFile(input) ? input : signed(input)
    let keys = try PublicKeySet(serialized: file, source: Self.source, allowsTesting: true)
    try DecoderDefect.unless(keys.serialized() == file, "written again it is another file")
    guard !DecoderFixture.isFile(input) else { return }
    try DecoderDefect.unless(
      PublicKeySetCheck.body(of: keys).dropFirst(64).elementsEqual(input.dropFirst(64)),
      "its fields written again are others")
  }

  /// The file with a body, whose custodian is the fixture's.
  private func signed(_ body: [UInt8]) -> [UInt8] {
    var body = body
    let custodian = fixture.keys.publicKeys.custodian.bytes
    let end = Self.custodianOffset + custodian.count
    if body.count >= end { body.replaceSubrange(Self.custodianOffset..<end, with: custodian) }
    return Envelope.seal(
      kind: .publicKey, version: 1, isTesting: true,
      parameterFingerprint: fixture.keys.layout.fingerprint,
      keyFingerprint: Digest.of(body, domain: PublicKeySet.context),
      payload: SignedBody(
        signing: body, context: PublicKeySet.context, with: fixture.keys.signingKey
      ).payload)
  }

  private static func body(of keys: PublicKeySet) -> [UInt8] {
    var writer = BoundedWriter()
    writer.append(keys.schemaFingerprint)
    writer.append(bytes: keys.custodian.bytes)
    writer.append(keys.lattice != nil)
    if let lattice = keys.lattice {
      lattice.context.parameters.write(to: &writer)
      lattice.write(to: &writer)
    }
    writer.append(keys.paillier != nil)
    if let paillier = keys.paillier { writer.append(lengthPrefixed: paillier.serialized()) }
    return writer.bytes
  }
}
