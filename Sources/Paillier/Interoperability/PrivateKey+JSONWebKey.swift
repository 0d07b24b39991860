import BigInteger
public import SecureMemory
import Wire

extension PrivateKey {
  /// Reads a private key of python-paillier, as `pheutil genpkey` writes it: in clear. Parsing leaves
  /// copies of such a key in memory; make new keys with ``generate(bitCount:)`` and seal them.
  ///
  /// The primes are checked as those of our own keys are, and that their product is the modulus.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError` with the name of a field that is missing or not as it should be;
  ///   ``PaillierError/modulusSize(bitCount:)``, ``PaillierError/invalidPrivateKey(source:)``.
  public convenience init(jsonWebKey bytes: SecureBytes, source: String) throws {
    var copy = bytes.withUnsafeBytes { Array($0) }
    defer { copy.wipe() }
    let document = try ForeignJSON.decode(JSONWebKey.Private.self, from: copy, source: source)
    try JSONWebKey.expect(
      document.kty == JSONWebKey.type, "kty", "it is not \(JSONWebKey.type)", source)
    try JSONWebKey.expect(
      document.keyOperations.contains("decrypt"), "key_ops", "the key is not for decryption",
      source)
    let publicKey = try JSONWebKey.publicKey(of: document.pub, path: "pub.", source: source)
    try self.init(
      p: PrivateKey.prime(document.p, field: "p", of: publicKey, source: source),
      q: PrivateKey.prime(document.q, field: "q", of: publicKey, source: source),
      supportsShortExponents: false, isInsecureForTesting: false, source: source)
    guard self.publicKey == publicKey else {
      throw PaillierError.invalidPrivateKey(source: source)
    }
  }

  /// The key as python-paillier reads it: a JSON Web Key in clear, which everybody who sees it can
  /// decrypt with.
  public func jsonWebKey() -> SecureBytes {
    let open =
      "{\"kty\": \"\(JSONWebKey.type)\", \"key_ops\": [\"decrypt\"], "
      + "\"kid\": \"Paillier private key \(publicKey.fingerprint.hexadecimal)\", \"p\": \""
    var parts = [
      Array(open.utf8), PrivateKey.characters(of: p), Array("\", \"q\": \"".utf8),
      PrivateKey.characters(of: q), Array("\", \"pub\": ".utf8), publicKey.jsonWebKey(),
      Array("}".utf8),
    ]
    defer { for index in parts.indices { parts[index].wipe() } }
    let document = SecureBytes(count: parts.reduce(0) { $0 + $1.count })
    document.withUnsafeMutableBytes { buffer in
      var offset = 0
      for part in parts {
        UnsafeMutableRawBufferPointer(rebasing: buffer[offset...]).copyBytes(from: part)
        offset += part.count
      }
    }
    return document
  }

  /// A prime has half the modulus's bits: anything wider is refused before it is calculated with.
  private static func prime(
    _ text: String, field: String, of key: PublicKey, source: String
  ) throws -> SecretInteger {
    guard let bytes = Base64.urlSafe.secret(of: text) else {
      throw WireError.invalid(
        source: source, field: field, problem: "it is not base64url without padding")
    }
    let prime = bytes.withUnsafeBytes {
      SecretInteger(bigEndianBytes: $0, bitCount: key.bitCount / 2)
    }
    guard let prime else { throw PaillierError.invalidPrivateKey(source: source) }
    return prime
  }

  private static func characters(of prime: SecretInteger) -> [UInt8] {
    let bytes = SecureBytes(count: (prime.bitCount + 7) / 8)
    bytes.withUnsafeMutableBytes { prime.write(bigEndianTo: $0) }
    return bytes.withUnsafeBytes { Base64.urlSafe.characters(of: $0) }
  }
}
