import CLatticeKernels
import Lattice

/// Sums of products of two-part polynomials.
struct TensorVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
  }

  struct Product: Decodable, Sendable {
    let a0: [[HexWord]]
    let a1: [[HexWord]]
    let b0: [[HexWord]]
    let b1: [[HexWord]]
  }

  struct Case: Decodable, Sendable {
    let products: [Product]
    let batches: [Int]
    let weight: Int64
    let parts: [[[HexWord]]]
    let weighted: [[[HexWord]]]
  }

  static let name = "lattice.tensor"

  private let basis: RNSBasis
  private let pool = PolynomialPool()

  init(_ group: Group) throws {
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
  }

  func run(_ vector: Case) throws {
    guard vector.batches.allSatisfy((1...Int(CLK_MAXIMUM_TERMS)).contains),
      !vector.products.isEmpty, vector.parts.count == 3, vector.weighted.count == 3
    else { throw MalformedVector("batches", "not from 1 to \(CLK_MAXIMUM_TERMS) products each") }
    let products = try vector.products.map(factors)
    var sum = TensorSum(basis: basis, pool: pool)
    var added = 0
    for batch in vector.batches {
      sum.add((added..<added + batch).map { products[$0 % products.count] })
      added += batch
    }
    try check("parts", sum, vector.parts)
    if added == 1 { try checkSingly(products[0], vector.parts) }
    let copy = sum
    sum.add(copy, pool: pool)
    sum.multiply(by: vector.weight)
    try check("weighted", sum, vector.weighted)
    // The copy has storage of its own by now.
    try check("parts", copy, vector.parts)
    sum.clear()
    let zero = [UInt64](repeating: 0, count: basis.count * basis.degree)
    var part = RNSPolynomial<Evaluation>(uninitialized: basis)
    sum.write(part: 1, into: &part)
    try VectorCheck.equal("parts of a cleared sum", part.residues, zero)
  }

  private func check(_ field: String, _ sum: TensorSum, _ expected: [[[HexWord]]]) throws {
    for (index, limbs) in expected.enumerated() {
      var part = RNSPolynomial<Evaluation>(uninitialized: basis)
      sum.write(part: index, into: &part)
      try VectorCheck.equal("\(field)[\(index)]", part, limbs)
    }
  }

  /// One product without a sum.
  private func checkSingly(_ product: TensorFactors, _ expected: [[[HexWord]]]) throws {
    for (index, limbs) in expected.enumerated() {
      var part = RNSPolynomial<Evaluation>(uninitialized: basis)
      part.setTensorPart(index, product)
      try VectorCheck.equal("parts[\(index)]", part, limbs)
    }
  }

  private func factors(_ product: Product) throws -> TensorFactors {
    func values(_ field: String, _ limbs: [[HexWord]]) throws -> RNSPolynomial<Evaluation> {
      try RNSPolynomial(basis: basis, limbs: limbs, field: field)
    }
    return TensorFactors(
      (try values("a0", product.a0), try values("a1", product.a1)),
      (try values("b0", product.b0), try values("b1", product.b1)))
  }
}
