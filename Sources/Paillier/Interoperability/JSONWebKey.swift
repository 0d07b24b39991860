import BigInteger
import SecureMemory
import Wire

/// The two documents that python-paillier's command `pheutil` keeps keys in: JSON Web Keys (RFC 7517)
/// of a type of its own, with numbers in base64url, most significant byte first.
enum JSONWebKey {
  /// The public key.
  struct Public: Decodable {
    let kty: String
    let alg: String
    let keyOperations: [String]?
    let n: String

    enum CodingKeys: String, CodingKey {
      case kty, alg, n
      case keyOperations = "key_ops"
    }
  }

  /// The private key with the public one in it.
  struct Private: Decodable {
    let kty: String
    let keyOperations: [String]
    let p: String
    let q: String
    let pub: Public

    enum CodingKeys: String, CodingKey {
      case kty, p, q, pub
      case keyOperations = "key_ops"
    }
  }

  static let type = "DAJ"
  /// Paillier with the generator n + 1.
  static let algorithm = "PAI-GN1"

  /// The public key that a document describes. It promises nothing about its primes.
  static func publicKey(
    of document: Public, path: String, source: String
  ) throws -> PublicKey {
    try expect(document.kty == type, "\(path)kty", "it is not \(type)", source)
    try expect(document.alg == algorithm, "\(path)alg", "it is not \(algorithm)", source)
    if let operations = document.keyOperations {
      try expect(
        operations.contains("encrypt"), "\(path)key_ops", "the key is not for encryption", source)
    }
    guard let bytes = Base64.urlSafe.bytes(of: document.n) else {
      throw WireError.invalid(
        source: source, field: "\(path)n", problem: "it is not base64url without padding")
    }
    return try PublicKey(
      modulus: BigInteger(bigEndianBytes: bytes), supportsShortExponents: false)
  }

  /// The document of a public key.
  static func characters(of key: PublicKey) -> [UInt8] {
    let modulus = key.modulus.bigEndianBytes(count: (key.bitCount + 7) / 8) ?? []
    let text = """
      {"kty": "\(type)", "alg": "\(algorithm)", "key_ops": ["encrypt"], \
      "n": "\(Base64.urlSafe.text(of: modulus))", \
      "kid": "Paillier public key \(key.fingerprint.hexadecimal)"}
      """
    return Array(text.utf8)
  }

  static func expect(
    _ condition: Bool, _ field: String, _ problem: String, _ source: String
  ) throws(WireError) {
    guard condition else { throw .invalid(source: source, field: field, problem: problem) }
  }
}
