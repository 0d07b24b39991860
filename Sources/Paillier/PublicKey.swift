public import BigInteger
public import SecureMemory
import Wire

/// A Paillier public key: the modulus n, and whether the short-exponent form of encryption is safe
/// with it.
///
/// P. Paillier, "Public-Key Cryptosystems Based on Composite Degree Residuosity Classes", 1999, with
/// the generator 1 + n.
public struct PublicKey: Sendable {
  /// The sizes of the modulus that are admitted: the even ones among these, in bits.
  public static let admittedBitCounts = 2048...4096

  /// The modulus n. Plaintexts are in [0, n).
  public let modulus: BigInteger
  /// The size of the modulus in bits.
  public let bitCount: Int
  /// Whether encryption may use short exponents (``Encryptor``). Only the maker of the key can know
  /// that its primes are both 3 modulo 4 with gcd(p − 1, q − 1) = 2, so it is a claim of the key.
  public let supportsShortExponents: Bool
  /// The BLAKE2b-256 digest of the serialized key, domain `cryptally.paillier.public-key`.
  public let fingerprint: Digest
  /// True for keys of sizes that only tests may use.
  package let isInsecureForTesting: Bool

  let ring: CiphertextRing

  /// - Throws: ``PaillierError/modulusSize(bitCount:)`` or
  ///   ``PaillierError/invalidPublicKey(source:problem:)``.
  public init(modulus: BigInteger, supportsShortExponents: Bool) throws(PaillierError) {
    try self.init(
      modulus: modulus, supportsShortExponents: supportsShortExponents, source: "modulus",
      admitting: PublicKey.admittedBitCounts)
  }

  /// A key of any size from 64 bits.
  package init(
    insecureForTesting modulus: BigInteger, supportsShortExponents: Bool
  ) throws(PaillierError) {
    try self.init(
      modulus: modulus, supportsShortExponents: supportsShortExponents, source: "modulus",
      admitting: 64...PublicKey.admittedBitCounts.upperBound)
  }

  private init(
    modulus: BigInteger, supportsShortExponents: Bool, source: String, admitting: ClosedRange<Int>
  ) throws(PaillierError) {
    let bitCount = modulus.bitCount
    guard modulus.signum > 0, admitting.contains(bitCount), bitCount.isMultiple(of: 2) else {
      throw .modulusSize(bitCount: bitCount)
    }
    if let problem = ModulusRules.problem(of: modulus) {
      throw .invalidPublicKey(source: source, problem: problem)
    }
    guard let ring = CiphertextRing(modulus: modulus) else {
      throw .invalidPublicKey(source: source, problem: "the modulus is even")
    }
    self.modulus = modulus
    self.bitCount = bitCount
    self.supportsShortExponents = supportsShortExponents
    isInsecureForTesting = !PublicKey.admittedBitCounts.contains(bitCount)
    self.ring = ring
    fingerprint = Digest.of(
      PublicKey.serialize(modulus, bitCount, supportsShortExponents),
      domain: "cryptally.paillier.public-key")
  }
}

extension PublicKey: Hashable {
  /// True when both are the same key.
  public static func == (a: PublicKey, b: PublicKey) -> Bool { a.fingerprint == b.fingerprint }

  /// Feeds the fingerprint to the hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}

extension PublicKey {
  /// The bits of n (UInt32, little endian), 1 or 0 for short exponents (UInt8), then n, most
  /// significant byte first.
  public func serialized() -> [UInt8] {
    PublicKey.serialize(modulus, bitCount, supportsShortExponents)
  }

  /// The exact length of ``serialized()``.
  public var serializedByteCount: Int { PublicKey.serializedByteCount(bitCount: bitCount) }

  /// The exact length of a serialized key of a size.
  public static func serializedByteCount(bitCount: Int) -> Int { 5 + (bitCount + 7) / 8 }

  /// Reads what ``serialized()`` wrote.
  ///
  /// - Parameter source: the file or part that the bytes come from, for errors.
  /// - Throws: `WireError` for bytes that are cut short or too many, ``PaillierError`` for a modulus
  ///   that cannot be one.
  public init(serialized bytes: ArraySlice<UInt8>, source: String) throws {
    try self.init(serialized: bytes, source: source, admitting: PublicKey.admittedBitCounts)
  }

  /// Reads a key of any size from 64 bits.
  package init(serializedInsecureForTesting bytes: ArraySlice<UInt8>, source: String) throws {
    try self.init(
      serialized: bytes, source: source, admitting: 64...PublicKey.admittedBitCounts.upperBound)
  }

  private init(
    serialized bytes: ArraySlice<UInt8>, source: String, admitting: ClosedRange<Int>
  ) throws {
    var reader = BoundedReader(bytes, source: source)
    let bitCount = try reader.readCount(
      atMost: admitting.upperBound, field: "Paillier modulus size")
    guard admitting.contains(bitCount), bitCount.isMultiple(of: 2) else {
      throw reader.invalid(
        field: "Paillier modulus size", problem: "a modulus of \(bitCount) bits is not admitted")
    }
    let supportsShortExponents = try reader.readBool(field: "Paillier short-exponent flag")
    let modulus = BigInteger(
      bigEndianBytes: try reader.readBytes(count: (bitCount + 7) / 8, field: "Paillier modulus"))
    try reader.finish()
    guard modulus.bitCount == bitCount else {
      throw PaillierError.invalidPublicKey(
        source: source,
        problem: "the modulus has \(modulus.bitCount) bits where \(bitCount) are stated")
    }
    try self.init(
      modulus: modulus, supportsShortExponents: supportsShortExponents, source: source,
      admitting: admitting)
  }

  private static func serialize(
    _ modulus: BigInteger, _ bitCount: Int, _ supportsShortExponents: Bool
  ) -> [UInt8] {
    var writer = BoundedWriter(reservingCapacity: serializedByteCount(bitCount: bitCount))
    writer.append(UInt32(clamping: bitCount))
    writer.append(supportsShortExponents)
    writer.append(bytes: modulus.bigEndianBytes(count: (bitCount + 7) / 8) ?? [])
    return writer.bytes
  }
}
