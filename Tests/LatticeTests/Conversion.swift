import Lattice

/// The residues of a polynomial times a factor modulo each target, limb after limb.
func converted(
  _ polynomial: RNSPolynomial<Coefficient>, to targets: [Modulus], factor: UInt64 = 1
) -> [UInt64] {
  targets.flatMap { target in
    let converter = BaseConverter(from: polynomial.basis, to: [target], factor: factor)
    var digits = polynomial
    converter.makeDigits(&digits)
    var result = [UInt64](repeating: 0, count: polynomial.degree)
    var span = result.mutableSpan
    converter.convert(digits: digits, into: &span)
    return result
  }
}
