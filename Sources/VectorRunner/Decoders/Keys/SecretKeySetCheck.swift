import BFV
import ClaimKeys
import ClaimSchema
import Paillier
import SecureMemory
import Wire

/// What is sealed in `secret.key`, without the public keys in it.
struct SecretKeySetCheck: DecoderCheck {
  static let name = "keys.secret"
  static let refusals: [any Error.Type] = [
    WireError.self, KeyError.self, ParameterError.self, PackingError.self, PaillierError.self,
    SchemaError.self, SecureMemoryError.self,
  ]
  static let byteLimit = 8192

  private let fixture: DecoderFixture

  init() throws { fixture = try DecoderFixture.shared.get() }

  func seeds() throws -> [[UInt8]] {
    let content = bytes(of: fixture.keys)
    var reader = BoundedReader(content[...], source: Self.source)
    let head = try SecretKeySetCheck.head(&reader)
    _ = try reader.readLengthPrefixed(limit: content.count, field: "public key")
    return [Array(content.prefix(head)) + content.suffix(reader.remaining)]
  }

  func run(_ input: [UInt8]) throws {
    let keys = try decoded(withPublicKeys(input))
    let content = bytes(of: keys)
    let again = bytes(of: try decoded(content))
    try DecoderDefect.unless(again == content, "written again it is another secret")
  }

  private func decoded(_ content: [UInt8]) throws -> SecretKeySet {
    try SecretKeySet(
      content: SecureBytes(copying: content), key: fixture.keys.publicKeys.fingerprint,
      source: Self.source, allowsTesting: true)
  }

  private func bytes(of keys: SecretKeySet) -> [UInt8] {
    keys.content().withUnsafeBytes { Array($0) }
  }

  /// The input with the fixture's public keys where they belong.
  private func withPublicKeys(_ input: [UInt8]) -> [UInt8] {
    var reader = BoundedReader(input[...], source: Self.source)
    guard let head = try? SecretKeySetCheck.head(&reader) else { return input }
    var writer = BoundedWriter()
    writer.append(bytes: input.prefix(head))
    writer.append(lengthPrefixed: fixture.keys.publicKeys.serialized())
    writer.append(bytes: input.dropFirst(head))
    return writer.bytes
  }

  /// How many bytes schema, policy and pinned servers have.
  private static func head(_ reader: inout BoundedReader) throws(WireError) -> Int {
    let count = reader.remaining
    _ = try reader.readString(limit: count, field: "schema")
    _ = try reader.readString(limit: count, field: "disclosure policy")
    let servers = try reader.readCount(atMost: count, field: "server keys")
    _ = try reader.readBytes(count: servers * VerifyingKey.byteCount, field: "server keys")
    return count - reader.remaining
  }
}
