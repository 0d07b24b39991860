import BigInteger

/// A fresh n-th power modulo n², which hides one plaintext.
struct Randomizer: Sendable {
  /// ρ in [0, n²).
  private let power: SecretInteger
  /// ρ mod n, times the Montgomery radix of n.
  private let reduced: SecretInteger

  /// - Parameter power: an n-th power in [0, n²).
  init(power: SecretInteger, in ring: CiphertextRing) {
    self.power = power
    reduced = ring.modulusMontgomery.montgomeryForm(
      power.remainder(dividingBy: ring.fixedModulus))
  }

  /// (1 + n)^m · ρ = ρ + n · (m · ρ mod n) modulo n², for m in [0, n).
  func hide(_ plaintext: SecretInteger, in ring: CiphertextRing) -> SecretInteger {
    let multiple = ring.modulusMontgomery.multiply(plaintext, reduced)
    // Both terms are below n², so one subtraction at most takes the sum there.
    let sum = multiple.multiplied(by: ring.fixedModulus).adding(power)
    let (difference, borrowed) = sum.subtracting(ring.fixedSquaredModulus)
    return sum.selected(if: borrowed, otherwise: difference)
      .resized(bitCount: ring.squaredModulus.bitCount)
  }
}
