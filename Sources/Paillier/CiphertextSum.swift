import BigInteger

/// The running encrypted sum of many ciphertexts of one key, in constant memory.
///
/// Ciphertexts that come as bytes are checked for their range one by one and for gcd(c, n) = 1 all
/// together at the end: a product is a unit only if each factor is.
public struct CiphertextSum: Sendable {
  /// The key of all of them.
  public let publicKey: PublicKey
  /// How many ciphertexts were added.
  public private(set) var count = 0
  private var product: MontgomeryProduct
  /// Whether a ciphertext came as bytes, so that the product is to be checked.
  private var hasUncheckedUnits = false

  /// The empty sum.
  public init(publicKey: PublicKey) {
    self.publicKey = publicKey
    product = MontgomeryProduct(modulus: publicKey.ring.montgomery)
  }

  /// Adds a ciphertext.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``; then nothing was added.
  public mutating func add(_ ciphertext: Ciphertext) throws(PaillierError) {
    try publicKey.check(ciphertext)
    multiply(ciphertext)
  }

  /// Adds a ciphertext as ``Ciphertext/serialized(for:)`` wrote it.
  ///
  /// - Parameter source: the file or part that the bytes come from, for errors.
  /// - Throws: ``PaillierError/invalidCiphertext(source:problem:)`` unless it is between 0 and n²;
  ///   then nothing was added. What is no unit shows in ``total(source:)``.
  public mutating func add(
    serialized bytes: some Collection<UInt8>, source: String
  ) throws(PaillierError) {
    multiply(try Ciphertext(uncheckedUnit: bytes, key: publicKey, source: source))
    hasUncheckedUnits = true
  }

  /// Adds all that another sum has, such as one of another task's.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``; then nothing was added.
  public mutating func add(_ other: CiphertextSum) throws(PaillierError) {
    guard other.publicKey == publicKey, product.multiply(by: other.product) else {
      throw .keyMismatch(
        ciphertext: other.publicKey.fingerprint.hexadecimal,
        key: publicKey.fingerprint.hexadecimal)
    }
    count += other.count
    hasUncheckedUnits = hasUncheckedUnits || other.hasUncheckedUnits
  }

  /// The encryption of the sum modulo n; of none, a fresh encryption of zero. Deterministic
  /// otherwise: re-randomize what leaves the server.
  ///
  /// - Parameter source: where the ciphertexts came from, for errors.
  /// - Throws: ``PaillierError/invalidCiphertext(source:problem:)`` when one that came as bytes is no
  ///   unit modulo n.
  public func total(source: String = "ciphertexts") throws(PaillierError) -> Ciphertext {
    let value = product.value()
    if hasUncheckedUnits, value.greatestCommonDivisor(with: publicKey.modulus) != 1 {
      throw .invalidCiphertext(
        source: source,
        problem: "one of \(count) has a factor in common with the key")
    }
    return Evaluator(publicKey: publicKey).nontrivial(value)
  }

  private mutating func multiply(_ ciphertext: Ciphertext) {
    // Every ciphertext of the key has as many limbs as its ring.
    _ = product.multiply(by: ciphertext.limbs)
    count += 1
  }
}
