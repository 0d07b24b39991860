internal import CBigIntegerKernels
import SecureMemory

/// A non-negative secret number of a fixed, public width.
///
/// Over those of GMP's functions that look nothing up: neither branches nor addresses depend on the
/// value, only on the width, and every limb that held a part of it is wiped when released. It has no
/// description and is not comparable with `==`; what a calculation decides is a ``SecretCondition``.
package struct SecretInteger: Sendable {
  /// The width in bits: the value is below 2 to this power. Public.
  package let bitCount: Int
  let buffer: LimbBuffer

  var limbCount: Int { buffer.count }
  var pointer: UnsafePointer<UInt> { UnsafePointer(buffer.pointer) }

  static func limbCount(bits: Int) -> Int { max(1, (bits + UInt.bitWidth - 1) / UInt.bitWidth) }

  /// A number of `bitCount` bits whose limbs `fill` writes; they are zero before.
  init(bitCount: Int, _ fill: (UnsafeMutablePointer<UInt>) -> Void) {
    self.bitCount = bitCount
    buffer = LimbBuffer(count: SecretInteger.limbCount(bits: bitCount))
    fill(buffer.pointer)
  }

  /// The number 1.
  package static let one = SecretInteger(bitCount: 1) { $0[0] = 1 }

  /// The number 2.
  package static let two = SecretInteger(bitCount: 2) { $0[0] = 2 }

  /// Nil when the number is negative or wider than `bitCount`. The time depends on how many limbs the
  /// number has, for a `BigInteger` keeps no zeros above them.
  package init?(_ value: BigInteger, bitCount: Int) {
    guard value.signum >= 0 else { return nil }
    self.init(magnitudeOf: value, bitCount: bitCount)
  }

  /// The number without its sign. Nil and the time as above.
  package init?(magnitudeOf value: BigInteger, bitCount: Int) {
    guard value.limbCount <= SecretInteger.limbCount(bits: bitCount) else { return nil }
    self.init(bitCount: bitCount) { value.copyLimbs(to: $0) }
    guard hasNoBits(from: bitCount).isTrue else { return nil }
  }

  /// Nil unless there are exactly as many bytes, most significant first, as `bitCount` needs and
  /// the bits in excess are zero.
  package init?(bigEndianBytes bytes: UnsafeRawBufferPointer, bitCount: Int) {
    guard bytes.count == (bitCount + 7) / 8 else { return nil }
    self.init(bitCount: bitCount) { limbs in
      for (place, byte) in bytes.reversed().enumerated() {
        limbs[place / 8] |= UInt(byte) << UInt(place % 8 * 8)
      }
    }
    guard hasNoBits(from: bitCount).isTrue else { return nil }
  }

  /// Uniform in [0, 2^bitCount): limbs from the source in little-endian order, without the bits in
  /// excess of the last.
  package static func random(
    bitCount: Int, using source: inout some RandomSource
  ) -> SecretInteger {
    let result = SecretInteger(bitCount: bitCount) { _ in }
    let limbs = UnsafeMutableBufferPointer(start: result.buffer.pointer, count: result.limbCount)
    source.fill(UnsafeMutableRawBufferPointer(limbs))
    cryptally_mark_secret(limbs.baseAddress, limbs.count * MemoryLayout<UInt>.stride)
    for index in limbs.indices { limbs[index] = UInt(littleEndian: limbs[index]) }
    let excess = result.limbCount * UInt.bitWidth - bitCount
    limbs[result.limbCount - 1] &= UInt.max >> UInt(excess)
    return result
  }

  /// Uniform in [1, bound), by rejection of what is not: how often tells nothing about the result.
  /// The bound is not 0 or 1 and has its highest bit set, or the rejection may take long.
  package static func randomNonzero(
    below bound: SecretInteger, using source: inout some RandomSource
  ) -> SecretInteger {
    while true {
      let candidate = random(bitCount: bound.bitCount, using: &source)
      let isAccepted = candidate.isLess(than: bound).and(candidate.isZero.negated)
      if isAccepted.isTrue { return candidate }
    }
  }

  /// Writes the number into the buffer, most significant byte first. The buffer has as many bytes
  /// as the width needs; nothing is written to another.
  package func write(bigEndianTo bytes: UnsafeMutableRawBufferPointer) {
    guard bytes.count == (bitCount + 7) / 8 else { return }
    for place in 0..<bytes.count {
      bytes[bytes.count - 1 - place] = UInt8(
        truncatingIfNeeded: pointer[place / 8] >> UInt(place % 8 * 8))
    }
    withExtendedLifetime(buffer) {}
  }

  /// A copy with one bit flipped, to play a fault.
  package func flippingBitInsecureForTesting(_ index: Int) -> SecretInteger {
    SecretInteger(bitCount: bitCount) { limbs in
      limbs.update(from: pointer, count: limbCount)
      if index >= 0, index < bitCount {
        limbs[index / UInt.bitWidth] ^= 1 << UInt(index % UInt.bitWidth)
      }
      withExtendedLifetime(buffer) {}
    }
  }

  /// The value as a public number: only for what may be known from here on.
  package func declassified() -> BigInteger { BigInteger(limbs: declassifiedLimbs()) }

  /// The limbs as public ones, least significant first.
  package func declassifiedLimbs() -> [UInt] {
    withExtendedLifetime(buffer) { buffer.limbs.map { cryptally_published($0) } }
  }
}

/// What a calculation with secrets found out, without a branch on it until `isTrue` is asked.
package struct SecretCondition: Sendable {
  /// 1 or 0.
  let bit: UInt

  init(bit: UInt) { self.bit = bit }

  /// True without a calculation: what a chain of `and` begins with.
  package static let always = SecretCondition(bit: 1)

  package func and(_ other: SecretCondition) -> SecretCondition {
    SecretCondition(bit: bit & other.bit)
  }

  package var negated: SecretCondition { SecretCondition(bit: bit ^ 1) }

  /// The answer, public from here on.
  package var isTrue: Bool { cryptally_published(bit) == 1 }
}
