import SecureMemory

/// A source that gives the bytes of a vector, one after the other, and zeros when they are used up.
public struct ReplayedSource: RandomSource {
  private let bytes: [UInt8]
  /// How many bytes were asked for.
  public private(set) var used = 0

  /// Replays `bytes` from the start.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Fills the whole buffer with the next bytes.
  public mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    for index in buffer.indices {
      buffer[index] = used < bytes.count ? bytes[used] : 0
      used += 1
    }
  }
}
