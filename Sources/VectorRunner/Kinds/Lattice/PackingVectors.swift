import Lattice
import Wire

/// Polynomials as files have them.
struct PackingVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
  }

  struct Case: Decodable, Sendable {
    let bytes: HexBytes
    let residues: [[HexWord]]?
  }

  static let name = "lattice.packing"

  private let basis: RNSBasis

  init(_ group: Group) throws {
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
  }

  func run(_ vector: Case) throws {
    let bytes = vector.bytes.bytes
    var reader = BoundedReader(bytes[...], source: "vector")
    let polynomial = try RNSPolynomial<Coefficient>(
      basis: basis, from: &reader, field: "polynomial")
    try reader.finish()
    try VectorCheck.equal("residues", polynomial, vector.residues ?? [])
    try VectorCheck.equal(
      "byte count", RNSPolynomial<Coefficient>.serializedByteCount(basis: basis), bytes.count)
    var writer = BoundedWriter()
    polynomial.write(to: &writer)
    try VectorCheck.equal("bytes", writer.bytes, vector.bytes)
  }
}
