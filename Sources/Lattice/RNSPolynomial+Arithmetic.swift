import CLatticeKernels

extension RNSPolynomial {
  package mutating func add(_ other: RNSPolynomial) {
    update(with: other) { a, b, n, modulus in
      Kernels.active.pointee.add(a, a, b, n, modulus.value)
    }
  }

  package mutating func subtract(_ other: RNSPolynomial) {
    update(with: other) { a, b, n, modulus in
      Kernels.active.pointee.subtract(a, a, b, n, modulus.value)
    }
  }

  package mutating func negate() {
    update { _, a, n, modulus in Kernels.active.pointee.negate(a, a, n, modulus.value) }
  }

  /// Multiplies limb i by `constants[i]`, a residue modulo the limb's prime.
  package mutating func multiply(byConstants constants: [UInt64]) {
    precondition(constants.count == basis.count)
    update { index, a, n, modulus in
      Kernels.active.pointee.multiply_constant(
        a, a, modulus.constant(constants[index]), n, modulus.value)
    }
  }

  /// Multiplies by a small signed integer.
  package mutating func multiply(by scalar: Int64) {
    update { _, a, n, modulus in
      Kernels.active.pointee.multiply_constant(
        a, a, modulus.constant(modulus.reduce(scalar)), n, modulus.value)
    }
  }

  /// Adds `count` polynomials, reduced once. The caller keeps them alive.
  package mutating func addSum(count: Int, of term: (Int) -> RNSPolynomial) {
    makeUnique()
    for index in 0..<basis.count {
      let out = limbToWrite(index)
      withLimbs(index, count: count, of: term) { limbs in
        withUnsafePointer(to: basis.moduli[index].kernelModulus) {
          Kernels.active.pointee.sum(out, out, limbs.baseAddress, count, degree, $0)
        }
      }
    }
  }

  /// Calls `body` for each limb.
  private mutating func update(
    _ body: (Int, UnsafeMutablePointer<UInt64>, Int, Modulus) -> Void
  ) {
    makeUnique()
    for index in 0..<basis.count { body(index, limbToWrite(index), degree, basis.moduli[index]) }
  }

  /// Calls `body` for each limb and the same limb of `other`, which may have more of them.
  private mutating func update(
    with other: RNSPolynomial,
    _ body: (UnsafeMutablePointer<UInt64>, UnsafePointer<UInt64>, Int, Modulus) -> Void
  ) {
    precondition(basis.isPrefix(of: other.basis))
    makeUnique()
    for index in 0..<basis.count {
      body(limbToWrite(index), other.limb(index), degree, basis.moduli[index])
    }
  }

  /// The same limb of several polynomials, for kernels that take many operands.
  private func withLimbs(
    _ index: Int, count: Int, of polynomial: (Int) -> RNSPolynomial,
    _ body: (UnsafeMutableBufferPointer<UnsafePointer<UInt64>?>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UnsafePointer<UInt64>?.self, capacity: count) { limbs in
      for position in 0..<count {
        let operand = polynomial(position)
        precondition(basis.isPrefix(of: operand.basis))
        limbs.initializeElement(at: position, to: operand.limb(index))
      }
      body(limbs)
    }
  }
}

extension RNSPolynomial where Form == Evaluation {
  package mutating func multiply(_ other: RNSPolynomial) {
    update(with: other) { a, b, n, modulus in
      withUnsafePointer(to: modulus.kernelModulus) {
        Kernels.active.pointee.multiply(a, a, b, n, $0)
      }
    }
  }

  /// Adds a limb of another polynomial times a residue, to that limb alone. The other may be secret.
  package mutating func add(_ other: RNSPolynomial, times factor: UInt64, limb index: Int) {
    precondition(basis.isPrefix(of: other.basis))
    makeUnique()
    let modulus = basis.moduli[index]
    let kernels = Kernels.active.pointee
    let product = ResidueStorage(count: degree)
    kernels.multiply_constant(
      product.base, other.limb(index), modulus.constant(factor), degree, modulus.value)
    kernels.add(
      limbToWrite(index), limbToWrite(index), product.base, degree, modulus.value)
    product.wipe()
  }

  /// Overwrites this polynomial with a · b.
  package mutating func setProduct(_ a: RNSPolynomial, _ b: RNSPolynomial) {
    precondition(basis.isPrefix(of: a.basis) && basis.isPrefix(of: b.basis))
    update { index, out, n, modulus in
      withUnsafePointer(to: modulus.kernelModulus) {
        Kernels.active.pointee.multiply(out, a.limb(index), b.limb(index), n, $0)
      }
    }
  }

  /// Overwrites this polynomial with a · b + c · d, reduced once.
  package mutating func setProductSum(
    _ a: RNSPolynomial, _ b: RNSPolynomial, _ c: RNSPolynomial, _ d: RNSPolynomial
  ) {
    func left(_ term: Int) -> RNSPolynomial { term == 0 ? a : c }
    func right(_ term: Int) -> RNSPolynomial { term == 0 ? b : d }
    makeUnique()
    for index in 0..<basis.count {
      let out = limbToWrite(index)
      withLimbs(index, count: 2, of: left) { left in
        withLimbs(index, count: 2, of: right) { right in
          withUnsafePointer(to: basis.moduli[index].kernelModulus) {
            Kernels.active.pointee.inner_product(
              out, nil, left.baseAddress, right.baseAddress, 2, degree, $0)
          }
        }
      }
    }
  }

  /// Adds a · b.
  package mutating func addProduct(_ a: RNSPolynomial, _ b: RNSPolynomial) {
    addProducts(count: 1, of: { _ in a }, { _ in b })
  }

  /// Adds the sum of `count` products, reduced once; at most `CLK_MAXIMUM_TERMS` of them. The caller
  /// keeps the factors alive.
  package mutating func addProducts(
    count: Int, of a: (Int) -> RNSPolynomial, _ b: (Int) -> RNSPolynomial
  ) {
    precondition(count <= Int(CLK_MAXIMUM_TERMS))
    makeUnique()
    for index in 0..<basis.count {
      let out = limbToWrite(index)
      withLimbs(index, count: count, of: a) { a in
        withLimbs(index, count: count, of: b) { b in
          withUnsafePointer(to: basis.moduli[index].kernelModulus) {
            Kernels.active.pointee.inner_product(
              out, out, a.baseAddress, b.baseAddress, count, degree, $0)
          }
        }
      }
    }
  }

  /// Overwrites this polynomial with the image of another under X → X^g, given g's permutation of the
  /// evaluations.
  package mutating func setImage(of other: RNSPolynomial, under permutation: GaloisPermutation) {
    precondition(basis.isPrefix(of: other.basis) && permutation.indices.count == degree)
    permutation.indices.withUnsafeBufferPointer { indices in
      update { index, out, n, _ in
        Kernels.active.pointee.permute(out, other.limb(index), indices.baseAddress, n)
      }
    }
  }

  /// The image under X → X^g, given g's permutation of the evaluations.
  package func permuted(_ permutation: GaloisPermutation) -> RNSPolynomial {
    var image = RNSPolynomial(uninitialized: basis)
    image.setImage(of: self, under: permutation)
    return image
  }

  /// X^`exponent`, 0 ≤ exponent < N.
  package static func monomial(_ exponent: Int, basis: RNSBasis) -> RNSPolynomial {
    var coefficients = [Int8](repeating: 0, count: basis.degree)
    coefficients[exponent] = 1
    return RNSPolynomial<Coefficient>(basis: basis, smallCoefficients: coefficients).evaluation()
  }
}
