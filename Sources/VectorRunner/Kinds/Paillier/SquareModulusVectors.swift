import BigInteger

/// Residues modulo the square of a root: one by one, and where the kernels can, eight at a time.
struct SquareModulusVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let root: HexInteger
  }

  struct Case: Decodable, Sendable {
    let a: [HexInteger]
    let b: [HexInteger]
    let exponents: [HexInteger]
    let exponentBits: Int
    let products: [HexInteger]
    let squares: [HexInteger]
    let powers: [HexInteger]
  }

  static let name = "integers.squares"

  private let single: MontgomeryModulus
  private let lanes: LaneModulus?

  init(_ group: Group) throws {
    let root = group.root.value
    single = try VectorCheck.present("root", MontgomeryModulus(root * root))
    // Not nil where the kernels have lanes: no root is too wide for them.
    lanes =
      IntegerKernels.chosen.hasLanes
      ? try VectorCheck.present("root", LaneModulus(root)) : nil
  }

  func run(_ vector: Case) throws {
    let exponents = try VectorCheck.fixed(
      "exponents", vector.exponents, bitCount: vector.exponentBits)
    let a = try VectorCheck.fixed("a", vector.a, bitCount: single.bitCount)
    let b = try VectorCheck.fixed("b", vector.b, bitCount: single.bitCount)
    let products = zip(a, b).map { single.multiply($0, single.montgomeryForm($1)) }
    try check("products", products, vector.products)
    let squares = a.map { single.multiply($0, single.montgomeryForm($0)) }
    try check("squares", squares, vector.squares)
    try check("powers", zip(a, exponents).map(single.power), vector.powers)
    if let lanes { try run(vector, exponents, lanes) }
  }

  private func run(
    _ vector: Case, _ exponents: [SecretInteger], _ lanes: LaneModulus
  ) throws {
    let width = lanes.residueBitCount
    let a = try VectorCheck.present(
      "a", LanePair(VectorCheck.fixed("a", vector.a, bitCount: width), modulus: lanes))
    let b = try VectorCheck.present(
      "b", LanePair(VectorCheck.fixed("b", vector.b, bitCount: width), modulus: lanes))
    try check("products", a.multiplied(by: b)?.residues(), vector.products)
    try check("squares", a.squared().residues(), vector.squares)
    try check("powers", a.power(exponents)?.residues(), vector.powers)
  }

  private func check(
    _ field: String, _ found: [SecretInteger]?, _ expected: [HexInteger]
  ) throws {
    try VectorCheck.equal(
      field, VectorCheck.present(field, found).map { $0.declassified() }, expected)
  }
}
