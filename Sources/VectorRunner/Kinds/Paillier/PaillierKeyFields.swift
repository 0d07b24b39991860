import BigInteger
import Paillier

/// The primes of a group's key.
struct PaillierKeyFields: Decodable, Sendable {
  let p: HexInteger
  let q: HexInteger
  let shortExponents: Bool

  /// The key; every size is admitted.
  ///
  /// - Throws: `PaillierError`.
  func privateKey() throws -> PrivateKey {
    try PrivateKey(
      insecureForTesting: p.value, q.value, supportsShortExponents: shortExponents)
  }
}

extension PublicKey {
  /// Reads a vector's ciphertext.
  ///
  /// - Throws: `PaillierError`.
  func ciphertext(_ bytes: HexBytes) throws -> Ciphertext {
    try Ciphertext(serialized: bytes.bytes, key: self, source: VectorCheck.source)
  }
}

extension VectorCheck {
  /// What errors call a vector's bytes by.
  static let source = "vector"

  /// A ciphertext of the key.
  ///
  /// - Throws: ``VectorMismatch``, `PaillierError`.
  static func equal(
    _ field: String, _ found: Ciphertext, _ expected: HexBytes, key: PublicKey
  ) throws {
    try equal(field, HexBytes(found.serialized(for: key)).text, expected.text)
  }

  /// Ciphertexts of the key.
  ///
  /// - Throws: ``VectorMismatch``, `PaillierError`.
  static func equal(
    _ field: String, _ found: [Ciphertext], _ expected: [HexBytes], key: PublicKey
  ) throws {
    try equal(
      field, found.map { HexBytes(try $0.serialized(for: key)).text }, expected.map(\.text))
  }
}
