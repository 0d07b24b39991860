#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RNSPolynomial where Form == Coefficient {
  /// log2 of the largest absolute value of a centred coefficient, to about 50 bits; −∞ for zero.
  ///
  /// By mixed-radix digits (Garner 1959): x = d0 + d1·q0 + d2·q0·q1 + …, for x and for Q − x. Not
  /// constant in time: for diagnostics.
  package func log2LargestCoefficient() -> Double {
    var largest = -Double.infinity
    for position in 0..<degree {
      let residues = basis.moduli.indices.map { self.residues[$0 * degree + position] }
      let negated = basis.moduli.indices.map { basis.moduli[$0].negate(residues[$0]) }
      largest = max(largest, min(log2MixedRadix(residues), log2MixedRadix(negated)))
    }
    return largest
  }

  private func log2MixedRadix(_ residues: [UInt64]) -> Double {
    var digits: [UInt64] = []
    for (index, modulus) in basis.moduli.enumerated() {
      var value: UInt64 = 0
      var weight: UInt64 = 1
      for (earlier, digit) in digits.enumerated() {
        value = modulus.add(value, modulus.multiply(modulus.reduce(digit), weight))
        weight = modulus.multiply(weight, modulus.reduce(basis.moduli[earlier].value))
      }
      digits.append(
        modulus.multiply(modulus.subtract(residues[index], value), modulus.inverse(weight)))
    }
    // Horner from the top digit, keeping the mantissa near 1 and the exponent apart.
    var logarithm = -Double.infinity
    for index in digits.indices.reversed() {
      let shifted = logarithm + log2(Double(basis.moduli[index].value))
      let digit = digits[index] == 0 ? -Double.infinity : log2(Double(digits[index]))
      let (high, low) = shifted > digit ? (shifted, digit) : (digit, shifted)
      logarithm = low == -.infinity ? high : high + log2(1 + exp2(low - high))
    }
    return logarithm
  }
}
