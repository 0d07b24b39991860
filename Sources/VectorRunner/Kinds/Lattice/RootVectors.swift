import Lattice

/// Roots of unity that transforms rest on.
struct RootVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let degree: Int
    let modulus: HexWord
    let root: HexWord?
    let degreeInverse: HexWord?
  }

  static let name = "lattice.root"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let plan = try NTTPlan(degree: vector.degree, modulus: Modulus(vector.modulus.value))
    try VectorCheck.equal("root", plan.root, vector.root?.value)
    try VectorCheck.equal("degree_inverse", plan.inverseDegree.value, vector.degreeInverse?.value)
  }
}
