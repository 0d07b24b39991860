import BigInteger

/// Products, squares and powers modulo odd numbers.
struct MontgomeryVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let modulus: HexInteger
  }

  struct Case: Decodable, Sendable {
    let a: HexInteger
    let b: HexInteger
    let exponent: HexInteger
    let exponentBits: Int
    let montgomeryProduct: HexInteger
    let product: HexInteger
    let square: HexInteger
    let power: HexInteger
  }

  static let name = "integers.montgomery"

  private let modulus: MontgomeryModulus
  private let publicModulus: BigInteger
  private let fixedModulus: SecretInteger

  init(_ group: Group) throws {
    publicModulus = group.modulus.value
    modulus = try VectorCheck.present("modulus", MontgomeryModulus(publicModulus))
    fixedModulus = try VectorCheck.fixed(
      "modulus", group.modulus, bitCount: publicModulus.bitCount)
  }

  func run(_ vector: Case) throws {
    let width = modulus.limbCount * UInt.bitWidth
    let a = try VectorCheck.fixed("a", vector.a, bitCount: width)
    let b = try VectorCheck.fixed("b", vector.b, bitCount: width)
    let form = modulus.montgomeryForm(b)
    try VectorCheck.equal(
      "montgomery_product", modulus.multiply(a, b).declassified(), vector.montgomeryProduct)
    try VectorCheck.equal("product", modulus.multiply(a, form).declassified(), vector.product)
    try VectorCheck.equal("square", modulus.multiply(b, form).declassified(), vector.square)

    let exponent = try VectorCheck.fixed(
      "exponent", vector.exponent, bitCount: vector.exponentBits)
    try VectorCheck.equal("power", modulus.power(a, exponent).declassified(), vector.power)
    try VectorCheck.equal(
      "power", a.power(exponent, publicModulus: fixedModulus).declassified(), vector.power)
    let power = vector.a.value.power(
      variableTime: vector.exponent.value, modulo: publicModulus)
    try VectorCheck.equal("power", VectorCheck.present("power", power), vector.power)
  }
}
