import SecureMemory

/// Builds the bytes that ``BoundedReader`` reads: little endian, nothing between the fields.
public struct BoundedWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8]

  /// An empty writer.
  public init() { bytes = [] }

  /// An empty writer with room for `capacity` bytes, so that no earlier copy of a secret is left
  /// behind by growing.
  public init(reservingCapacity capacity: Int) {
    bytes = []
    bytes.reserveCapacity(max(0, capacity))
  }

  /// One byte.
  public mutating func append(_ value: UInt8) { bytes.append(value) }
  /// Two bytes.
  public mutating func append(_ value: UInt16) { append(integer: value) }
  /// Four bytes.
  public mutating func append(_ value: UInt32) { append(integer: value) }
  /// Eight bytes.
  public mutating func append(_ value: UInt64) { append(integer: value) }
  /// Eight bytes, two's complement.
  public mutating func append(_ value: Int64) { append(integer: value) }
  /// One byte, 0 or 1.
  public mutating func append(_ value: Bool) { bytes.append(value ? 1 : 0) }
  /// The 32 bytes of a digest.
  public mutating func append(_ digest: Digest) { bytes.append(contentsOf: digest.bytes) }

  /// The bytes themselves, without a length.
  public mutating func append(bytes more: some Collection<UInt8>) {
    bytes.append(contentsOf: more)
  }

  /// The length in UTF-8 bytes (UInt32; texts are far shorter than that holds), then the bytes.
  public mutating func append(string: String) {
    append(UInt32(clamping: string.utf8.count))
    bytes.append(contentsOf: string.utf8)
  }

  /// The length (UInt64), then the bytes.
  public mutating func append(lengthPrefixed more: [UInt8]) {
    append(UInt64(more.count))
    bytes.append(contentsOf: more)
  }

  /// The words, eight bytes each, without a length.
  public mutating func append(words: UnsafeBufferPointer<UInt64>) {
    #if _endian(little)
      bytes.append(contentsOf: UnsafeRawBufferPointer(words))
    #else
      for word in words { append(word) }
    #endif
  }

  /// The words, eight bytes each, without a length.
  public mutating func append(words: [UInt64]) {
    words.withUnsafeBufferPointer { append(words: $0) }
  }

  /// Moves what was written into wiped memory and empties the writer, wiping its own.
  package mutating func moveToSecureBytes() -> SecureBytes {
    let secret = SecureBytes(copying: bytes)
    bytes.wipe()
    bytes = []
    return secret
  }

  private mutating func append(integer: some FixedWidthInteger) {
    withUnsafeBytes(of: integer.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
