import SecureMemory
import Wire

extension Ciphertext {
  private static let fileVersion: UInt16 = 1

  /// The ciphertext with the fingerprint of its key and a digest: what stands alone outside a table.
  /// It has ``PublicKey/ciphertextByteCount`` bytes and those of an envelope.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``.
  public func fileBytes(for key: PublicKey) throws(PaillierError) -> [UInt8] {
    Envelope.seal(
      kind: .paillierCiphertext, version: Ciphertext.fileVersion,
      isTesting: key.isInsecureForTesting, parameterFingerprint: noParameters,
      keyFingerprint: keyFingerprint, payload: try serialized(for: key))
  }

  /// Reads what ``fileBytes(for:)`` wrote and checks that it is a ciphertext of the key.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError`, ``PaillierError/keyMismatch(ciphertext:key:)``,
  ///   ``PaillierError/invalidCiphertext(source:problem:)``.
  public init(fileBytes bytes: [UInt8], key: PublicKey, source: String) throws {
    let envelope = try Envelope.open(
      bytes, expecting: .paillierCiphertext, source: source,
      allowsTesting: key.isInsecureForTesting)
    try envelope.requireNoParameters(source: source)
    guard envelope.keyFingerprint == key.fingerprint else {
      throw PaillierError.keyMismatch(
        ciphertext: envelope.keyFingerprint.hexadecimal, key: key.fingerprint.hexadecimal)
    }
    try envelope.requireMark(of: key, source: source)
    try self.init(serialized: envelope.payload, key: key, source: source)
  }
}
