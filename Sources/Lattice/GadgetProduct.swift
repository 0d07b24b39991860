import CLatticeKernels

/// The product of a polynomial, decomposed into its residues as digits, with a row of polynomials:
/// what key switching multiplies by (Halevi, Polyakov, Shoup 2018, section 4.5).
///
/// Digit i is the centred representative of the residue modulo prime i of the polynomial's basis. The
/// product is over the same primes and one more, the row over at least those, its extra prime last.
package struct GadgetProduct: Sendable {
  /// The polynomial's basis.
  private let basis: RNSBasis
  /// The same and the extra prime.
  package let productBasis: RNSBasis

  package init(basis: RNSBasis, productBasis: RNSBasis) {
    precondition(basis.isPrefix(of: productBasis) && productBasis.count == basis.count + 1)
    self.basis = basis
    self.productBasis = productBasis
  }

  /// The digits of a polynomial modulo every prime of the product's basis, as values, to be multiplied
  /// by several rows: basis.count polynomials over the product's basis.
  package func decompose(
    _ polynomial: RNSPolynomial<Evaluation>, pool: PolynomialPool
  ) -> [RNSPolynomial<Evaluation>] {
    var coefficients = pool.take(basis, Coefficient.self)
    polynomial.writeCoefficients(into: &coefficients)
    let digits = (0..<basis.count).map { digit in
      let result = pool.take(productBasis, Evaluation.self)
      for limb in 0..<productBasis.count {
        if digit == limb {
          result.limbToWrite(limb).update(from: polynomial.limb(digit), count: basis.degree)
        } else {
          writeDigit(digit, limb: limb, of: coefficients, into: result.limbToWrite(limb))
        }
      }
      return result
    }
    pool.giveBack(&coefficients)
    return digits
  }

  /// Multiplies decomposed digits, taken through a permutation first, by two rows.
  package func multiply(
    digits: [RNSPolynomial<Evaluation>], permutedBy permutation: GaloisPermutation,
    _ rows: GadgetRows, into first: inout RNSPolynomial<Evaluation>,
    _ second: inout RNSPolynomial<Evaluation>, pool: PolynomialPool
  ) {
    precondition(digits.count == basis.count)
    multiply(rows, into: &first, &second, pool: pool) { digit, limb, scratch in
      permutation.indices.withUnsafeBufferPointer { indices in
        Kernels.active.pointee.permute(
          scratch, digits[digit].limb(limb), indices.baseAddress, basis.degree)
      }
      return UnsafePointer(scratch)
    }
  }

  /// Multiplies a polynomial's digits by two rows.
  package func multiply(
    _ polynomial: RNSPolynomial<Evaluation>, _ rows: GadgetRows,
    into first: inout RNSPolynomial<Evaluation>, _ second: inout RNSPolynomial<Evaluation>,
    pool: PolynomialPool
  ) {
    var coefficients = pool.take(basis, Coefficient.self)
    polynomial.writeCoefficients(into: &coefficients)
    multiply(rows, into: &first, &second, pool: pool) { digit, limb, scratch in
      // Modulo its own prime the digit is the polynomial's own limb.
      if digit == limb { return polynomial.limb(digit) }
      writeDigit(digit, limb: limb, of: coefficients, into: scratch)
      return UnsafePointer(scratch)
    }
    pool.giveBack(&coefficients)
  }

  /// Digit `digit` modulo another prime of the product's basis, as values.
  private func writeDigit(
    _ digit: Int, limb: Int, of coefficients: RNSPolynomial<Coefficient>,
    into result: UnsafeMutablePointer<UInt64>
  ) {
    productBasis.plans[limb].forward(
      result, fromCentred: coefficients.limb(digit), modulo: basis.moduli[digit])
  }

  /// Prime after prime, so that a transform's tables and the digits stay in the cache.
  private func multiply(
    _ rows: GadgetRows, into first: inout RNSPolynomial<Evaluation>,
    _ second: inout RNSPolynomial<Evaluation>, pool: PolynomialPool,
    digit valuesOfDigit: (
      _ digit: Int, _ limb: Int, _ scratch: UnsafeMutablePointer<UInt64>
    ) -> UnsafePointer<UInt64>
  ) {
    precondition(rows.count >= basis.count)
    precondition(
      first.basis.moduli == productBasis.moduli && second.basis.moduli == productBasis.moduli)
    first.makeUnique()
    second.makeUnique()
    let stride = productBasis.stride
    let digits = pool.take(count: basis.count * stride)
    for limb in 0..<productBasis.count {
      // The row may have limbs of primes that the product has not; the extra prime stands last.
      let rowLimb = limb < basis.count ? limb : rows.basis.count - 1
      withUnsafeTemporaryAllocation(
        of: UnsafePointer<UInt64>?.self, capacity: 3 * basis.count
      ) { pointers in
        for digit in 0..<basis.count {
          pointers.initializeElement(
            at: digit, to: valuesOfDigit(digit, limb, digits.base + digit * stride))
          pointers.initializeElement(
            at: basis.count + digit, to: rows.first[digit].limb(rowLimb))
          pointers.initializeElement(
            at: 2 * basis.count + digit, to: rows.second[digit].limb(rowLimb))
        }
        guard let base = pointers.baseAddress else { return }
        withUnsafePointer(to: productBasis.moduli[limb].kernelModulus) { modulus in
          Kernels.active.pointee.inner_product(
            first.limbToWrite(limb), nil, base, base + basis.count, basis.count, basis.degree,
            modulus)
          Kernels.active.pointee.inner_product(
            second.limbToWrite(limb), nil, base, base + 2 * basis.count, basis.count,
            basis.degree, modulus)
        }
      }
    }
    pool.giveBack(digits)
  }
}

/// Two rows of polynomials over one basis, which a gadget product multiplies by.
package struct GadgetRows: Sendable {
  package let first: [RNSPolynomial<Evaluation>]
  package let second: [RNSPolynomial<Evaluation>]
  package let basis: RNSBasis

  /// Rows of equal length, at least one polynomial each.
  package init(
    first: [RNSPolynomial<Evaluation>], second: [RNSPolynomial<Evaluation>], basis: RNSBasis
  ) {
    precondition(first.count == second.count)
    self.first = first
    self.second = second
    self.basis = basis
  }

  package var count: Int { first.count }
}
