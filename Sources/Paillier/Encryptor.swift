public import BigInteger
package import SecureMemory

/// Encrypts under one public key.
///
/// For keys that support it, in the short-exponent form (``ShortExponentBase``) with a table of powers
/// that takes 10 to 16 MB at 3072 bits and up to a fifth of a second to make: make one encryptor and
/// keep it. The table lives in memory only. For other keys in the classical form (1 + n)^m · r^n, which
/// takes more than ten times as long. Time and memory access do not depend on plaintexts or randomness.
/// Randomness is libsodium's.
public struct Encryptor: Sendable {
  /// The key that it encrypts under.
  public let publicKey: PublicKey
  private let powers: NthPowers

  /// Makes the table if the key supports short exponents.
  public init(publicKey: PublicKey) {
    self.publicKey = publicKey
    powers = NthPowers(publicKey)
  }

  /// For whoever holds the private key: the same ciphertexts, calculated modulo p² and q² and combined,
  /// in about half the time.
  ///
  /// - Throws: ``PaillierError/invalidPrivateKey(source:)`` for a key that a fault has changed.
  public init(privateKey: PrivateKey) throws(PaillierError) {
    publicKey = privateKey.publicKey
    powers = try NthPowers(privateKey)
  }

  /// The memory that the table of powers takes, in bytes; 0 for keys without.
  public var tableByteCount: Int { powers.tableByteCount }

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
    let fixed = try publicKey.fixedWidth(signed: value)
    return encrypt([fixed])[0]
  }

  /// Encrypts plaintexts in [0, n), in their order, on all cores.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` with the place in the array; then
  ///   nothing was encrypted.
  public func encrypt(_ plaintexts: [BigInteger]) throws(PaillierError) -> [Ciphertext] {
    var source = SystemRandomSource()
    return try encrypt(plaintexts, insecureForTesting: &source)
  }

  /// Encryptions that share a row of the table while it is in cache.
  static let batchCount = 16

  /// What hides so many plaintexts.
  func randomizers(count: Int) -> [Randomizer] {
    powers.powers(powers.freshNonces(count: count))
      .map { Randomizer(power: $0, in: publicKey.ring) }
  }

  /// Encrypts with given randomness: the exponent α for the short-exponent form, r for the classical
  /// one.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` also for a nonce that is too wide.
  package func encryptInsecureForTesting(
    _ plaintext: BigInteger, nonce: BigInteger
  ) throws(PaillierError) -> Ciphertext {
    try encryptInsecureForTesting([plaintext], nonces: [nonce])[0]
  }

  /// The same for many, a nonce for each plaintext.
  package func encryptInsecureForTesting(
    _ plaintexts: [BigInteger], nonces: [BigInteger]
  ) throws(PaillierError) -> [Ciphertext] {
    let (plaintexts, nonces) = try fixedWidth(plaintexts, nonces: nonces)
    return encrypt(plaintexts, nonces: nonces)
  }

  /// The same by the way of a ``RandomizerPool``.
  package func encryptByRandomizersInsecureForTesting(
    _ plaintexts: [BigInteger], nonces: [BigInteger]
  ) throws(PaillierError) -> [Ciphertext] {
    let (plaintexts, nonces) = try fixedWidth(plaintexts, nonces: nonces)
    let ring = publicKey.ring
    return zip(plaintexts, powers.powers(nonces)).map { plaintext, power in
      let ciphertext = Randomizer(power: power, in: ring).hide(plaintext, in: ring)
      return Ciphertext(limbs: ciphertext.declassifiedLimbs(), key: publicKey)
    }
  }

  private func fixedWidth(
    _ plaintexts: [BigInteger], nonces: [BigInteger]
  ) throws(PaillierError) -> (plaintexts: [SecretInteger], nonces: [SecretInteger]) {
    var fixed: (plaintexts: [SecretInteger], nonces: [SecretInteger]) = ([], [])
    for (index, (plaintext, nonce)) in zip(plaintexts, nonces).enumerated() {
      fixed.plaintexts.append(try publicKey.fixedWidth(plaintext, index: index))
      guard let nonce = SecretInteger(nonce, bitCount: powers.nonceBitCount) else {
        throw .plaintextOutOfRange(index: index)
      }
      fixed.nonces.append(nonce)
    }
    return fixed
  }

  /// Encrypts plaintexts in [0, n), in their order, with randomness from a given source, for vectors and
  /// tests: the nonce of each as `encryptInsecureForTesting` takes it.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` with the place in the array.
  package func encrypt(
    _ plaintexts: [BigInteger], insecureForTesting source: inout some RandomSource
  ) throws(PaillierError) -> [Ciphertext] {
    var fixed: [SecretInteger] = []
    fixed.reserveCapacity(plaintexts.count)
    for (index, plaintext) in plaintexts.enumerated() {
      fixed.append(try publicKey.fixedWidth(plaintext, index: index))
    }
    let nonces = powers.nonces(count: fixed.count, using: &source)
    return concurrentChunks(of: Array(zip(fixed, nonces)), count: Encryptor.batchCount) { chunk in
      encrypt(chunk.map(\.0), nonces: chunk.map(\.1))
    }
  }

  private func encrypt(_ plaintexts: [SecretInteger]) -> [Ciphertext] {
    encrypt(plaintexts, nonces: powers.freshNonces(count: plaintexts.count))
  }

  private func encrypt(
    _ plaintexts: [SecretInteger], nonces: [SecretInteger]
  ) -> [Ciphertext] {
    powers.scaled(plaintexts.map(publicKey.ring.generatorPower), by: nonces)
      .map { Ciphertext(limbs: $0.declassifiedLimbs(), key: publicKey) }
  }
}
