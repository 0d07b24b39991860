import CLatticeKernels

/// The four polynomials of a product (a0, a1)·(b0, b1).
package struct TensorFactors: Sendable {
  package var a0: RNSPolynomial<Evaluation>
  package var a1: RNSPolynomial<Evaluation>
  package var b0: RNSPolynomial<Evaluation>
  package var b1: RNSPolynomial<Evaluation>

  package init(
    _ a: (RNSPolynomial<Evaluation>, RNSPolynomial<Evaluation>),
    _ b: (RNSPolynomial<Evaluation>, RNSPolynomial<Evaluation>)
  ) {
    a0 = a.0
    a1 = a.1
    b0 = b.0
    b1 = b.1
  }

  fileprivate func areOver(_ basis: RNSBasis) -> Bool {
    basis.isPrefix(of: a0.basis) && basis.isPrefix(of: a1.basis) && basis.isPrefix(of: b0.basis)
      && basis.isPrefix(of: b1.basis)
  }
}

/// A sum of products of two-part polynomials, (a0, a1)·(b0, b1) = (a0·b0, a0·b1 + a1·b0, a1·b1), whose
/// residues are reduced only now and then: two words stand for each, low + 2^52·high.
package struct TensorSum: Sendable {
  package let basis: RNSBasis
  /// For each limb and each of the three parts the low words, then the high ones.
  private var storage: ResidueStorage
  /// Products since the words were last reduced.
  private var pending = 0

  /// The empty sum.
  package init(basis: RNSBasis, pool: PolynomialPool) {
    self.basis = basis
    storage = pool.take(count: 6 * basis.wordCount)
    storage.base.update(repeating: 0, count: storage.count)
  }

  /// Forgets what was added.
  package mutating func clear() {
    makeUnique()
    storage.base.update(repeating: 0, count: storage.count)
    pending = 0
  }

  /// Gives the memory back where no copy shares it. The sum is not to be used any more.
  package mutating func giveBack(to pool: PolynomialPool) {
    guard isKnownUniquelyReferenced(&storage) else { return }
    pool.giveBack(storage)
    storage = .none
  }

  private func words(_ limb: Int, part: Int, isHigh: Bool) -> UnsafeMutablePointer<UInt64> {
    storage.base + (6 * limb + 2 * part + (isHigh ? 1 : 0)) * basis.stride
  }

  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copied() }
  }

  /// Adds several products in one pass over the sum, at most `CLK_MAXIMUM_TERMS`.
  package mutating func add(_ products: [TensorFactors]) {
    precondition(products.count <= Int(CLK_MAXIMUM_TERMS))
    if pending + products.count > Int(CLK_MAXIMUM_TERMS) { reduce() }
    makeUnique()
    pending += products.count
    for product in products { precondition(product.areOver(basis)) }
    for limb in 0..<basis.count { add(products, limb: limb) }
  }

  private func add(_ products: [TensorFactors], limb: Int) {
    withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<UInt64>?.self, capacity: 6) { sums in
      for word in 0..<6 {
        sums.initializeElement(at: word, to: words(limb, part: word / 2, isHigh: word & 1 == 1))
      }
      withUnsafeTemporaryAllocation(
        of: UnsafePointer<UInt64>?.self, capacity: 4 * products.count
      ) { factors in
        for (index, product) in products.enumerated() {
          factors.initializeElement(at: 4 * index, to: product.a0.limb(limb))
          factors.initializeElement(at: 4 * index + 1, to: product.a1.limb(limb))
          factors.initializeElement(at: 4 * index + 2, to: product.b0.limb(limb))
          factors.initializeElement(at: 4 * index + 3, to: product.b1.limb(limb))
        }
        withUnsafePointer(to: basis.moduli[limb].kernelModulus) {
          Kernels.active.pointee.tensor_add(
            sums.baseAddress, factors.baseAddress, products.count, basis.degree, $0)
        }
      }
    }
  }

  /// Writes the residues of one part.
  package func write(part: Int, into result: inout RNSPolynomial<Evaluation>) {
    precondition(result.basis.moduli == basis.moduli && (0..<3).contains(part))
    result.makeUnique()
    for limb in 0..<basis.count { fold(limb, part: part, into: result.limbToWrite(limb)) }
  }

  /// Adds another sum over the same basis.
  package mutating func add(_ other: TensorSum, pool: PolynomialPool) {
    precondition(basis.moduli == other.basis.moduli)
    reduce()
    let residues = pool.take(count: basis.degree)
    for limb in 0..<basis.count {
      for part in 0..<3 {
        other.fold(limb, part: part, into: residues.base)
        let sum = words(limb, part: part, isHigh: false)
        Kernels.active.pointee.add(
          sum, sum, residues.base, basis.degree, basis.moduli[limb].value)
      }
    }
    pool.giveBack(residues)
  }

  /// Multiplies by a small signed integer.
  package mutating func multiply(by weight: Int64) {
    reduce()
    for limb in 0..<basis.count {
      let modulus = basis.moduli[limb]
      for part in 0..<3 {
        let sum = words(limb, part: part, isHigh: false)
        Kernels.active.pointee.multiply_constant(
          sum, sum, modulus.constant(modulus.reduce(weight)), basis.degree, modulus.value)
      }
    }
  }

  /// Brings every residue into its low word.
  private mutating func reduce() {
    makeUnique()
    pending = 0
    for limb in 0..<basis.count {
      for part in 0..<3 {
        fold(limb, part: part, into: words(limb, part: part, isHigh: false))
        words(limb, part: part, isHigh: true).update(repeating: 0, count: basis.degree)
      }
    }
  }

  private func fold(_ limb: Int, part: Int, into out: UnsafeMutablePointer<UInt64>) {
    withUnsafePointer(to: basis.moduli[limb].kernelModulus) {
      Kernels.active.pointee.fold(
        out, words(limb, part: part, isHigh: false), words(limb, part: part, isHigh: true),
        basis.degree, $0)
    }
  }
}

extension RNSPolynomial where Form == Evaluation {
  /// Overwrites this polynomial with one part of (a0, a1)·(b0, b1) = (a0·b0, a0·b1 + a1·b0, a1·b1).
  package mutating func setTensorPart(_ part: Int, _ factors: TensorFactors) {
    precondition((0..<3).contains(part))
    switch part {
    case 0: setProduct(factors.a0, factors.b0)
    case 1: setProductSum(factors.a0, factors.b1, factors.a1, factors.b0)
    default: setProduct(factors.a1, factors.b1)
    }
  }
}
