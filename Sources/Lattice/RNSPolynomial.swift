import CLatticeKernels

/// In which form a polynomial's residues are.
package protocol PolynomialForm: Sendable {}

/// Coefficients in natural order.
package enum Coefficient: PolynomialForm {}

/// Values at the odd powers of ψ in bit-reversed order (`NTTPlan`).
package enum Evaluation: PolynomialForm {}

/// An element of Z_Q[X]/(X^N + 1) by its residues modulo the primes of a basis.
///
/// A value with storage that copies share until one is changed, as arrays do.
package struct RNSPolynomial<Form: PolynomialForm>: Sendable {
  package private(set) var basis: RNSBasis
  /// Limb i begins at word i · `basis.stride`; all residues are fully reduced. There may be more limbs
  /// than the basis has: those of primes that were dropped.
  private var storage: ResidueStorage

  package var degree: Int { basis.degree }

  /// A polynomial in the given storage, which holds at least the basis's words.
  init(basis: RNSBasis, storage: ResidueStorage) {
    precondition(storage.count >= basis.wordCount)
    self.basis = basis
    self.storage = storage
  }

  /// A polynomial with any residues, to be overwritten.
  package init(uninitialized basis: RNSBasis) {
    self.init(basis: basis, storage: ResidueStorage(count: basis.wordCount))
  }

  /// Zero.
  package init(basis: RNSBasis) {
    self.init(uninitialized: basis)
    storage.base.update(repeating: 0, count: basis.wordCount)
  }

  /// Takes residues that are known to be reduced, limb after limb without gaps.
  package init(basis: RNSBasis, reducedResidues residues: [UInt64]) {
    self.init(uninitialized: basis)
    self.residues = residues
  }

  /// The residues limb after limb without gaps: a copy.
  package var residues: [UInt64] {
    get {
      [UInt64](unsafeUninitializedCapacity: basis.count * degree) { buffer, count in
        count = basis.count * degree
        for index in 0..<basis.count {
          buffer.baseAddress?.advanced(by: index * degree)
            .initialize(from: limb(index), count: degree)
        }
      }
    }
    set {
      precondition(newValue.count == basis.count * degree)
      makeUnique()
      newValue.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        for index in 0..<basis.count {
          limbToWrite(index).update(from: base + index * degree, count: degree)
        }
      }
    }
  }

  /// The residue modulo the prime at `index` at one position.
  package subscript(limb index: Int, position: Int) -> UInt64 {
    get {
      precondition((0..<degree).contains(position))
      return limb(index)[position]
    }
    set {
      precondition((0..<degree).contains(position))
      makeUnique()
      limbToWrite(index)[position] = newValue
    }
  }

  /// The residues modulo the prime at `index`, valid while this value is.
  func limb(_ index: Int) -> UnsafePointer<UInt64> {
    precondition((0..<basis.count).contains(index))
    return UnsafePointer(storage.base + index * basis.stride)
  }

  /// The same to write, after `makeUnique`.
  func limbToWrite(_ index: Int) -> UnsafeMutablePointer<UInt64> {
    precondition((0..<basis.count).contains(index))
    return storage.base + index * basis.stride
  }

  /// Gives this value storage of its own; before writing.
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copied() }
  }

  /// Takes the storage out, if no other polynomial shares it; this one is not to be used any more.
  mutating func releaseStorage() -> ResidueStorage? {
    guard isKnownUniquelyReferenced(&storage) else { return nil }
    let released = storage
    storage = .none
    return released
  }

  /// The same element modulo the product of the first primes, given as their basis.
  package func restricted(to prefix: RNSBasis) -> RNSPolynomial {
    var result = self
    result.restrict(to: prefix)
    return result
  }

  /// Forgets the residues modulo the last primes.
  package mutating func restrict(to prefix: RNSBasis) {
    precondition(prefix.isPrefix(of: basis))
    basis = prefix
  }

  /// The same residues in memory of just their size.
  package func compacted() -> RNSPolynomial {
    let result = RNSPolynomial(uninitialized: basis)
    for index in 0..<basis.count {
      result.limbToWrite(index).update(from: limb(index), count: degree)
    }
    return result
  }

  /// Overwrites the residues with zero, for polynomials that hold a secret.
  package mutating func wipe() {
    makeUnique()
    storage.wipe()
  }

  /// Overwrites the storage with zero although others may share it.
  func overwriteStorage() { storage.wipe() }

  /// Takes over the storage under another form.
  fileprivate consuming func reinterpreted<Other>(as form: Other.Type) -> RNSPolynomial<Other> {
    RNSPolynomial<Other>(basis: basis, storage: storage)
  }

  /// The same, and leaves this polynomial without storage.
  fileprivate mutating func takeReinterpreted<Other>(
    as form: Other.Type
  ) -> RNSPolynomial<Other> {
    var taken = ResidueStorage.none
    swap(&taken, &storage)
    return RNSPolynomial<Other>(basis: basis, storage: taken)
  }
}

extension RNSPolynomial where Form == Coefficient {
  /// The evaluation form, computed in this polynomial's own storage where nothing shares it.
  /// For secrets ``takeEvaluation()``: of a variable that lives on, this leaves a copy behind.
  ///
  /// - Parameter next: a polynomial that is read next. It is brought into the cache meanwhile.
  package consuming func evaluation(
    before next: RNSPolynomial<Evaluation>? = nil
  ) -> RNSPolynomial<Evaluation> {
    RNSPolynomial.transformed(self.reinterpreted(as: Evaluation.self), before: next)
  }

  /// The evaluation form in this polynomial's own storage, which leaves it, so that no copy is left
  /// behind. This polynomial is not to be used any more.
  package mutating func takeEvaluation() -> RNSPolynomial<Evaluation> {
    RNSPolynomial.transformed(takeReinterpreted(as: Evaluation.self), before: nil)
  }

  private static func transformed(
    _ coefficients: consuming RNSPolynomial<Evaluation>, before next: RNSPolynomial<Evaluation>?
  ) -> RNSPolynomial<Evaluation> {
    var result = coefficients
    result.makeUnique()
    for (index, plan) in result.basis.plans.enumerated() {
      let limb = result.limbToWrite(index)
      let ahead = next.flatMap { index < $0.basis.count ? $0.limb(index) : nil }
      plan.forward(limb, from: limb, ahead: ahead)
    }
    return result
  }

  /// The centred representatives of residues modulo one number, modulo every prime of `basis`.
  package init(centredLiftOf coefficients: [UInt64], modulo modulus: Modulus, basis: RNSBasis) {
    self.init(uninitialized: basis)
    setCentredLift(of: coefficients, modulo: modulus)
  }

  /// Overwrites this polynomial with the centred representatives of residues modulo one number.
  package mutating func setCentredLift(of coefficients: [UInt64], modulo modulus: Modulus) {
    precondition(coefficients.count == degree)
    makeUnique()
    coefficients.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      setCentredLift(of: base, modulo: modulus)
    }
  }

  /// Overwrites this polynomial with the centred representatives of residues times a constant, both
  /// modulo one number. What it needs for that is wiped.
  package mutating func setCentredLift(
    of coefficients: [UInt64], times constant: UInt64, modulo modulus: Modulus, pool: PolynomialPool
  ) {
    precondition(coefficients.count == degree)
    makeUnique()
    let multiples = pool.take(count: degree)
    coefficients.withUnsafeBufferPointer { source in
      Kernels.active.pointee.multiply_constant(
        multiples.base, source.baseAddress, modulus.constant(constant), degree, modulus.value)
    }
    setCentredLift(of: UnsafePointer(multiples.base), modulo: modulus)
    multiples.wipe()
    pool.giveBack(multiples)
  }

  private func setCentredLift(of coefficients: UnsafePointer<UInt64>, modulo modulus: Modulus) {
    for index in 0..<basis.count {
      withUnsafePointer(to: basis.moduli[index].kernelModulus) {
        Kernels.active.pointee.reduce_centred(
          limbToWrite(index), coefficients, degree, modulus.value, $0)
      }
    }
  }

  /// Small signed coefficients, modulo every prime.
  package init(basis: RNSBasis, smallCoefficients: [Int8]) {
    self.init(uninitialized: basis)
    setSmallCoefficients(smallCoefficients)
  }

  /// Overwrites this polynomial with small signed coefficients.
  package mutating func setSmallCoefficients(_ coefficients: [Int8]) {
    precondition(coefficients.count == degree)
    makeUnique()
    coefficients.withUnsafeBufferPointer { source in
      for index in 0..<basis.count {
        Kernels.active.pointee.lift_signed(
          limbToWrite(index), source.baseAddress, degree, basis.moduli[index].value)
      }
    }
  }
}

extension RNSPolynomial where Form == Evaluation {
  /// Overwrites this polynomial with the values of another's coefficients, over the same basis.
  package mutating func setEvaluation(of coefficients: RNSPolynomial<Coefficient>) {
    precondition(basis.moduli == coefficients.basis.moduli)
    makeUnique()
    for (index, plan) in basis.plans.enumerated() {
      plan.forward(limbToWrite(index), from: coefficients.limb(index))
    }
  }

  /// Writes the coefficients into a polynomial over the same basis.
  package func writeCoefficients(into result: inout RNSPolynomial<Coefficient>) {
    writeCoefficients(times: basis.unscaled, into: &result)
  }

  /// The coefficients, computed in this polynomial's own storage where nothing shares it.
  /// For secrets ``takeCoefficients()``: of a variable that lives on, this leaves a copy behind.
  package consuming func coefficients() -> RNSPolynomial<Coefficient> {
    RNSPolynomial.transformed(self.reinterpreted(as: Coefficient.self))
  }

  /// The coefficients in this polynomial's own storage, which leaves it, so that no copy is left
  /// behind. This polynomial is not to be used any more.
  package mutating func takeCoefficients() -> RNSPolynomial<Coefficient> {
    RNSPolynomial.transformed(takeReinterpreted(as: Coefficient.self))
  }

  private static func transformed(
    _ values: consuming RNSPolynomial<Coefficient>
  ) -> RNSPolynomial<Coefficient> {
    var result = values
    result.makeUnique()
    for (index, plan) in result.basis.plans.enumerated() {
      let limb = result.limbToWrite(index)
      plan.inverse(limb, from: limb, scale: plan.inverseDegree)
    }
    return result
  }

  /// The coefficients, each limb times its constant, into a polynomial over the same basis.
  ///
  package func writeCoefficients(
    times scales: TransformScales, into result: inout RNSPolynomial<Coefficient>
  ) {
    precondition(result.basis.moduli == basis.moduli && scales.constants.count == basis.count)
    result.makeUnique()
    for (index, plan) in basis.plans.enumerated() {
      plan.inverse(
        result.limbToWrite(index), from: limb(index), scale: scales.constants[index])
    }
  }
}
