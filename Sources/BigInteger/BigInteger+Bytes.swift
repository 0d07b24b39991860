internal import CGMP

extension BigInteger {
  /// The non-negative number whose limbs of 64 bits these are, least significant first.
  package init(limbs: some Collection<UInt>) {
    let contiguous = Array(limbs)
    self = BigInteger.make(bitCapacity: contiguous.count * UInt.bitWidth) { result in
      __gmpz_import(result, contiguous.count, -1, MemoryLayout<UInt>.size, 0, 0, contiguous)
    }
  }

  /// The magnitude's limbs of 64 bits, least significant first, without leading zeros.
  package var limbs: [UInt] {
    withExtendedLifetime(self) {
      Array(UnsafeBufferPointer(start: __gmpz_limbs_read(pointer), count: __gmpz_size(pointer)))
    }
  }

  /// The magnitude in exactly `count` limbs; nil when it needs more.
  package func limbs(count: Int) -> [UInt]? {
    var result = limbs
    guard result.count <= count else { return nil }
    result.append(contentsOf: repeatElement(0, count: count - result.count))
    return result
  }

  /// The limbs of the magnitude without leading zeros; 0 for 0.
  var limbCount: Int { withExtendedLifetime(self) { Int(__gmpz_size(pointer)) } }

  /// Copies the magnitude's limbs. The destination has at least as many.
  func copyLimbs(to destination: UnsafeMutablePointer<UInt>) {
    withExtendedLifetime(self) {
      if let source = __gmpz_limbs_read(pointer) {
        destination.update(from: source, count: __gmpz_size(pointer))
      }
    }
  }

  /// The low 64 bits of the magnitude.
  package var lowLimb: UInt {
    withExtendedLifetime(self) { __gmpz_getlimbn(pointer, 0) }
  }

  /// The non-negative number that the bytes write, most significant first.
  public init(bigEndianBytes bytes: some Collection<UInt8>) {
    let contiguous = Array(bytes)
    self = BigInteger.make(bitCapacity: contiguous.count * 8) { result in
      __gmpz_import(result, contiguous.count, 1, 1, 0, 0, contiguous)
    }
  }

  /// Exactly `count` bytes, most significant first; nil when the number is negative or needs more.
  public func bigEndianBytes(count: Int) -> [UInt8]? {
    let needed = (bitCount + 7) / 8
    guard signum >= 0, needed <= count else { return nil }
    // Not even a count of zero is to be written to the storage that all empty arrays share.
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      buffer.initialize(repeating: 0)
      if needed > 0, let base = buffer.baseAddress {
        withExtendedLifetime(self) {
          _ = __gmpz_export(base + (count - needed), nil, 1, 1, 0, 0, pointer)
        }
      }
      initializedCount = count
    }
  }
}

extension Int64 {
  /// Nil when the number does not fit.
  public init?(exactly value: BigInteger) {
    guard value.bitCount <= 64 else { return nil }
    let magnitude = UInt64(value.lowLimb)
    if value.signum >= 0 {
      self.init(exactly: magnitude)
    } else {
      guard magnitude <= Int64.min.magnitude else { return nil }
      self = Int64(truncatingIfNeeded: 0 &- magnitude)
    }
  }
}
