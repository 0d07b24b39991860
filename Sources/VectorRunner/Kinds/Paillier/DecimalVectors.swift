import BigInteger
import Paillier

/// Decimal text in units of a scale.
struct DecimalVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let digits: Int
    let text: String
    let units: HexInteger?
    let written: String?
  }

  static let name = "paillier.decimal"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let scale = try DecimalScale(digits: vector.digits)
    let units = try scale.integer(of: vector.text)
    try VectorCheck.equal("units", units, VectorCheck.present("units", vector.units))
    try VectorCheck.equal(
      "written", scale.text(of: units), VectorCheck.present("written", vector.written))
  }
}
