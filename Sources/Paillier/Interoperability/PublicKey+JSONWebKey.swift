import Wire

extension PublicKey {
  /// Reads a public key of python-paillier, as `pheutil extract` writes it.
  ///
  /// Nothing is known about the primes of such a key, so it is used without short exponents.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError` with the name of a field that is missing or not as it should be;
  ///   ``PaillierError`` for a modulus that cannot be one, such as one below 2048 bits.
  public init(jsonWebKey bytes: [UInt8], source: String) throws {
    let document = try ForeignJSON.decode(JSONWebKey.Public.self, from: bytes, source: source)
    self = try JSONWebKey.publicKey(of: document, path: "", source: source)
  }

  /// The key as python-paillier reads it: a JSON Web Key.
  public func jsonWebKey() -> [UInt8] { JSONWebKey.characters(of: self) }
}
