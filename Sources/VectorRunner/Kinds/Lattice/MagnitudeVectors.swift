import Lattice

/// Sizes of coefficients.
struct MagnitudeVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
  }

  struct Case: Decodable, Sendable {
    let residues: [[HexWord]]
    /// nil for zero.
    let log2: Double?
  }

  static let name = "lattice.magnitude"

  private static let tolerance = 0x1p-16

  private let basis: RNSBasis

  init(_ group: Group) throws {
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
  }

  func run(_ vector: Case) throws {
    let polynomial = try RNSPolynomial<Coefficient>(
      basis: basis, limbs: vector.residues, field: "residues")
    let found = polynomial.log2LargestCoefficient()
    let expected = vector.log2 ?? -.infinity
    guard found == expected || abs(found - expected) <= MagnitudeVectors.tolerance else {
      throw VectorMismatch(field: "log2", expected: "\(expected)", found: "\(found)")
    }
  }
}
