import Lattice

extension RNSBasis {
  /// The basis that a vector names.
  convenience init(degree: Int, moduli: [HexWord]) throws {
    try self.init(
      plans: moduli.values.map { try NTTPlan(degree: degree, modulus: Modulus($0)) })
  }
}

extension RNSPolynomial {
  /// The polynomial that a vector writes down, all residues of which must be there and reduced.
  ///
  /// - Throws: ``MalformedVector``.
  init(basis: RNSBasis, limbs: [[HexWord]], field: String) throws(MalformedVector) {
    guard limbs.count == basis.count, limbs.allSatisfy({ $0.count == basis.degree }) else {
      throw MalformedVector(field, "not a polynomial of degree \(basis.degree)")
    }
    for (limb, modulus) in zip(limbs, basis.moduli) {
      try limb.values.check(below: modulus.value, field: field)
    }
    self.init(basis: basis, reducedResidues: limbs.flattened)
  }
}

extension [UInt64] {
  /// - Throws: ``MalformedVector`` unless all numbers are below the bound.
  func check(below bound: UInt64, field: String) throws(MalformedVector) {
    guard allSatisfy({ $0 < bound }) else {
      throw MalformedVector(field, "a residue is not below its modulus")
    }
  }

  /// - Throws: ``MalformedVector`` unless there are as many numbers as wanted.
  func check(count: Int, field: String) throws(MalformedVector) {
    guard self.count == count else {
      throw MalformedVector(field, "\(self.count) numbers in place of \(count)")
    }
  }
}

extension VectorCheck {
  /// The residues of a polynomial, limb after limb.
  ///
  /// - Throws: ``VectorMismatch``.
  static func equal<Form>(
    _ field: String, _ found: RNSPolynomial<Form>, _ expected: [[HexWord]]
  ) throws(VectorMismatch) {
    try equal(field, found.residues, expected.flatMap { $0 })
  }
}
