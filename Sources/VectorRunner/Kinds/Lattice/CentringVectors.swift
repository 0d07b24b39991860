import CLatticeKernels
import Lattice

/// Residues modulo one number modulo another, as centred representatives.
struct CentringVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let modulus: HexWord
  }

  struct Case: Decodable, Sendable {
    let source: HexWord
    let residues: [HexWord]
    let centred: [HexWord]
  }

  static let name = "lattice.centring"

  private let modulus: Modulus

  init(_ group: Group) throws { modulus = try Modulus(group.modulus.value) }

  func run(_ vector: Case) throws {
    let source = try Modulus(vector.source.value)
    let residues = vector.residues.values
    try residues.check(below: source.value, field: "residues")
    var barrett = modulus.kernelModulus
    let centred = try ResidueKernel.output(count: residues.count) {
      ResidueKernel.active.reduce_centred($0, residues, residues.count, source.value, &barrett)
    }
    try VectorCheck.equal("centred", centred, vector.centred)
  }
}
