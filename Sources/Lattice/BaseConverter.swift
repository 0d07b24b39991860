/// Takes an element of Z_Q, as its centred representative, to residues modulo other numbers
/// (Halevi, Polyakov, Shoup, "An improved RNS variant of the BFV scheme", 2018, section 2.2).
///
/// The representative is the centred one up to rounding of 64-bit fractions: within
/// (count of primes) · 2^-63 · Q of ±Q/2 it may be the neighbour, Q away.
package struct BaseConverter: Sendable {
  let source: RNSBasis
  let target: [Modulus]
  /// (Q / q_i)^-1 mod q_i.
  let inverseCofactors: [UInt64]
  /// For each target modulus, (Q / q_i) modulo it.
  let weights: [[UInt64]]
  /// Q modulo each target modulus.
  let products: [UInt64]

  package init(from source: RNSBasis, to target: [Modulus]) {
    self.source = source
    self.target = target
    inverseCofactors = source.moduli.indices.map { index in
      let modulus = source.moduli[index]
      return modulus.inverse(source.cofactor(index, modulo: modulus))
    }
    weights = target.map { modulus in
      source.moduli.indices.map { source.cofactor($0, modulo: modulus) }
    }
    products = target.map { source.product(modulo: $0) }
  }

  /// The residues of `polynomial` modulo the target, limb after limb. It is multiplied by
  /// `factor` first, which comes free with the conversion's own constants.
  ///
  /// The polynomial is changed into its digits [x·factor·(Q / q_i)^-1]_q_i in place, so that a secret
  /// one leaves no copy.
  package func convert(
    _ polynomial: inout RNSPolynomial<Coefficient>, times factor: UInt64 = 1
  ) -> [UInt64] {
    precondition(polynomial.basis.moduli == source.moduli)
    let constants = source.moduli.indices.map { index in
      let modulus = source.moduli[index]
      return modulus.multiply(inverseCofactors[index], modulus.reduce(factor))
    }
    let degree = source.degree
    polynomial.multiply(byConstants: constants)
    var result = [UInt64](repeating: 0, count: target.count * degree)
    var span = result.mutableSpan
    Kernels.convert(polynomial.residues.span, into: &span, self)
    return result
  }

  /// x / Q of one centred coefficient x in units of 2^-64, from the digits that `convert` leaves: low
  /// by less than two units for each prime. Without a branch.
  package func centredFraction(
    ofDigits digits: borrowing RNSPolynomial<Coefficient>, at position: Int
  ) -> Int64 {
    var sum: UInt64 = 0
    for (index, modulus) in source.moduli.enumerated() {
      let digit = digits.residues[index * source.degree + position]
      let ratio = modulus.kernelModulus
      sum &+= digit &* ratio.ratio_high
      sum &+= digit.multipliedFullWidth(by: ratio.ratio_low).high
    }
    return Int64(bitPattern: sum)
  }
}
