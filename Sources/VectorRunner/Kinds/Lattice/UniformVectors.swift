import Lattice
import SecureMemory

/// Uniform residues from bytes.
struct UniformVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
    let bytes: HexBytes?
    let seed: HexBytes?
    let following: HexBytes?
    let residues: [[HexWord]]?
    let digest: HexBytes?
  }

  static let name = "lattice.uniform"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let basis = try RNSBasis(degree: vector.degree, moduli: vector.moduli)
    var source = try SampledBytes(
      bytes: vector.bytes, seed: vector.seed, following: vector.following)
    let polynomial = Samplers.uniform(basis: basis, form: Evaluation.self, using: &source)
    if let residues = vector.residues {
      try VectorCheck.equal("residues", polynomial, residues)
    } else if let digest = vector.digest {
      try VectorCheck.digest("digest", words: polynomial.residues, digest)
    } else {
      throw MalformedVector("residues", "neither residues nor a digest")
    }
    try source.checkUse()
  }
}
