import Paillier

/// Encrypted numbers in JSON.
struct JSONNumberVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let modulus: HexInteger
  }

  struct Case: Decodable, Sendable {
    let json: String
    let ciphertext: HexBytes?
    let exponent: Int?
    let written: String?
  }

  static let name = "paillier.json-number"

  private let key: PublicKey

  init(_ group: Group) throws {
    key = try PublicKey(
      insecureForTesting: group.modulus.value, supportsShortExponents: false)
  }

  func run(_ vector: Case) throws {
    let number = try EncryptedNumber(
      json: Array(vector.json.utf8), key: key, source: VectorCheck.source)
    try VectorCheck.equal(
      "ciphertext", number.ciphertext, VectorCheck.present("ciphertext", vector.ciphertext),
      key: key)
    try VectorCheck.equal(
      "exponent", number.exponent, VectorCheck.present("exponent", vector.exponent))
    try VectorCheck.equal(
      "written", number.json, VectorCheck.present("written", vector.written))
  }
}
