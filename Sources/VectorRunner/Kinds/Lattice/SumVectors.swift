import CLatticeKernels
import Lattice

/// Sums of many polynomials and of many products, reduced once.
struct SumVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
  }

  struct Case: Decodable, Sendable {
    let start: [[HexWord]]
    let terms: [[[HexWord]]]
    let factors: [[[HexWord]]]
    let count: Int
    let sum: [[HexWord]]
    let productSum: [[HexWord]]
  }

  static let name = "lattice.sum"

  private let basis: RNSBasis

  init(_ group: Group) throws {
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
  }

  func run(_ vector: Case) throws {
    guard (0...Int(CLK_MAXIMUM_TERMS)).contains(vector.count), !vector.terms.isEmpty,
      !vector.factors.isEmpty
    else { throw MalformedVector("count", "no such number of terms") }
    let start = try values("start", vector.start)
    let terms = try vector.terms.map { try values("terms", $0) }
    let factors = try vector.factors.map { try values("factors", $0) }
    try withExtendedLifetime((terms, factors)) {
      var sum = start
      sum.addSum(count: vector.count) { terms[$0 % terms.count] }
      try VectorCheck.equal("sum", sum, vector.sum)
      var products = start
      products.addProducts(count: vector.count) {
        terms[$0 % terms.count]
      } _: {
        factors[$0 % factors.count]
      }
      try VectorCheck.equal("product_sum", products, vector.productSum)
    }
  }

  private func values(_ field: String, _ limbs: [[HexWord]]) throws -> RNSPolynomial<Evaluation> {
    try RNSPolynomial(basis: basis, limbs: limbs, field: field)
  }
}
