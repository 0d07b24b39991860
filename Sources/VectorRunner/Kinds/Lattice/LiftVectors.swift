import Lattice

/// Small numbers, and residues modulo one number, to residues modulo a basis's primes.
struct LiftVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
    let source: HexWord
  }

  struct Case: Decodable, Sendable {
    let small: [Int8]
    let smallResidues: [[HexWord]]
    let residues: [HexWord]
    let lifted: [[HexWord]]
    let constant: HexWord
    let liftedMultiples: [[HexWord]]
  }

  static let name = "lattice.lift"

  private let basis: RNSBasis
  private let source: Modulus
  private let pool = PolynomialPool()

  init(_ group: Group) throws {
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
    source = try Modulus(group.source.value)
  }

  func run(_ vector: Case) throws {
    let (residues, constant) = (vector.residues.values, vector.constant.value)
    try residues.check(count: basis.degree, field: "residues")
    try (residues + [constant]).check(below: source.value, field: "residues")
    guard vector.small.count == basis.degree else {
      throw MalformedVector("small", "\(vector.small.count) numbers in place of \(basis.degree)")
    }
    var result = RNSPolynomial<Coefficient>(uninitialized: basis)
    result.setSmallCoefficients(vector.small)
    try VectorCheck.equal("small_residues", result, vector.smallResidues)
    result.setCentredLift(of: residues, modulo: source)
    try VectorCheck.equal("lifted", result, vector.lifted)
    result.setCentredLift(of: residues, times: constant, modulo: source, pool: pool)
    try VectorCheck.equal("lifted_multiples", result, vector.liftedMultiples)
  }
}
