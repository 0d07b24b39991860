import BigInteger

/// Numbers modulo n² from their residues modulo p² and q² (Garner's form of the Chinese remainder
/// theorem), for whoever holds p and q. In a time that depends on widths only.
struct ResidueCombination: Sendable {
  let first: SquareModulus
  let second: SquareModulus
  /// p^-2 mod q².
  private let inverse: SecretInteger
  private let bitCount: Int

  /// Nil when p² has no inverse modulo q².
  ///
  /// - Parameter bitCount: the bits of n².
  init?(_ first: SquareModulus, _ second: SquareModulus, bitCount: Int) {
    let (inverse, exists) = first.square.remainder(dividingBy: second.square)
      .inverse(modulo: second.square)
    guard exists.isTrue else { return nil }
    self.first = first
    self.second = second
    self.inverse = inverse
    self.bitCount = bitCount
  }

  /// The number in [0, n²).
  func number(_ a: SecretInteger, _ b: SecretInteger) -> SecretInteger {
    // q² is added so that nothing is negative.
    let distance = b.adding(second.square)
      .subtracting(a.remainder(dividingBy: second.square)).difference
    let multiple = second.product(
      distance.remainder(dividingBy: second.square), inverse)
    return first.square.multiplied(by: multiple).adding(a).resized(bitCount: bitCount)
  }
}
