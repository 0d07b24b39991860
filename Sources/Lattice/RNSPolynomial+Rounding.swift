import CLatticeKernels

/// A basis without its last prime, with the constants to divide by that prime.
package struct LastPrimeDivision: Sendable {
  /// The basis that is left.
  package let prefix: RNSBasis
  private let last: NTTPlan
  /// The last prime's inverse modulo each other.
  private let inverses: [clk_constant]

  package init(of basis: RNSBasis, onto prefix: RNSBasis) {
    precondition(prefix.count == basis.count - 1 && prefix.isPrefix(of: basis))
    self.prefix = prefix
    last = basis.plans[prefix.count]
    let value = last.modulus.value
    inverses = prefix.moduli.map { $0.constant($0.inverse($0.reduce(value))) }
  }

  /// Writes `polynomial` divided by the last prime and rounded into `result`, over the prefix; `Form`
  /// is kept. The last limb's centred remainder is subtracted before the exact division. The last limb
  /// of `polynomial` is used up.
  package func divide<Form>(
    _ polynomial: inout RNSPolynomial<Form>, into result: inout RNSPolynomial<Form>,
    pool: PolynomialPool
  ) {
    precondition(result.basis.moduli == prefix.moduli)
    polynomial.makeUnique()
    result.makeUnique()
    divide(polynomial, pool: pool) { result.limbToWrite($0) }
  }

  /// The same in place.
  package func divide<Form>(_ polynomial: inout RNSPolynomial<Form>, pool: PolynomialPool) {
    polynomial.makeUnique()
    divide(polynomial, pool: pool) { polynomial.limbToWrite($0) }
    polynomial.restrict(to: prefix)
  }

  private func divide<Form>(
    _ polynomial: RNSPolynomial<Form>, pool: PolynomialPool,
    into limb: (Int) -> UnsafeMutablePointer<UInt64>
  ) {
    precondition(
      polynomial.basis.count == prefix.count + 1 && prefix.isPrefix(of: polynomial.basis))
    let degree = prefix.degree
    let scratch = pool.take(count: prefix.stride)
    let remainder = polynomial.limbToWrite(prefix.count)
    let isEvaluated = Form.self == Evaluation.self
    if isEvaluated { last.inverse(remainder, from: remainder, scale: last.inverseDegree) }
    for (index, plan) in prefix.plans.enumerated() {
      if isEvaluated {
        plan.forward(scratch.base, fromCentred: remainder, modulo: last.modulus)
      } else {
        withUnsafePointer(to: plan.modulus.kernelModulus) {
          Kernels.active.pointee.reduce_centred(
            scratch.base, remainder, degree, last.modulus.value, $0)
        }
      }
      Kernels.active.pointee.subtract_multiply_constant(
        limb(index), polynomial.limb(index), scratch.base, inverses[index], degree,
        plan.modulus.value)
    }
    pool.giveBack(scratch)
  }
}

extension RNSPolynomial {
  /// This element divided by the last prime and rounded, modulo the others.
  package func dividedByLastPrime(onto prefix: RNSBasis) -> RNSPolynomial {
    var result = self
    LastPrimeDivision(of: basis, onto: prefix).divide(&result, pool: PolynomialPool())
    return result
  }
}
