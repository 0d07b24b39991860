extension SecretInteger {
  /// Whether the number is 0.
  package var isZero: SecretCondition { hasNoBits(from: 0) }

  /// Whether both are the same number, whatever their widths.
  package func isEqual(to other: SecretInteger) -> SecretCondition {
    let width = max(bitCount, other.bitCount)
    let (a, b) = (resized(bitCount: width), other.resized(bitCount: width))
    var difference: UInt = 0
    for index in 0..<a.limbCount { difference |= a.pointer[index] ^ b.pointer[index] }
    withExtendedLifetime((a, b)) {}
    return SecretCondition(nonzero: difference).negated
  }

  /// Whether the number is less than `other`.
  package func isLess(than other: SecretInteger) -> SecretCondition {
    subtracting(other).borrowed
  }

  /// Whether the bit is set; bits past the width are not.
  package func bit(_ index: Int) -> SecretCondition {
    guard index >= 0, index < limbCount * UInt.bitWidth else { return SecretCondition(bit: 0) }
    let limb = pointer[index / UInt.bitWidth]
    withExtendedLifetime(buffer) {}
    return SecretCondition(bit: limb >> UInt(index % UInt.bitWidth) & 1)
  }

  /// Whether all bits from `first` on are 0.
  package func hasNoBits(from first: Int) -> SecretCondition {
    var union: UInt = 0
    for index in 0..<limbCount {
      let below = min(max(first - index * UInt.bitWidth, 0), UInt.bitWidth)
      union |= below == UInt.bitWidth ? 0 : pointer[index] >> UInt(below)
    }
    withExtendedLifetime(buffer) {}
    return SecretCondition(nonzero: union).negated
  }
}

extension SecretCondition {
  /// Whether the number is below 0.
  package init(isNegative value: BigInteger) {
    self.init(bit: UInt(bitPattern: value.signum) >> UInt(UInt.bitWidth - 1))
  }

  /// Whether the word is not 0.
  init(nonzero word: UInt) {
    self.init(bit: (word | (0 &- word)) >> UInt(UInt.bitWidth - 1))
  }
}
