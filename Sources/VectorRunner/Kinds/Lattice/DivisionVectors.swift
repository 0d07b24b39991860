import Lattice

/// Division by the last prime, in both forms.
struct DivisionVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
  }

  struct Case: Decodable, Sendable {
    let residues: [[HexWord]]
    let quotients: [[HexWord]]
  }

  static let name = "lattice.division"

  private let basis: RNSBasis
  private let division: LastPrimeDivision
  private let pool = PolynomialPool()

  init(_ group: Group) throws {
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
    division = LastPrimeDivision(of: basis, onto: try basis.prefix(basis.count - 1))
  }

  func run(_ vector: Case) throws {
    let polynomial = try RNSPolynomial<Coefficient>(
      basis: basis, limbs: vector.residues, field: "residues")
    try VectorCheck.equal("quotients", divided(polynomial), vector.quotients)
    try VectorCheck.equal(
      "quotients", divided(polynomial.evaluation()).coefficients(), vector.quotients)
    var inPlace = polynomial
    division.divide(&inPlace, pool: pool)
    try VectorCheck.equal("quotients", inPlace, vector.quotients)
    var valuesInPlace = polynomial.evaluation()
    division.divide(&valuesInPlace, pool: pool)
    try VectorCheck.equal("quotients", valuesInPlace.coefficients(), vector.quotients)
  }

  private func divided<Form>(_ polynomial: RNSPolynomial<Form>) -> RNSPolynomial<Form> {
    var (polynomial, result) = (polynomial, RNSPolynomial<Form>(uninitialized: division.prefix))
    division.divide(&polynomial, into: &result, pool: pool)
    return result
  }
}
