import Lattice

/// Conversions onto one modulus at a time, their digits, and fractions.
struct ConversionVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
    let targets: [HexWord]
    let factor: HexWord
  }

  struct Case: Decodable, Sendable {
    let residues: [[HexWord]]
    let digits: [[HexWord]]
    let converted: [[HexWord]]
    let fractions: [HexWord]
  }

  static let name = "lattice.conversion"

  private let basis: RNSBasis
  private let converters: [BaseConverter]

  init(_ group: Group) throws {
    let basis = try RNSBasis(degree: group.degree, moduli: group.moduli)
    guard !group.targets.isEmpty else { throw MalformedVector("targets", "there are none") }
    self.basis = basis
    converters = try group.targets.values.map {
      BaseConverter(from: basis, to: [try Modulus($0)], factor: group.factor.value)
    }
  }

  func run(_ vector: Case) throws {
    let polynomial = try RNSPolynomial<Coefficient>(
      basis: basis, limbs: vector.residues, field: "residues")
    var digits = polynomial
    converters[0].makeDigits(&digits)
    try VectorCheck.equal("digits", digits, vector.digits)
    var transformed = RNSPolynomial<Coefficient>(uninitialized: basis)
    converters[0].writeDigits(of: polynomial.evaluation(), into: &transformed)
    try VectorCheck.equal("digits", transformed, vector.digits)
    let converted = converters.flatMap { converter in
      var result = [UInt64](repeating: 0, count: basis.degree)
      var span = result.mutableSpan
      converter.convert(digits: digits, into: &span)
      return result
    }
    try VectorCheck.equal("converted", converted, vector.converted.flatMap { $0 })
    try checkFractions(digits, vector.fractions)
  }

  /// They may be low, by less than two units for each prime.
  private func checkFractions(
    _ digits: RNSPolynomial<Coefficient>, _ expected: [HexWord]
  ) throws {
    try expected.values.check(count: basis.degree, field: "fractions")
    for (position, word) in expected.enumerated() {
      let found = converters[0].centredFraction(ofDigits: digits, at: position)
      let shortfall = word.value &- UInt64(bitPattern: found)
      guard shortfall < 2 * UInt64(basis.count) else {
        throw VectorMismatch(
          field: "fractions", index: position,
          expected: "up to \(2 * basis.count - 1) units below \(Int64(bitPattern: word.value))",
          found: "\(found)")
      }
    }
  }
}
