import BigInteger
import _TestSupport

extension Choices {
  /// A number of so many limbs at most, of either sign unless it is to be a magnitude. Limbs of zeros and
  /// of ones come often, so that carries run.
  mutating func magnitude(limbs: ClosedRange<Int>) -> BigInteger {
    BigInteger(limbs: array(count: limbs) { $0.integer(in: 0...UInt.max) })
  }

  mutating func number(limbs: ClosedRange<Int> = 0...6) -> BigInteger {
    let isNegative = bool()
    let magnitude = magnitude(limbs: limbs)
    return isNegative ? -magnitude : magnitude
  }

  mutating func positive(limbs: ClosedRange<Int> = 1...6) -> BigInteger {
    let magnitude = magnitude(limbs: limbs)
    return magnitude.isZero ? 1 : magnitude
  }

  /// An odd number of at least 3, with the highest bit of its width set.
  mutating func odd(bits: ClosedRange<Int>) -> BigInteger {
    let width: Int = integer(in: max(bits.lowerBound, 2)...bits.upperBound)
    let low = magnitude(limbs: 0...(width + 63) / 64).lowBits(width - 1)
    let number = (BigInteger(1) << (width - 1)) + low
    return number.isOdd ? number : number + 1
  }

  /// A number of so many bits at most.
  mutating func number(bits: Int) -> BigInteger {
    magnitude(limbs: 0...(bits + 63) / 64).lowBits(bits)
  }
}
