import Lattice

/// Operations on polynomials value by value.
struct PointwiseVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
  }

  struct Case: Decodable, Sendable {
    let a: [[HexWord]]
    let b: [[HexWord]]
    let c: [[HexWord]]
    let d: [[HexWord]]
    let scalar: Int64
    let constants: [HexWord]
    let limb: Int
    let sum: [[HexWord]]
    let difference: [[HexWord]]
    let negation: [[HexWord]]
    let multiple: [[HexWord]]
    let constantMultiple: [[HexWord]]
    let product: [[HexWord]]
    let productAdded: [[HexWord]]
    let productSum: [[HexWord]]
    let limbAdded: [[HexWord]]
  }

  static let name = "lattice.pointwise"

  private let basis: RNSBasis

  init(_ group: Group) throws {
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
  }

  func run(_ vector: Case) throws {
    let a = try values("a", vector.a)
    let b = try values("b", vector.b)
    let c = try values("c", vector.c)
    let d = try values("d", vector.d)
    func check(
      _ field: String, _ expected: [[HexWord]],
      _ change: (inout RNSPolynomial<Evaluation>) -> Void
    ) throws {
      var result = a
      change(&result)
      try VectorCheck.equal(field, result, expected)
    }
    try check("sum", vector.sum) { $0.add(b) }
    try check("difference", vector.difference) { $0.subtract(b) }
    try check("negation", vector.negation) { $0.negate() }
    try check("multiple", vector.multiple) { $0.multiply(by: vector.scalar) }
    try check("product", vector.product) { $0.multiply(b) }
    try check("product", vector.product) { $0.setProduct(a, b) }
    try check("product_added", vector.productAdded) { $0.addProduct(b, c) }
    try check("product_sum", vector.productSum) { $0.setProductSum(a, b, c, d) }
    let constants = try constants(vector)
    try check("constant_multiple", vector.constantMultiple) { $0.multiply(byConstants: constants) }
    guard constants.indices.contains(vector.limb) else {
      throw MalformedVector("limb", "there are \(constants.count) limbs")
    }
    try check("limb_added", vector.limbAdded) {
      $0.add(b, times: constants[vector.limb], limb: vector.limb)
    }
  }

  private func values(_ field: String, _ limbs: [[HexWord]]) throws -> RNSPolynomial<Evaluation> {
    try RNSPolynomial(basis: basis, limbs: limbs, field: field)
  }

  private func constants(_ vector: Case) throws -> [UInt64] {
    let constants = vector.constants.values
    try constants.check(count: basis.count, field: "constants")
    for (constant, modulus) in zip(constants, basis.moduli) {
      try [constant].check(below: modulus.value, field: "constants")
    }
    return constants
  }
}
