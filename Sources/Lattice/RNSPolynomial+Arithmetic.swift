extension RNSPolynomial {
  package mutating func add(_ other: RNSPolynomial) {
    let basis = basis
    precondition(basis.moduli == other.basis.moduli)
    var span = residues.mutableSpan
    Kernels.add(&span, other.residues.span, basis)
  }

  package mutating func subtract(_ other: RNSPolynomial) {
    let basis = basis
    precondition(basis.moduli == other.basis.moduli)
    var span = residues.mutableSpan
    Kernels.subtract(&span, other.residues.span, basis)
  }

  package mutating func negate() {
    let basis = basis
    var span = residues.mutableSpan
    Kernels.negate(&span, basis)
  }

  /// Multiplies limb i by `constants[i]`, a residue modulo the limb's prime.
  package mutating func multiply(byConstants constants: [UInt64]) {
    let basis = basis
    precondition(constants.count == basis.count)
    var span = residues.mutableSpan
    Kernels.multiplyConstants(&span, constants, basis)
  }

  /// Multiplies by a small signed integer.
  package mutating func multiply(by scalar: Int64) {
    multiply(byConstants: basis.moduli.map { $0.reduce(scalar) })
  }

  /// This element divided by the last prime and rounded, modulo the others; `Form` is kept.
  /// The last limb's centred remainder is subtracted before the exact division.
  package func dividedByLastPrime(onto prefix: RNSBasis) -> RNSPolynomial {
    precondition(prefix.count == basis.count - 1)
    var result = restricted(to: prefix)
    let last = basis.plans[prefix.count]
    var remainder = Array(limb(prefix.count))
    if Form.self == Evaluation.self {
      var span = remainder.mutableSpan
      Kernels.inverseNTT(&span, last)
    }
    var lifted = [UInt64](repeating: 0, count: prefix.count * degree)
    var liftedSpan = lifted.mutableSpan
    Kernels.reduceCentred(&liftedSpan, remainder.span, from: last.modulus, onto: prefix)
    if Form.self == Evaluation.self { Kernels.forwardNTT(&liftedSpan, prefix) }
    let inverses = prefix.moduli.map { $0.inverse($0.reduce(last.modulus.value)) }
    var span = result.residues.mutableSpan
    Kernels.subtractMultiplyConstants(&span, lifted.span, inverses, prefix)
    return result
  }
}

extension RNSPolynomial where Form == Evaluation {
  package mutating func multiply(_ other: RNSPolynomial) {
    let basis = basis
    precondition(basis.moduli == other.basis.moduli)
    var span = residues.mutableSpan
    Kernels.multiply(&span, other.residues.span, basis)
  }

  /// Adds a · b.
  package mutating func addProduct(_ a: RNSPolynomial, _ b: RNSPolynomial) {
    let basis = basis
    precondition(basis.moduli == a.basis.moduli && basis.moduli == b.basis.moduli)
    var span = residues.mutableSpan
    Kernels.multiplyAdd(&span, a.residues.span, b.residues.span, basis)
  }

  /// The image under X → X^g, given g's permutation of the evaluations.
  package func permuted(_ permutation: GaloisPermutation) -> RNSPolynomial {
    var image = RNSPolynomial(basis: basis)
    var span = image.residues.mutableSpan
    Kernels.permute(&span, residues.span, permutation, basis)
    return image
  }
}

extension RNSPolynomial where Form == Evaluation {
  /// X^`exponent`, 0 ≤ exponent < N.
  package static func monomial(_ exponent: Int, basis: RNSBasis) -> RNSPolynomial {
    var coefficients = [Int8](repeating: 0, count: basis.degree)
    coefficients[exponent] = 1
    return RNSPolynomial<Coefficient>(basis: basis, smallCoefficients: coefficients).evaluation()
  }
}
