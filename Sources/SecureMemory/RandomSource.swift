/// Where random bytes come from.
public protocol RandomSource {
  /// Fills the whole buffer.
  mutating func fill(_ buffer: UnsafeMutableRawBufferPointer)
}

extension RandomSource {
  /// The next `count` bytes; none when `count` is negative.
  public mutating func bytes(_ count: Int) -> [UInt8] {
    // Not even a count of zero is to be written to the storage that all empty arrays share.
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
      initializedCount = count
    }
  }

  /// The next 8 bytes as a little-endian number.
  public mutating func nextUInt64() -> UInt64 {
    var value: UInt64 = 0
    withUnsafeMutableBytes(of: &value) { fill($0) }
    return UInt64(littleEndian: value)
  }

  /// A uniform number from 0 to `bound - 1`; 0 when `bound` is 0.
  ///
  /// Takes one `nextUInt64` r at a time and accepts it when the low half of the 128-bit product
  /// r · bound is at least 2^64 mod bound; the result is the high half (Lemire, "Fast random integer
  /// generation in an interval", 2019). Nothing secret is divided, and the number of draws says
  /// nothing about the result.
  public mutating func uniform(below bound: UInt64) -> UInt64 {
    guard bound > 0 else { return 0 }
    let threshold = (0 &- bound) % bound
    while true {
      let product = nextUInt64().multipliedFullWidth(by: bound)
      if product.low >= threshold { return product.high }
    }
  }
}
