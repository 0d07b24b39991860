import Lattice

/// Conversions onto a whole basis, with a multiplier for each target, written and added.
struct ExtensionVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let degree: Int
    let moduli: [HexWord]
    let targets: [HexWord]
    let factor: HexWord
    let multipliers: [HexWord]
  }

  struct Case: Decodable, Sendable {
    let residues: [[HexWord]]
    let addends: [[HexWord]]
    let converted: [[HexWord]]
    let accumulated: [[HexWord]]
  }

  static let name = "lattice.extension"

  private let source: RNSBasis
  private let target: RNSBasis
  private let converter: BaseConverter

  init(_ group: Group) throws {
    source = try RNSBasis(degree: group.degree, moduli: group.moduli)
    target = try RNSBasis(degree: group.degree, moduli: group.targets)
    let multipliers = group.multipliers.values
    try multipliers.check(count: target.count, field: "multipliers")
    for (multiplier, modulus) in zip(multipliers, target.moduli) {
      try [multiplier].check(below: modulus.value, field: "multipliers")
    }
    converter = BaseConverter(
      from: source, to: target.moduli, factor: group.factor.value, multipliers: multipliers)
  }

  func run(_ vector: Case) throws {
    var digits = try RNSPolynomial<Coefficient>(
      basis: source, limbs: vector.residues, field: "residues")
    converter.makeDigits(&digits)
    var converted = RNSPolynomial<Coefficient>(uninitialized: target)
    converter.convert(digits: digits, into: &converted)
    try VectorCheck.equal("converted", converted, vector.converted)
    var accumulated = try RNSPolynomial<Coefficient>(
      basis: target, limbs: vector.addends, field: "addends")
    converter.convert(digits: digits, into: &accumulated, accumulates: true)
    try VectorCheck.equal("accumulated", accumulated, vector.accumulated)
  }
}
