import ClaimKeys
import SecureMemory
import Wire

/// `server.key`: a file, or its seed.
struct ServerKeyCheck: DecoderCheck {
  static let name = "keys.server"
  static let refusals: [any Error.Type] = [WireError.self, KeyError.self, SecureMemoryError.self]
  static let byteLimit = 256

  func seeds() -> [[UInt8]] { [ServerKey().serialized(), Array(0..<32)] }

  func run(_ input: [UInt8]) throws {
    let file = DecoderFixture.isFile(input) ? input : ServerKeyCheck.sealed(input)
    let key = try ServerKey(serialized: file, source: Self.source)
    let again = try ServerKey(serialized: key.serialized(), source: Self.source)
    try DecoderDefect.unless(
      again.verifyingKey == key.verifyingKey, "written again it is another key")
  }

  private static func sealed(_ payload: [UInt8]) -> [UInt8] {
    let seed = SecureBytes(copying: payload)
    let fingerprint =
      (try? SigningKey(seed: seed))?.verifyingKey.fingerprint ?? Digest.of([], domain: "no key")
    return Envelope.seal(
      kind: .serverKey, version: 1, isTesting: false, parameterFingerprint: fingerprint,
      keyFingerprint: fingerprint, payload: payload)
  }
}
