import SecureMemory
import Wire

/// The evaluating server's signing key: the file `server.key`. It signs answers and decrypts nothing.
public struct ServerKey: Sendable {
  /// The Ed25519 key.
  public let signingKey: SigningKey

  private static let version: UInt16 = 1
  private static let fileLimit = 4096
  private static let noParameters = Digest.of([], domain: "Cryptally no parameters")

  /// A fresh key.
  public init() { signingKey = SigningKey() }

  /// The public half, which a custodian pins.
  public var verifyingKey: VerifyingKey { signingKey.verifyingKey }

  /// The file's bytes. They are a secret: write them with mode 0600.
  public func serialized() -> [UInt8] {
    signingKey.withSeed { seed in
      Envelope.seal(
        kind: .serverKey, version: ServerKey.version, isTesting: false,
        parameterFingerprint: ServerKey.noParameters,
        keyFingerprint: verifyingKey.fingerprint, payload: seed.withUnsafeBytes { Array($0) })
    }
  }

  /// Reads a file's bytes.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError`, `SecureMemoryError`, `KeyError.keyMismatch`.
  public init(serialized bytes: [UInt8], source: String) throws {
    let envelope = try Envelope.open(bytes, expecting: .serverKey, source: source)
    guard envelope.parameterFingerprint == ServerKey.noParameters else {
      throw WireError.invalid(
        source: source, field: "parameter fingerprint", problem: "the kind has no parameters")
    }
    var reader = BoundedReader(envelope.payload, source: source)
    let seed = try reader.readBytes(count: SigningKey.seedByteCount, field: "seed")
      .withUnsafeBytes { SecureBytes(copying: $0) }
    try reader.finish()
    signingKey = try SigningKey(seed: seed)
    guard signingKey.verifyingKey.fingerprint == envelope.keyFingerprint else {
      throw KeyError.keyMismatch(
        what: source, expected: envelope.keyFingerprint,
        found: signingKey.verifyingKey.fingerprint)
    }
  }

  /// Reads the file.
  ///
  /// - Throws: as `init(serialized:source:)`.
  public init(contentsOf path: String) throws {
    try self.init(serialized: AtomicFile.read(path, limit: ServerKey.fileLimit), source: path)
  }
}
