import BigInteger

/// Inverses modulo odd numbers.
struct IntegerInverseVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let modulus: HexInteger
  }

  struct Case: Decodable, Sendable {
    let number: HexInteger
    let divisor: HexInteger
    /// Nil where there is none.
    let inverse: HexInteger?
  }

  static let name = "integers.inverse"

  private let modulus: HexInteger

  init(_ group: Group) { modulus = group.modulus }

  func run(_ vector: Case) throws {
    let number = vector.number.value
    try VectorCheck.equal(
      "divisor", number.greatestCommonDivisor(with: modulus.value), vector.divisor)
    try VectorCheck.equal(
      "inverse", number.inverse(modulo: modulus.value)?.hexadecimal,
      vector.inverse?.value.hexadecimal)

    let width = modulus.value.bitCount
    let (inverse, exists) = try VectorCheck.fixed("number", vector.number, bitCount: width)
      .inverse(modulo: VectorCheck.fixed("modulus", modulus, bitCount: width))
    try VectorCheck.equal("inverse", exists.isTrue, vector.inverse != nil)
    if let expected = vector.inverse {
      try VectorCheck.equal("inverse", inverse.declassified(), expected)
    }
  }
}
