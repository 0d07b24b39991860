import Lattice

/// Powers and inverses.
struct PowerVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let modulus: HexWord
  }

  struct Case: Decodable, Sendable {
    let base: HexWord
    let exponent: HexWord
    let power: HexWord
    let inverse: HexWord?
  }

  static let name = "lattice.power"

  private let modulus: Modulus

  init(_ group: Group) throws { modulus = try Modulus(group.modulus.value) }

  func run(_ vector: Case) throws {
    let base = vector.base.value
    try [base].check(below: modulus.value, field: "base")
    try VectorCheck.equal("power", [modulus.power(base, vector.exponent.value)], [vector.power])
    if let inverse = vector.inverse {
      try VectorCheck.equal("inverse", [modulus.inverse(base)], [inverse])
    }
  }
}
