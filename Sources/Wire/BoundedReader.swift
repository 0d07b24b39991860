import SecureMemory

/// Reads fields out of bytes that come from outside. Every read is checked against what is left,
/// every length against a limit, and every error names the source and the field.
public struct BoundedReader: Sendable {
  private let bytes: ArraySlice<UInt8>
  private let source: String
  private var position: Int

  /// A reader of `bytes`; `source` is the file or part that they come from, for errors.
  public init(_ bytes: ArraySlice<UInt8>, source: String) {
    self.bytes = bytes
    self.source = source
    position = bytes.startIndex
  }

  /// An error about a field that was read and breaks a rule of its format.
  package func invalid(field: String, problem: String) -> WireError {
    .invalid(source: source, field: field, problem: problem)
  }

  /// How many bytes are left.
  public var remaining: Int { bytes.endIndex - position }

  /// One byte.
  public mutating func readUInt8(field: String) throws(WireError) -> UInt8 {
    try readInteger(UInt8.self, field: field)
  }

  /// Two bytes.
  public mutating func readUInt16(field: String) throws(WireError) -> UInt16 {
    try readInteger(UInt16.self, field: field)
  }

  /// Four bytes.
  public mutating func readUInt32(field: String) throws(WireError) -> UInt32 {
    try readInteger(UInt32.self, field: field)
  }

  /// Eight bytes.
  public mutating func readUInt64(field: String) throws(WireError) -> UInt64 {
    try readInteger(UInt64.self, field: field)
  }

  /// Eight bytes, two's complement.
  public mutating func readInt64(field: String) throws(WireError) -> Int64 {
    try readInteger(Int64.self, field: field)
  }

  /// One byte that is 0 or 1; anything else is an error, so that a value has one writing only.
  public mutating func readBool(field: String) throws(WireError) -> Bool {
    switch try readUInt8(field: field) {
    case 0: return false
    case 1: return true
    default: throw .invalid(source: source, field: field, problem: "it is neither 0 nor 1")
    }
  }

  /// The next `count` bytes, sharing the memory of what is read.
  public mutating func readBytes(
    count: Int, field: String
  ) throws(WireError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else {
      throw .truncated(source: source, field: field, needed: count, available: remaining)
    }
    let start = position
    position += count
    return bytes[start..<position]
  }

  /// A UInt32 length of at most `limit`, then as many bytes of valid UTF-8.
  public mutating func readString(limit: Int, field: String) throws(WireError) -> String {
    let length = UInt64(try readUInt32(field: field))
    let content = try readBytes(count: checked(length, limit: limit, field: field), field: field)
    guard let text = String(validating: content, as: UTF8.self) else {
      throw .invalid(source: source, field: field, problem: "it is not valid UTF-8")
    }
    return text
  }

  /// A UInt64 length of at most `limit`, then as many bytes.
  public mutating func readLengthPrefixed(
    limit: Int, field: String
  ) throws(WireError) -> ArraySlice<UInt8> {
    let length = try readUInt64(field: field)
    return try readBytes(count: checked(length, limit: limit, field: field), field: field)
  }

  /// 32 bytes.
  public mutating func readDigest(field: String) throws(WireError) -> Digest {
    let content = try readBytes(count: Digest.byteCount, field: field)
    guard let digest = Digest(bytes: content) else {
      throw .truncated(
        source: source, field: field, needed: Digest.byteCount, available: content.count)
    }
    return digest
  }

  /// A UInt32 that is at most `limit`: the number of things that follow.
  public mutating func readCount(atMost limit: Int, field: String) throws(WireError) -> Int {
    try checked(UInt64(readUInt32(field: field)), limit: limit, field: field)
  }

  /// `count` words of eight bytes. Nothing is allocated unless they are all there.
  public mutating func readWords(count: Int, field: String) throws(WireError) -> [UInt64] {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: 8)
    let content = try readBytes(count: overflow ? Int.max : byteCount, field: field)
    // Not even a count of zero is to be written to the storage that all empty arrays share.
    guard count > 0 else { return [] }
    return [UInt64](unsafeUninitializedCapacity: count) { words, initializedCount in
      content.withUnsafeBytes { bytes in
        for index in 0..<count {
          words[index] = UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
        }
      }
      initializedCount = count
    }
  }

  /// Throws unless everything was read.
  public func finish() throws(WireError) {
    guard remaining == 0 else { throw .trailingBytes(source: source, count: remaining) }
  }

  private func checked(
    _ value: UInt64, limit: Int, field: String
  ) throws(WireError) -> Int {
    guard let result = Int(exactly: value), result <= limit else {
      throw .overLimit(source: source, field: field, found: value, limit: limit)
    }
    return result
  }

  private mutating func readInteger<Value: FixedWidthInteger>(
    _ type: Value.Type, field: String
  ) throws(WireError) -> Value {
    let content = try readBytes(count: MemoryLayout<Value>.size, field: field)
    return content.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(as: Value.self)) }
  }
}
