import SecureMemory

extension BigInteger {
  /// Uniform in [0, 2^bitCount): the big-endian number of ceil(bitCount / 8) bytes from the source,
  /// without the bits in excess of the first.
  package static func random(
    bitCount: Int, using source: inout some RandomSource
  ) -> BigInteger {
    guard bitCount > 0 else { return BigInteger() }
    var bytes = source.bytes((bitCount + 7) / 8)
    defer { bytes.wipe() }
    bytes[0] &= UInt8.max >> UInt8(bytes.count * 8 - bitCount)
    return BigInteger(bigEndianBytes: bytes)
  }

  /// Uniform in [1, bound), by rejection of what is not; nil unless the bound is above 1.
  package static func randomNonzero(
    below bound: BigInteger, using source: inout some RandomSource
  ) -> BigInteger? {
    guard bound > 1 else { return nil }
    while true {
      let candidate = random(bitCount: bound.bitCount, using: &source)
      if candidate < bound, !candidate.isZero { return candidate }
    }
  }

  /// Uniform in [0, bound), by rejection of what is not; nil unless the bound is positive.
  package static func random(
    below bound: BigInteger, using source: inout some RandomSource
  ) -> BigInteger? {
    guard bound.signum > 0 else { return nil }
    while true {
      let candidate = random(bitCount: bound.bitCount, using: &source)
      if candidate < bound { return candidate }
    }
  }

  /// A random prime p of exactly `bitCount` bits with its two highest bits set and p mod 4 = 3,
  /// uniform among those: candidates are drawn afresh, never counted up from one another. Nil for
  /// fewer than 8 bits.
  ///
  /// With the two highest bits set, a product of two such primes has exactly the sum of their bits.
  package static func randomPrime(
    bitCount: Int, using source: inout some RandomSource
  ) -> BigInteger? {
    guard bitCount >= 8 else { return nil }
    let high = BigInteger(3) << (bitCount - 2)
    while true {
      let middle = random(bitCount: bitCount - 4, using: &source)
      let candidate = high + (middle << 2) + 3
      if candidate.isProbablePrime { return candidate }
    }
  }
}
