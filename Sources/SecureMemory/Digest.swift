/// A BLAKE2b-256 digest.
public struct Digest: Hashable, Sendable {
  /// 32.
  public static let byteCount = 32

  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Nil unless there are exactly 32 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Digest.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  /// The caller knows that there are 32 bytes.
  init(checked bytes: [UInt8]) { self.bytes = bytes }

  /// Nil unless `hexadecimal` is exactly 64 hexadecimal digits, of either case.
  public init?(hexadecimal: String) {
    let digits = Array(hexadecimal.utf8)
    guard digits.count == 2 * Digest.byteCount else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Digest.byteCount)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Hexadecimal.value(of: digits[index]),
        let low = Hexadecimal.value(of: digits[index + 1])
      else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  /// 64 lower-case hexadecimal digits.
  public var hexadecimal: String { Hexadecimal.text(of: bytes) }

  /// The digest of `bytes` for one purpose: equal bytes under different domains have unrelated
  /// digests. See ``DigestStream`` for what is hashed.
  public static func of(_ bytes: [UInt8], domain: String) -> Digest {
    var stream = DigestStream(domain: domain)
    stream.update(bytes)
    return stream.finalize()
  }
}

extension Digest: CustomStringConvertible {
  /// The same as ``hexadecimal``.
  public var description: String { hexadecimal }
}
