import Lattice
import SecureMemory

/// A polynomial of a vector by all its residues where they are few, else by what gives them.
struct PolynomialOperand: Decodable, Sendable {
  /// Some coefficients, of one limb after the other; the rest is zero.
  struct Sparse: Decodable, Sendable {
    let exponents: [Int]
    let limbs: [[HexWord]]
  }

  private let limbs: [[HexWord]]?
  /// Of each limb residues that are repeated until there are enough.
  private let repeated: [[HexWord]]?
  private let sparse: Sparse?
  /// What the uniform sampler draws from.
  private let seed: HexBytes?

  /// The polynomial.
  ///
  /// - Throws: ``MalformedVector``.
  func polynomial(
    _ basis: RNSBasis, field: String
  ) throws(MalformedVector) -> RNSPolynomial<Coefficient> {
    if let limbs { return try RNSPolynomial(basis: basis, limbs: limbs, field: field) }
    if let repeated {
      let limbs = repeated.map { limb in
        limb.isEmpty ? [] : (0..<basis.degree).map { limb[$0 % limb.count] }
      }
      return try RNSPolynomial(basis: basis, limbs: limbs, field: field)
    }
    if let sparse { return try polynomial(sparse, basis, field: field) }
    guard let seed else { throw MalformedVector(field, "it says nothing") }
    var source = SeedExpander(vectorSeed: seed)
    return Samplers.uniform(basis: basis, form: Coefficient.self, using: &source)
  }

  private func polynomial(
    _ sparse: Sparse, _ basis: RNSBasis, field: String
  ) throws(MalformedVector) -> RNSPolynomial<Coefficient> {
    var result = RNSPolynomial<Coefficient>(basis: basis)
    guard sparse.limbs.count == basis.count,
      sparse.exponents.allSatisfy((0..<basis.degree).contains)
    else { throw MalformedVector(field, "not a polynomial of degree \(basis.degree)") }
    for (limb, words) in sparse.limbs.enumerated() {
      try words.values.check(count: sparse.exponents.count, field: field)
      try words.values.check(below: basis.moduli[limb].value, field: field)
      for (exponent, word) in zip(sparse.exponents, words) {
        result[limb: limb, exponent] = word.value
      }
    }
    return result
  }
}
