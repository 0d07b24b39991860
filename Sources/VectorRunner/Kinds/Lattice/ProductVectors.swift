import Lattice

/// Products of polynomials.
struct ProductVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
  }

  struct Case: Decodable, Sendable {
    let first: PolynomialOperand
    let second: PolynomialOperand
    let product: PolynomialOutcome
  }

  static let name = "lattice.product"

  private let basis: RNSBasis

  init(_ group: Group) throws {
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
  }

  func run(_ vector: Case) throws {
    let first = try vector.first.polynomial(basis, field: "first").evaluation()
    let second = try vector.second.polynomial(basis, field: "second").evaluation()
    var product = first
    product.multiply(second)
    try vector.product.check("product", product.coefficients())
    var reversed = RNSPolynomial<Evaluation>(uninitialized: basis)
    reversed.setProduct(second, first)
    try vector.product.check("product", reversed.coefficients())
  }
}
