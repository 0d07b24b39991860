import Lattice

/// Products of a basis's primes.
struct BasisVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
    let modulo: HexWord
    let product: HexWord?
    let cofactors: [HexWord]?
  }

  static let name = "lattice.basis"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let basis = try RNSBasis(degree: vector.degree, moduli: vector.moduli)
    let modulus = try Modulus(vector.modulo.value)
    try VectorCheck.equal("product", basis.product(modulo: modulus), vector.product?.value)
    try VectorCheck.equal(
      "cofactors", basis.moduli.indices.map { basis.cofactor($0, modulo: modulus) },
      vector.cofactors ?? [])
  }
}
