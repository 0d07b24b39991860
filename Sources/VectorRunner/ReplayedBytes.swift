import SecureMemory

/// The bytes of a vector as a source of randomness, one after the other; zeros when they are used up.
package struct ReplayedBytes: RandomSource {
  private let bytes: [UInt8]
  /// How many bytes were asked for.
  package private(set) var used = 0

  /// Replays `bytes` from the start.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    for index in buffer.indices {
      buffer[index] = used < bytes.count ? bytes[used] : 0
      used += 1
    }
  }
}

extension SeedExpander {
  /// The bytes that follow from a vector's seed; the domain is `Cryptally test vector`.
  package init(vectorSeed seed: HexBytes) {
    self.init(seed: seed.bytes, domain: VectorCheck.digestDomain)
  }
}
