import SecureMemory
import Wire

/// A key on its own has no parameters but those that it says itself.
let noParameters = Digest.of([], domain: "Cryptally no parameters")

extension Envelope {
  /// Throws unless the envelope names no parameters, as those of keys on their own do.
  func requireNoParameters(source: String) throws(WireError) {
    guard parameterFingerprint == noParameters else {
      throw .invalid(
        source: source, field: "parameter fingerprint", problem: "the kind has no parameters")
    }
  }

  /// Throws unless the envelope is marked as made for tests just when its key is too small for use.
  func requireMark(of key: PublicKey, source: String) throws(WireError) {
    guard isTesting == key.isInsecureForTesting else {
      throw .invalid(
        source: source, field: "mark of files made for tests",
        problem: "it does not fit the size of the key")
    }
  }
}

extension PublicKey {
  private static let fileVersion: UInt16 = 1

  /// The content of a file that holds this key alone.
  public func fileBytes() -> [UInt8] {
    Envelope.seal(
      kind: .paillierPublicKey, version: PublicKey.fileVersion, isTesting: isInsecureForTesting,
      parameterFingerprint: noParameters, keyFingerprint: fingerprint, payload: serialized())
  }

  /// Reads what ``fileBytes()`` wrote.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError`, ``PaillierError``.
  public init(fileBytes bytes: [UInt8], source: String) throws {
    try self.init(fileBytes: bytes, source: source, allowsTesting: false)
  }

  package init(fileBytes bytes: [UInt8], source: String, allowsTesting: Bool) throws {
    let envelope = try Envelope.open(
      bytes, expecting: .paillierPublicKey, source: source, allowsTesting: allowsTesting)
    try envelope.requireNoParameters(source: source)
    self =
      try allowsTesting
      ? PublicKey(serializedInsecureForTesting: envelope.payload, source: source)
      : PublicKey(serialized: envelope.payload, source: source)
    guard fingerprint == envelope.keyFingerprint else {
      throw PaillierError.invalidPublicKey(
        source: source, problem: "its fingerprint is not the one that the file states")
    }
    try envelope.requireMark(of: self, source: source)
  }
}
