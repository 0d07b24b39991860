import BigInteger

/// Factors times powers of one base, by tables.
struct FixedBaseVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let root: HexInteger
  }

  struct Case: Decodable, Sendable {
    let base: HexInteger
    let exponentBits: Int
    let windowBits: Int
    let factors: [HexInteger]
    let exponents: [HexInteger]
    let results: [HexInteger]
  }

  static let name = "integers.fixed-base"

  private let single: MontgomeryModulus
  private let lanes: LaneModulus?

  init(_ group: Group) throws {
    let root = group.root.value
    single = try VectorCheck.present("root", MontgomeryModulus(root * root))
    lanes = LaneModulus(root)
  }

  func run(_ vector: Case) throws {
    let width = single.bitCount
    let base = try VectorCheck.fixed("base", vector.base, bitCount: width)
    let factors = try VectorCheck.fixed("factors", vector.factors, bitCount: width)
    let exponents = try VectorCheck.fixed(
      "exponents", vector.exponents, bitCount: vector.exponentBits)
    let power = FixedBasePower(
      base: base, modulus: single, exponentBitCount: vector.exponentBits,
      windowBitCount: vector.windowBits)
    try check(power.scaled(factors, by: exponents), vector)
    if let lanes {
      let power = LaneFixedBasePower(
        base: base, modulus: lanes, exponentBitCount: vector.exponentBits,
        windowBitCount: vector.windowBits)
      try check(power?.scaled(factors, by: exponents), vector)
    }
  }

  private func check(_ found: [SecretInteger]?, _ vector: Case) throws {
    let results = try VectorCheck.present("results", found)
    try VectorCheck.equal("results", results.map { $0.declassified() }, vector.results)
  }
}
