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

  /// Multiplies a polynomial's digits by two rows.
  package func multiply(
    _ polynomial: RNSPolynomial<Evaluation>, _ rows: GadgetRows,
    into product: inout GadgetProductPair, pool: PolynomialPool
  ) {
    prepare(&product)
    let digits = Digits(of: polynomial, self, pool: pool)
    for limb in 0..<productBasis.count {
      digits.transform(to: limb)
      addUp(rows, limb: limb, 0..<basis.degree, into: product) { digits.values($0, limb: limb) }
    }
    digits.giveBack(to: pool)
  }

  /// Multiplies the images of a polynomial's digits under several permutations by two rows for each.
  ///
  /// Prime after prime, so that the digits, which are taken there once for all images, stay in the
  /// cache.
  package func multiply(
    _ polynomial: RNSPolynomial<Evaluation>,
    images: [(rows: GadgetRows, permutation: GaloisPermutation)],
    into products: inout [GadgetProductPair], pool: PolynomialPool
  ) {
    precondition(images.count == products.count)
    for index in products.indices { prepare(&products[index]) }
    let digits = Digits(of: polynomial, self, pool: pool)
    let length = min(GadgetProduct.blockLength, basis.degree)
    let block = pool.take(count: basis.count * length)
    for limb in 0..<productBasis.count {
      digits.transform(to: limb)
      for (image, product) in zip(images, products) {
        for start in stride(from: 0, to: basis.degree, by: length) {
          addUp(image.rows, limb: limb, start..<start + length, into: product) { digit in
            let values = block.base + digit * length
            image.permutation.write(
              start..<start + length, of: digits.values(digit, limb: limb), to: values)
            return UnsafePointer(values)
          }
        }
      }
    }
    pool.giveBack(block)
    digits.giveBack(to: pool)
  }

  /// Values of each digit that are permuted at a time: those of all digits stay in the first-level
  /// cache or not far from it.
  private static let blockLength = 1024

  private func prepare(_ product: inout GadgetProductPair) {
    precondition(
      product.first.basis.moduli == productBasis.moduli
        && product.second.basis.moduli == productBasis.moduli)
    product.first.makeUnique()
    product.second.makeUnique()
  }

  /// Overwrites a range of one limb of the product with the sum over all digits, whose values in the
  /// range the closure gives.
  private func addUp(
    _ rows: GadgetRows, limb: Int, _ range: Range<Int>, into product: GadgetProductPair,
    digit values: (Int) -> UnsafePointer<UInt64>
  ) {
    precondition(rows.count >= basis.count)
    // The row may have limbs of primes that the product has not; the extra prime stands last.
    let rowLimb = limb < basis.count ? limb : rows.basis.count - 1
    withUnsafeTemporaryAllocation(
      of: UnsafePointer<UInt64>?.self, capacity: 3 * basis.count
    ) { pointers in
      for digit in 0..<basis.count {
        pointers.initializeElement(at: digit, to: values(digit))
        pointers.initializeElement(
          at: basis.count + digit, to: rows.first[digit].limb(rowLimb) + range.lowerBound)
        pointers.initializeElement(
          at: 2 * basis.count + digit, to: rows.second[digit].limb(rowLimb) + range.lowerBound)
      }
      guard let base = pointers.baseAddress else { return }
      withUnsafePointer(to: productBasis.moduli[limb].kernelModulus) { modulus in
        Kernels.active.pointee.inner_product(
          product.first.limbToWrite(limb) + range.lowerBound, nil, base, base + basis.count,
          basis.count, range.count, modulus)
        Kernels.active.pointee.inner_product(
          product.second.limbToWrite(limb) + range.lowerBound, nil, base, base + 2 * basis.count,
          basis.count, range.count, modulus)
      }
    }
  }

  /// A polynomial's digits, modulo one prime of the product's basis at a time.
  private struct Digits {
    private let polynomial: RNSPolynomial<Evaluation>
    private var coefficients: RNSPolynomial<Coefficient>
    private let scratch: ResidueStorage
    private let basis: RNSBasis

    init(of polynomial: RNSPolynomial<Evaluation>, _ product: GadgetProduct, pool: PolynomialPool) {
      self.polynomial = polynomial
      coefficients = pool.take(product.basis, Coefficient.self)
      polynomial.writeCoefficients(into: &coefficients)
      basis = product.productBasis
      scratch = pool.take(count: coefficients.basis.count * basis.stride)
    }

    /// Takes the digits to a prime.
    func transform(to limb: Int) {
      for digit in 0..<coefficients.basis.count where digit != limb {
        basis.plans[limb].forward(
          scratch.base + digit * basis.stride, fromCentred: coefficients.limb(digit),
          modulo: basis.moduli[digit])
      }
    }

    /// The values of one digit modulo the prime. Modulo its own it is the polynomial's own limb.
    func values(_ digit: Int, limb: Int) -> UnsafePointer<UInt64> {
      digit == limb
        ? polynomial.limb(digit) : UnsafePointer(scratch.base + digit * basis.stride)
    }

    consuming func giveBack(to pool: PolynomialPool) {
      pool.giveBack(scratch)
      pool.giveBack(&coefficients)
    }
  }
}

/// The products of one polynomial with two rows.
package struct GadgetProductPair: Sendable {
  package var first: RNSPolynomial<Evaluation>
  package var second: RNSPolynomial<Evaluation>

  /// Memory for the products over a basis, with any content.
  package init(basis: RNSBasis, pool: PolynomialPool) {
    first = pool.take(basis, Evaluation.self)
    second = pool.take(basis, Evaluation.self)
  }

  /// Gives the memory back.
  package mutating func giveBack(to pool: PolynomialPool) {
    pool.giveBack(&first)
    pool.giveBack(&second)
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
