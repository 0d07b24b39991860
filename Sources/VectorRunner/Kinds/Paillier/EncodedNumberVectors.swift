import BigInteger
import Paillier

/// Numbers as mantissa and exponent, from text or as they are given.
struct EncodedNumberVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let text: String?
    let mantissa: HexInteger?
    let exponent: Int?
    let decimal: String?
  }

  static let name = "paillier.encoding"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let number: EncodedNumber
    if let text = vector.text {
      number = try EncodedNumber(exactly: text)
      try VectorCheck.equal(
        "mantissa", number.mantissa, VectorCheck.present("mantissa", vector.mantissa))
      try VectorCheck.equal(
        "exponent", number.exponent, VectorCheck.present("exponent", vector.exponent))
    } else {
      number = try EncodedNumber(
        mantissa: VectorCheck.present("mantissa", vector.mantissa).value,
        exponent: VectorCheck.present("exponent", vector.exponent))
    }
    try VectorCheck.equal(
      "decimal", number.decimal, VectorCheck.present("decimal", vector.decimal))
  }
}
