public import BigInteger
import SecureMemory

/// Encrypts under one public key.
///
/// For keys that support it, in the short-exponent form (``ShortExponentBase``) with a table of powers
/// that takes a fifth of a second and 13 MB at 3072 bits to make: make one encryptor and keep it. For
/// other keys in the classical form (1 + n)^m · r^n, which takes more than ten times as long. Time and
/// memory access do not depend on plaintexts or randomness. Randomness is libsodium's.
public struct Encryptor: Sendable {
  /// The key that it encrypts under.
  public let publicKey: PublicKey
  /// The powers of h_s; nil for the classical form.
  private let powers: FixedBasePower?

  /// Makes the table if the key supports short exponents.
  public init(publicKey: PublicKey) {
    self.publicKey = publicKey
    powers =
      publicKey.supportsShortExponents
      ? FixedBasePower(
        base: ShortExponentBase.value(of: publicKey.ring), modulus: publicKey.ring.montgomery,
        exponentBitCount: ShortExponentBase.exponentBitCount(
          modulusBitCount: publicKey.bitCount))
      : nil
  }

  /// Encrypts one plaintext in [0, n).
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)``.
  public func encrypt(_ plaintext: BigInteger) throws(PaillierError) -> Ciphertext {
    let fixed = try publicKey.fixedWidth(plaintext, index: 0)
    return encrypt([fixed])[0]
  }

  /// Encrypts a signed number of at most ``PublicKey/maximumSignedMagnitude``.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)``.
  public func encrypt(signed value: BigInteger) throws(PaillierError) -> Ciphertext {
    try encrypt(publicKey.plaintext(signed: value))
  }

  /// Encrypts plaintexts in [0, n), in their order, on all cores.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` with the place in the array; then
  ///   nothing was encrypted.
  public func encrypt(_ plaintexts: [BigInteger]) throws(PaillierError) -> [Ciphertext] {
    var fixed: [SecretInteger] = []
    fixed.reserveCapacity(plaintexts.count)
    for (index, plaintext) in plaintexts.enumerated() {
      fixed.append(try publicKey.fixedWidth(plaintext, index: index))
    }
    // Sixteen share a row of the table while it is in cache, and make a task of about 40 ms at 3072 bits.
    return concurrentChunks(of: fixed, count: 16) { encrypt($0) }
  }

  /// Encrypts with given randomness: the exponent α for the short-exponent form, r for the classical
  /// one.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` also for a nonce that is too wide.
  package func encryptInsecureForTesting(
    _ plaintext: BigInteger, nonce: BigInteger
  ) throws(PaillierError) -> Ciphertext {
    let fixed = try publicKey.fixedWidth(plaintext, index: 0)
    guard let nonce = SecretInteger(nonce, bitCount: nonceBitCount) else {
      throw .plaintextOutOfRange(index: 0)
    }
    return encrypt([fixed], nonces: [nonce])[0]
  }

  /// The width of α or r.
  private var nonceBitCount: Int { powers?.exponentBitCount ?? publicKey.bitCount }

  private func encrypt(_ plaintexts: [SecretInteger]) -> [Ciphertext] {
    var source = SystemRandomSource()
    let nonces = plaintexts.map { _ in
      powers == nil
        ? SecretInteger.randomNonzero(below: publicKey.ring.fixedModulus, using: &source)
        : SecretInteger.random(bitCount: nonceBitCount, using: &source)
    }
    return encrypt(plaintexts, nonces: nonces)
  }

  private func encrypt(
    _ plaintexts: [SecretInteger], nonces: [SecretInteger]
  ) -> [Ciphertext] {
    let ring = publicKey.ring
    let generatorPowers = plaintexts.map(ring.generatorPower)
    // Not nil when there is a table: as many nonces as plaintexts, of the table's and ring's widths.
    let products =
      powers?.scaled(generatorPowers, by: nonces)
      ?? zip(generatorPowers, nonces).map {
        ring.multiply($0, ring.nthPower(of: $1)).declassifiedLimbs()
      }
    return products.map { Ciphertext(limbs: $0, key: publicKey) }
  }
}
