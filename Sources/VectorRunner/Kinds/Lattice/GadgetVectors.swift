import Lattice

/// Products of a polynomial's digits with rows.
struct GadgetVectors: VectorKind {
  struct Row: Decodable, Sendable {
    let element: Int
    let first: [[[HexWord]]]
    let second: [[[HexWord]]]
  }

  struct Group: Decodable, Sendable {
    let degree: Int
    let rowModuli: [HexWord]
    let count: Int
    let rows: [Row]
  }

  struct Product: Decodable, Sendable {
    let first: [[HexWord]]
    let second: [[HexWord]]
  }

  struct Case: Decodable, Sendable {
    let coefficients: [[HexWord]]
    let products: [Product]
  }

  static let name = "lattice.gadget"

  private let basis: RNSBasis
  private let gadget: GadgetProduct
  private let images: [(rows: GadgetRows, permutation: GaloisPermutation)]
  private let pool = PolynomialPool()

  init(_ group: Group) throws {
    let rowBasis = try RNSBasis(degree: group.degree, moduli: group.rowModuli)
    guard (1..<rowBasis.count).contains(group.count) else {
      throw MalformedVector("count", "not from 1 to \(rowBasis.count - 1)")
    }
    basis = try rowBasis.prefix(group.count)
    gadget = GadgetProduct(
      basis: basis,
      productBasis: try RNSBasis(plans: basis.plans + rowBasis.plans.suffix(1)))
    func values(_ polynomials: [[[HexWord]]]) throws -> [RNSPolynomial<Evaluation>] {
      guard polynomials.count == rowBasis.count - 1 else {
        throw MalformedVector("rows", "\(polynomials.count) polynomials in a row")
      }
      return try polynomials.map {
        try RNSPolynomial<Coefficient>(basis: rowBasis, limbs: $0, field: "rows").evaluation()
      }
    }
    images = try group.rows.map { row in
      let rows = GadgetRows(
        first: try values(row.first), second: try values(row.second), basis: rowBasis)
      return (
        rows, try GaloisPermutation(vectorElement: row.element, degree: group.degree)
      )
    }
  }

  func run(_ vector: Case) throws {
    let polynomial = try RNSPolynomial<Coefficient>(
      basis: basis, limbs: vector.coefficients, field: "coefficients"
    ).evaluation()
    guard vector.products.count == images.count else {
      throw MalformedVector("products", "there are \(images.count) rows")
    }
    var pairs = images.map { _ in GadgetProductPair(basis: gadget.productBasis, pool: pool) }
    gadget.multiply(polynomial, images: images, into: &pairs, pool: pool)
    for (index, pair) in pairs.enumerated() {
      try check("products[\(index)]", pair, vector.products[index])
    }
    for (index, image) in images.enumerated() where image.permutation.element == 1 {
      gadget.multiply(polynomial, image.rows, into: &pairs[index], pool: pool)
      try check("products[\(index)]", pairs[index], vector.products[index])
    }
  }

  private func check(_ field: String, _ pair: GadgetProductPair, _ expected: Product) throws {
    try VectorCheck.equal("\(field).first", pair.first.coefficients(), expected.first)
    try VectorCheck.equal("\(field).second", pair.second.coefficients(), expected.second)
  }
}
