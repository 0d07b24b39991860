import BigInteger
import Paillier

/// What the server calculates.
struct PaillierOperationVectors: VectorKind {
  typealias Group = PaillierKeyFields

  struct Case: Decodable, Sendable {
    struct Opened: Decodable, Sendable {
      let sum: HexInteger
      let difference: HexInteger
      let negative: HexInteger
      let plaintextSum: HexInteger
      let plaintextProduct: HexInteger
      let factorProduct: HexInteger
    }

    let a: HexBytes
    let b: HexBytes
    let plaintext: HexInteger
    let factor: HexInteger
    // Nil for a fresh encryption of 0, and in an invalid case.
    let sum: HexBytes?
    let difference: HexBytes?
    let negative: HexBytes?
    let plaintextSum: HexBytes?
    let plaintextProduct: HexBytes?
    let factorProduct: HexBytes?
    /// The plaintexts of the results. Nil in an invalid case.
    let opened: Opened?
  }

  static let name = "paillier.operations"

  private let key: PrivateKey

  init(_ group: PaillierKeyFields) throws { key = try group.privateKey() }

  func run(_ vector: Case) throws {
    let evaluator = Evaluator(publicKey: key.publicKey)
    let a = try key.publicKey.ciphertext(vector.a)
    let b = try key.publicKey.ciphertext(vector.b)
    let (plaintext, factor) = (vector.plaintext.value, vector.factor.value)
    let plaintextProduct = try evaluator.multiply(a, by: plaintext)
    let plaintextSum = try evaluator.add(a, plaintext: plaintext)
    let factorProduct = try evaluator.multiply(a, variableTime: factor)
    let opened = try VectorCheck.present("opened", vector.opened)
    try check("sum", evaluator.add(a, b), vector.sum, opened.sum)
    try check("sum", evaluator.add(b, a), vector.sum, opened.sum)
    try check("difference", evaluator.subtract(a, b), vector.difference, opened.difference)
    try check("negative", evaluator.negate(b), vector.negative, opened.negative)
    try check("plaintext_sum", plaintextSum, vector.plaintextSum, opened.plaintextSum)
    try check(
      "plaintext_product", plaintextProduct, vector.plaintextProduct, opened.plaintextProduct)
    try check("factor_product", factorProduct, vector.factorProduct, opened.factorProduct)
  }

  private func check(
    _ field: String, _ found: Ciphertext, _ expected: HexBytes?, _ opened: HexInteger
  ) throws {
    try VectorCheck.equal(field, found, expected, key: key.publicKey)
    try VectorCheck.equal("opened.\(field)", key.decrypt(found), opened)
  }
}

extension VectorCheck {
  /// A ciphertext of the key; where the vector has none, any but the ciphertext 1.
  ///
  /// - Throws: ``VectorMismatch``, `PaillierError`.
  static func equal(
    _ field: String, _ found: Ciphertext, _ expected: HexBytes?, key: PublicKey
  ) throws {
    if let expected { return try equal(field, found, expected, key: key) }
    guard found.value != 1 else {
      throw VectorMismatch(field: field, expected: "a fresh encryption of 0", found: "1")
    }
  }
}
