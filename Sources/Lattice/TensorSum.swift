import CLatticeKernels

extension RNSPolynomial where Form == Evaluation {
  /// Overwrites this polynomial with one part of (a0, a1)·(b0, b1) = (a0·b0, a0·b1 + a1·b0, a1·b1).
  package mutating func setTensorPart(
    _ part: Int, _ a: (RNSPolynomial, RNSPolynomial), _ b: (RNSPolynomial, RNSPolynomial)
  ) {
    precondition((0..<3).contains(part))
    switch part {
    case 0: setProduct(a.0, b.0)
    case 1: setProductSum(a.0, b.1, a.1, b.0)
    default: setProduct(a.1, b.1)
    }
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

  /// Adds (a0, a1)·(b0, b1).
  package mutating func add(
    _ a: (RNSPolynomial<Evaluation>, RNSPolynomial<Evaluation>),
    _ b: (RNSPolynomial<Evaluation>, RNSPolynomial<Evaluation>)
  ) {
    precondition(basis.isPrefix(of: a.0.basis) && basis.isPrefix(of: a.1.basis))
    precondition(basis.isPrefix(of: b.0.basis) && basis.isPrefix(of: b.1.basis))
    if pending == Int(CLK_MAXIMUM_TERMS) { reduce() }
    makeUnique()
    pending += 1
    for limb in 0..<basis.count {
      withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<UInt64>?.self, capacity: 6) { sums in
        for word in 0..<6 {
          sums.initializeElement(
            at: word, to: words(limb, part: word / 2, isHigh: word & 1 == 1))
        }
        withUnsafePointer(to: basis.moduli[limb].kernelModulus) {
          Kernels.active.pointee.tensor_add(
            sums.baseAddress, a.0.limb(limb), a.1.limb(limb), b.0.limb(limb), b.1.limb(limb),
            basis.degree, $0)
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
  package mutating func add(_ other: TensorSum) {
    precondition(basis.moduli == other.basis.moduli)
    reduce()
    var reduced = other
    reduced.reduce()
    for limb in 0..<basis.count {
      for part in 0..<3 {
        let sum = words(limb, part: part, isHigh: false)
        Kernels.active.pointee.add(
          sum, sum, reduced.words(limb, part: part, isHigh: false), basis.degree,
          basis.moduli[limb].value)
      }
    }
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
