public import SecureMemory
import Wire

extension PrivateKey {
  private static let fileVersion: UInt16 = 1

  /// The content of a file that holds this key alone, sealed under a passphrase. In clear it tells
  /// the public key's fingerprint only.
  ///
  /// - Throws: `SecureMemoryError`.
  public func sealed(passphrase: SecureBytes) throws -> [UInt8] {
    try sealed(passphrase: passphrase, cost: .standard)
  }

  package func sealed(passphrase: SecureBytes, cost: PassphraseCost) throws -> [UInt8] {
    var source = SystemRandomSource()
    return try sealed(passphrase: passphrase, cost: cost, insecureForTesting: &source)
  }

  /// Sealed with the salt and the nonce that a source gives.
  package func sealed(
    passphrase: SecureBytes, cost: PassphraseCost,
    insecureForTesting source: inout some RandomSource
  ) throws -> [UInt8] {
    Envelope.seal(
      kind: .paillierSecretKey, version: PrivateKey.fileVersion,
      isTesting: publicKey.isInsecureForTesting, parameterFingerprint: noParameters,
      keyFingerprint: publicKey.fingerprint,
      payload: try SealedBox.seal(
        serialized(), passphrase: passphrase,
        associatedData: PrivateKey.associatedData(publicKey.fingerprint), cost: cost,
        insecureForTesting: &source))
  }

  /// Opens what ``sealed(passphrase:)`` made, and checks the key.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError`, `SecureMemoryError`, ``PaillierError/invalidPrivateKey(source:)``.
  public convenience init(
    sealed bytes: [UInt8], passphrase: SecureBytes, source: String
  ) throws {
    try self.init(sealed: bytes, passphrase: passphrase, source: source, allowsTesting: false)
  }

  package convenience init(
    sealed bytes: [UInt8], passphrase: SecureBytes, source: String, allowsTesting: Bool
  ) throws {
    let envelope = try Envelope.open(
      bytes, expecting: .paillierSecretKey, source: source, allowsTesting: allowsTesting)
    try envelope.requireNoParameters(source: source)
    let secret = try SealedBox.open(
      Array(envelope.payload), passphrase: passphrase,
      associatedData: PrivateKey.associatedData(envelope.keyFingerprint), source: source)
    if allowsTesting {
      try self.init(serializedInsecureForTesting: secret, source: source)
    } else {
      try self.init(serialized: secret, source: source)
    }
    guard publicKey.fingerprint == envelope.keyFingerprint else {
      throw PaillierError.invalidPrivateKey(source: source)
    }
    try envelope.requireMark(of: publicKey, source: source)
  }

  private static func associatedData(_ key: Digest) -> [UInt8] {
    Array("Cryptally Paillier secret key".utf8) + key.bytes
  }
}
