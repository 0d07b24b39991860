import BigInteger

/// Divisions in fixed widths, which are public.
struct IntegerDivisionVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let dividend: HexInteger
    let dividendBits: Int
    let divisor: HexInteger
    let divisorBits: Int
    let quotient: HexInteger
    let remainder: HexInteger
  }

  static let name = "integers.division"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let dividend = try VectorCheck.fixed(
      "dividend", vector.dividend, bitCount: vector.dividendBits)
    let divisor = try VectorCheck.fixed(
      "divisor", vector.divisor, bitCount: vector.divisorBits)
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    try VectorCheck.equal("quotient", quotient.declassified(), vector.quotient)
    try VectorCheck.equal("remainder", remainder.declassified(), vector.remainder)

    let plain = try VectorCheck.present(
      "divisor", vector.dividend.value.quotientAndRemainder(dividingBy: vector.divisor.value))
    try VectorCheck.equal("quotient", plain.quotient, vector.quotient)
    try VectorCheck.equal("remainder", plain.remainder, vector.remainder)
  }
}
