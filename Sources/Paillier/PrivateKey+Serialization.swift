import BigInteger
public import SecureMemory

extension PrivateKey {
  private static let headerByteCount = 5

  /// The exact length of ``serialized()`` for a modulus of a size.
  public static func serializedByteCount(bitCount: Int) -> Int {
    headerByteCount + 2 * primeByteCount(bitCount: bitCount)
  }

  /// The secret in wiped memory: the bits of n (UInt32, little endian), 1 or 0 for short exponents
  /// (UInt8), then p and q, most significant byte first. Everything else follows from these.
  public func serialized() -> SecureBytes {
    let bitCount = publicKey.bitCount
    let width = PrivateKey.primeByteCount(bitCount: bitCount)
    let bytes = SecureBytes(count: PrivateKey.serializedByteCount(bitCount: bitCount))
    bytes.withUnsafeMutableBytes { buffer in
      buffer.storeBytes(of: UInt32(clamping: bitCount).littleEndian, as: UInt32.self)
      buffer[4] = publicKey.supportsShortExponents ? 1 : 0
      for (index, prime) in [p, q].enumerated() {
        let start = PrivateKey.headerByteCount + index * width
        prime.write(
          bigEndianTo: UnsafeMutableRawBufferPointer(rebasing: buffer[start..<(start + width)]))
      }
    }
    return bytes
  }

  /// Reads what ``serialized()`` wrote, checks the primes and calculates the rest.
  ///
  /// - Parameter source: the file or part that the bytes come from, for errors.
  /// - Throws: ``PaillierError/invalidPrivateKey(source:)`` for anything else.
  public convenience init(serialized bytes: SecureBytes, source: String) throws(PaillierError) {
    try self.init(
      serialized: bytes, admitting: PublicKey.admittedBitCounts, isInsecureForTesting: false,
      source: source)
  }

  /// Reads a key of any size from 64 bits.
  package convenience init(
    serializedInsecureForTesting bytes: SecureBytes, source: String
  ) throws(PaillierError) {
    try self.init(
      serialized: bytes, admitting: 64...PublicKey.admittedBitCounts.upperBound,
      isInsecureForTesting: true, source: source)
  }

  private convenience init(
    serialized bytes: SecureBytes, admitting: ClosedRange<Int>, isInsecureForTesting: Bool,
    source: String
  ) throws(PaillierError) {
    let fields = bytes.withUnsafeBytes { buffer -> (SecretInteger, SecretInteger, Bool)? in
      guard buffer.count >= PrivateKey.headerByteCount, buffer[4] <= 1 else { return nil }
      let bitCount = Int(UInt32(littleEndian: buffer.loadUnaligned(as: UInt32.self)))
      guard admitting.contains(bitCount), bitCount.isMultiple(of: 2),
        buffer.count == PrivateKey.serializedByteCount(bitCount: bitCount)
      else { return nil }
      let width = PrivateKey.primeByteCount(bitCount: bitCount)
      let primes = UnsafeRawBufferPointer(rebasing: buffer[PrivateKey.headerByteCount...])
      guard
        let p = SecretInteger(
          bigEndianBytes: UnsafeRawBufferPointer(rebasing: primes[..<width]),
          bitCount: bitCount / 2),
        let q = SecretInteger(
          bigEndianBytes: UnsafeRawBufferPointer(rebasing: primes[width...]),
          bitCount: bitCount / 2)
      else { return nil }
      return (p, q, buffer[4] == 1)
    }
    guard let (p, q, supportsShortExponents) = fields else {
      throw .invalidPrivateKey(source: source)
    }
    try self.init(
      p: p, q: q, supportsShortExponents: supportsShortExponents,
      isInsecureForTesting: isInsecureForTesting, source: source)
  }

  /// p and q have half the modulus's bits each.
  private static func primeByteCount(bitCount: Int) -> Int { (bitCount / 2 + 7) / 8 }
}
