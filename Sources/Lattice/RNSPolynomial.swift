import CLatticeKernels
import SecureMemory

/// In which form a polynomial's residues are.
package protocol PolynomialForm: Sendable {}

/// Coefficients in natural order.
package enum Coefficient: PolynomialForm {}

/// Values at the odd powers of ψ in bit-reversed order (`NTTPlan`).
package enum Evaluation: PolynomialForm {}

/// An element of Z_Q[X]/(X^N + 1) by its residues modulo the primes of a basis.
package struct RNSPolynomial<Form: PolynomialForm>: Sendable {
  package let basis: RNSBasis
  /// Limb after limb, `degree` residues each, all fully reduced.
  package var residues: [UInt64]

  package var degree: Int { basis.degree }

  /// Takes residues that are known to be reduced.
  package init(basis: RNSBasis, reducedResidues residues: [UInt64]) {
    precondition(residues.count == basis.count * basis.degree)
    self.basis = basis
    self.residues = residues
  }

  /// Zero.
  package init(basis: RNSBasis) {
    self.init(
      basis: basis, reducedResidues: [UInt64](repeating: 0, count: basis.count * basis.degree))
  }

  /// The residues modulo the prime at `index`.
  package func limb(_ index: Int) -> ArraySlice<UInt64> {
    residues[index * degree..<(index + 1) * degree]
  }

  /// The same element modulo the product of the first `count` primes, given as their basis.
  package func restricted(to prefix: RNSBasis) -> RNSPolynomial {
    precondition(zip(prefix.moduli, basis.moduli).allSatisfy { $0 == $1 })
    return RNSPolynomial(
      basis: prefix, reducedResidues: Array(residues.prefix(prefix.count * degree)))
  }

  /// Overwrites the residues, for polynomials that hold a secret.
  package mutating func wipe() {
    residues.wipe()
  }
}

extension RNSPolynomial where Form == Coefficient {
  /// The evaluation form, computed in this polynomial's own buffer.
  package consuming func evaluation() -> RNSPolynomial<Evaluation> {
    let basis = basis
    var buffer: [UInt64] = []
    swap(&buffer, &residues)
    var span = buffer.mutableSpan
    Kernels.forwardNTT(&span, basis)
    return RNSPolynomial<Evaluation>(basis: basis, reducedResidues: buffer)
  }

  /// The centred representatives of residues modulo one number, modulo every prime of `basis`.
  package init(centredLiftOf coefficients: [UInt64], modulo modulus: Modulus, basis: RNSBasis) {
    var residues = [UInt64](repeating: 0, count: basis.count * basis.degree)
    var span = residues.mutableSpan
    Kernels.reduceCentred(&span, coefficients.span, from: modulus, onto: basis)
    self.init(basis: basis, reducedResidues: residues)
  }

  /// Small signed coefficients, modulo every prime.
  package init(basis: RNSBasis, smallCoefficients: [Int8]) {
    var residues = [UInt64](repeating: 0, count: basis.count * basis.degree)
    var span = residues.mutableSpan
    Kernels.liftSigned(&span, smallCoefficients.span, basis)
    self.init(basis: basis, reducedResidues: residues)
  }
}

extension RNSPolynomial where Form == Evaluation {
  /// The coefficients, computed in this polynomial's own buffer.
  package consuming func coefficients() -> RNSPolynomial<Coefficient> {
    let basis = basis
    var buffer: [UInt64] = []
    swap(&buffer, &residues)
    var span = buffer.mutableSpan
    Kernels.inverseNTT(&span, basis)
    return RNSPolynomial<Coefficient>(basis: basis, reducedResidues: buffer)
  }
}
