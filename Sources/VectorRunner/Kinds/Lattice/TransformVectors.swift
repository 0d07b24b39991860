import Lattice

/// Transforms forward and back, by each way that there is.
struct TransformVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let bits: Int
    let moduli: [HexWord]
    let root: HexWord
  }

  struct Case: Decodable, Sendable {
    let coefficients: PolynomialOperand
    let values: PolynomialOutcome
  }

  static let name = "lattice.transform"

  private let basis: RNSBasis
  private let plan: NTTPlan

  init(_ group: Group) throws {
    let primes = try NTTPrimes.largest(count: 1, bits: group.bits, degree: group.degree)
    try VectorCheck.equal("moduli", primes, group.moduli)
    basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
    plan = basis.plans[0]
    try VectorCheck.equal("root", [plan.root], [group.root])
  }

  func run(_ vector: Case) throws {
    let coefficients = try vector.coefficients.polynomial(basis, field: "coefficients")
    let values = coefficients.evaluation()
    try vector.values.check("values", values)
    try check("coefficients", values.coefficients(), coefficients)
    try runIntoOthers(coefficients, values)
    try runInPlace(coefficients.residues, values.residues)
  }

  /// The transforms from one polynomial's memory into another's.
  private func runIntoOthers(
    _ coefficients: RNSPolynomial<Coefficient>, _ values: RNSPolynomial<Evaluation>
  ) throws {
    var written = RNSPolynomial<Evaluation>(uninitialized: basis)
    written.setEvaluation(of: coefficients)
    try check("values", written, values)
    var back = RNSPolynomial<Coefficient>(uninitialized: basis)
    values.writeCoefficients(into: &back)
    try check("coefficients", back, coefficients)
  }

  private func runInPlace(_ coefficients: [UInt64], _ values: [UInt64]) throws {
    var residues = coefficients
    var span = residues.mutableSpan
    plan.forward(&span)
    try VectorCheck.equal("values", residues, values)
    span = residues.mutableSpan
    plan.inverse(&span)
    try VectorCheck.equal("coefficients", residues, coefficients)
  }

  private func check<Form>(
    _ field: String, _ found: RNSPolynomial<Form>, _ expected: RNSPolynomial<Form>
  ) throws {
    try VectorCheck.equal(field, found.residues, expected.residues)
  }
}
