import Lattice

/// Words to residues.
struct ReductionVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let modulus: HexWord
  }

  struct Case: Decodable, Sendable {
    let high: HexWord
    let low: HexWord
    let residue: HexWord
    let lowResidue: HexWord
    let signedResidue: HexWord
  }

  static let name = "lattice.reduction"

  private let modulus: Modulus

  init(_ group: Group) throws { modulus = try Modulus(group.modulus.value) }

  func run(_ vector: Case) throws {
    let (high, low) = (vector.high.value, vector.low.value)
    try VectorCheck.equal(
      "residue", [modulus.reduceFixedTime(high: high, low: low)], [vector.residue])
    try VectorCheck.equal("low_residue", [modulus.reduce(low)], [vector.lowResidue])
    try VectorCheck.equal(
      "signed_residue", [modulus.reduce(Int64(bitPattern: low))], [vector.signedResidue])
  }
}
