import BigInteger
public import SecureMemory

/// A Paillier ciphertext: a unit modulo n², with the fingerprint of its key.
///
/// Whatever is read from outside was checked: 0 < c < n² and gcd(c, n) = 1.
public struct Ciphertext: Hashable, Sendable {
  /// Least significant first, as many as n² has.
  let limbs: [UInt]
  /// The fingerprint of the public key that it was made with.
  public let keyFingerprint: Digest

  init(limbs: [UInt], key: PublicKey) {
    self.limbs = limbs
    keyFingerprint = key.fingerprint
  }

  /// The caller knows that 0 < value < n².
  init(value: BigInteger, key: PublicKey) {
    self.init(limbs: value.limbs(count: key.ring.limbCount) ?? [], key: key)
  }

  /// The number c.
  package var value: BigInteger { BigInteger(limbs: limbs) }

  /// c in a fixed width, most significant byte first: ``PublicKey/ciphertextByteCount`` bytes.
  public func serialized(for key: PublicKey) throws(PaillierError) -> [UInt8] {
    try key.check(self)
    return value.bigEndianBytes(count: key.ciphertextByteCount) ?? []
  }

  /// Reads what ``serialized(for:)`` wrote and checks that it is a ciphertext at all. For many, a
  /// ``CiphertextSum`` checks faster.
  ///
  /// - Parameter source: the file or part that the bytes come from, for errors.
  /// - Throws: ``PaillierError/invalidCiphertext(source:problem:)``.
  public init(
    serialized bytes: some Collection<UInt8>, key: PublicKey, source: String
  ) throws(PaillierError) {
    try self.init(uncheckedUnit: bytes, key: key, source: source)
    guard value.greatestCommonDivisor(with: key.modulus) == 1 else {
      throw .invalidCiphertext(source: source, problem: "it has a factor in common with the key")
    }
  }

  /// Checks all but gcd(c, n) = 1, which the caller checks for many at once.
  init(
    uncheckedUnit bytes: some Collection<UInt8>, key: PublicKey, source: String
  ) throws(PaillierError) {
    guard bytes.count == key.ciphertextByteCount else {
      throw .invalidCiphertext(
        source: source,
        problem: "\(bytes.count) bytes where the key has \(key.ciphertextByteCount)")
    }
    let limbs = Ciphertext.limbs(bigEndian: bytes, count: key.ring.limbCount)
    guard limbs.contains(where: { $0 != 0 }), key.ring.isReduced(limbs) else {
      throw .invalidCiphertext(source: source, problem: "it is not between 0 and the key's square")
    }
    self.init(limbs: limbs, key: key)
  }

  /// The limbs of a number of at most that many, least significant first. Sums read millions, so this
  /// goes without a `BigInteger`, and a limb at a time where the bytes lie side by side.
  private static func limbs(bigEndian bytes: some Collection<UInt8>, count: Int) -> [UInt] {
    bytes.withContiguousStorageIfAvailable { limbs(of: UnsafeRawBufferPointer($0), count: count) }
      ?? Array(bytes).withUnsafeBytes { limbs(of: $0, count: count) }
  }

  private static func limbs(of bytes: UnsafeRawBufferPointer, count: Int) -> [UInt] {
    let size = MemoryLayout<UInt>.size
    return (0..<count).map { index in
      let end = bytes.count - index * size
      if end >= size {
        return UInt(bigEndian: bytes.loadUnaligned(fromByteOffset: end - size, as: UInt.self))
      }
      return bytes[..<max(end, 0)].reduce(0) { $0 << 8 | UInt($1) }
    }
  }
}

extension PublicKey {
  /// The exact length of a serialized ciphertext in bytes.
  public var ciphertextByteCount: Int { ring.byteCount }

  /// Throws unless the ciphertext is of this key.
  func check(_ ciphertext: Ciphertext) throws(PaillierError) {
    guard ciphertext.keyFingerprint == fingerprint, ciphertext.limbs.count == ring.limbCount else {
      throw .keyMismatch(
        ciphertext: ciphertext.keyFingerprint.hexadecimal, key: fingerprint.hexadecimal)
    }
  }
}
