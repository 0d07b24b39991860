import BigInteger
import Wire

/// An encrypted ``EncodedNumber``: the ciphertext of its mantissa, and its exponent in clear.
public struct EncryptedNumber: Hashable, Sendable {
  /// The encryption of the mantissa.
  public let ciphertext: Ciphertext
  /// The power of 16 that scales it.
  public let exponent: Int

  /// - Throws: ``PaillierError/exponentOutOfRange(exponent:)``.
  public init(ciphertext: Ciphertext, exponent: Int) throws(PaillierError) {
    try EncodedNumber.check(exponent)
    self.ciphertext = ciphertext
    self.exponent = exponent
  }
}

extension EncryptedNumber {
  /// `{"v": "…", "e": …}`: the ciphertext in decimal digits, and the exponent.
  private struct Document: Decodable {
    let v: String
    let e: Int
  }

  /// Reads what python-paillier's `pheutil encrypt` writes and checks that it is a ciphertext at all.
  ///
  /// Nothing in it names its key: one of another key decrypts to a number without meaning.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError` with the name of a field that is missing or not as it should be;
  ///   ``PaillierError/invalidCiphertext(source:problem:)`` unless 0 < v < n² and gcd(v, n) = 1;
  ///   ``PaillierError/exponentOutOfRange(exponent:)``.
  public init(json bytes: [UInt8], key: PublicKey, source: String) throws {
    let document = try ForeignJSON.decode(Document.self, from: bytes, source: source)
    // A byte takes less than three digits: no longer text is worth the conversion.
    guard document.v.utf8.count <= 3 * key.ciphertextByteCount else {
      throw PaillierError.invalidCiphertext(
        source: source, problem: "it has more digits than the key's square")
    }
    guard let value = BigInteger(decimal: document.v) else {
      throw WireError.invalid(source: source, field: "v", problem: "it is not a decimal number")
    }
    guard let serialized = value.bigEndianBytes(count: key.ciphertextByteCount) else {
      throw PaillierError.invalidCiphertext(
        source: source, problem: "it is not between 0 and the key's square")
    }
    try self.init(
      ciphertext: Ciphertext(serialized: serialized, key: key, source: source),
      exponent: document.e)
  }

  /// The number as python-paillier's `pheutil` reads it, on one line.
  public var json: String { "{\"v\": \"\(ciphertext.value.decimal)\", \"e\": \(exponent)}" }
}

extension Encryptor {
  /// Encrypts the mantissa; the exponent stays in clear.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` for a mantissa above
  ///   ``PublicKey/maximumSignedMagnitude``.
  public func encrypt(_ number: EncodedNumber) throws(PaillierError) -> EncryptedNumber {
    try EncryptedNumber(
      ciphertext: encrypt(signed: number.mantissa), exponent: number.exponent)
  }
}

extension PrivateKey {
  /// The number.
  ///
  /// - Throws: as ``decryptSigned(_:)``.
  public func decrypt(_ number: EncryptedNumber) throws(PaillierError) -> EncodedNumber {
    try EncodedNumber(mantissa: decryptSigned(number.ciphertext), exponent: number.exponent)
  }
}

extension Evaluator {
  /// The encryption of the sum, with the lower exponent of the two.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``;
  ///   ``PaillierError/plaintextOutOfRange(index:)`` when the exponents lie so far apart that the key
  ///   has no room for it.
  public func add(
    _ a: EncryptedNumber, _ b: EncryptedNumber
  ) throws(PaillierError) -> EncryptedNumber {
    let exponent = min(a.exponent, b.exponent)
    return try EncryptedNumber(
      ciphertext: add(
        mantissa(of: a, exponent: exponent), mantissa(of: b, exponent: exponent)),
      exponent: exponent)
  }

  /// The encryption of the product with a number, in a time that depends on its exponent only.
  ///
  /// - Throws: ``PaillierError``.
  public func multiply(
    _ number: EncryptedNumber, by factor: EncodedNumber
  ) throws(PaillierError) -> EncryptedNumber {
    try EncryptedNumber(
      ciphertext: multiply(
        number.ciphertext, by: publicKey.plaintext(signed: factor.mantissa)),
      exponent: number.exponent + factor.exponent)
  }

  /// The mantissa of the same number with a lower exponent.
  private func mantissa(
    of number: EncryptedNumber, exponent: Int
  ) throws(PaillierError) -> Ciphertext {
    guard exponent < number.exponent else { return number.ciphertext }
    let factor = BigInteger(1) << (4 * (number.exponent - exponent))
    return try multiply(number.ciphertext, variableTime: factor)
  }
}
