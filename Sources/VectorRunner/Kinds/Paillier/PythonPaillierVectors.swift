import BigInteger
import Paillier
import SecureMemory

/// What python-paillier made: read, decrypted and made again.
struct PythonPaillierVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let publicDocument: String
    let privateDocument: String
    let modulus: HexInteger
    let largestSigned: HexInteger
  }

  struct Case: Decodable, Sendable {
    struct Number: Decodable, Hashable, Sendable, CustomStringConvertible {
      /// The ciphertext in decimal digits, and the exponent, as the program writes them.
      let v: String
      let e: Int

      var description: String { "{\"v\": \"\(v)\", \"e\": \(e)}" }
    }

    struct Encoded: Decodable, Sendable {
      let mantissa: HexInteger
      let exponent: Int
    }

    /// One, or two that are added.
    let numbers: [Number]
    /// What the first number encrypts, under the nonce.
    let mantissa: HexInteger?
    let nonce: HexInteger?
    /// What the first number is multiplied by.
    let factor: Encoded?
    /// The sum or product, with no fresh randomness.
    let outcome: Number?
    let decimal: String?
  }

  static let name = "paillier.python-paillier"

  private let key: PrivateKey
  private let encryptor: Encryptor
  private let evaluator: Evaluator

  init(_ group: Group) throws {
    key = try PrivateKey(
      jsonWebKey: SecureBytes(copying: Array(group.privateDocument.utf8)),
      source: VectorCheck.source)
    let publicKey = try PublicKey(
      jsonWebKey: Array(group.publicDocument.utf8), source: VectorCheck.source)
    try VectorCheck.equal("public_document", publicKey, key.publicKey)
    try VectorCheck.equal("modulus", publicKey.modulus, group.modulus)
    try VectorCheck.equal(
      "largest_signed", publicKey.maximumSignedMagnitude, group.largestSigned)
    encryptor = Encryptor(publicKey: publicKey)
    evaluator = Evaluator(publicKey: publicKey)
  }

  func run(_ vector: Case) throws {
    let numbers = try vector.numbers.map { number in
      try EncryptedNumber(
        json: Array(number.description.utf8), key: key.publicKey, source: VectorCheck.source)
    }
    try VectorCheck.equal("numbers", numbers.map(\.json), vector.numbers.map(\.description))
    let first = try VectorCheck.present("numbers", numbers.first)
    if let mantissa = vector.mantissa {
      let made = try encryptor.encryptInsecureForTesting(
        key.publicKey.plaintext(signed: mantissa.value),
        nonce: VectorCheck.present("nonce", vector.nonce).value)
      try VectorCheck.equal("numbers", made.value.decimal, first.ciphertext.value.decimal)
      try VectorCheck.equal("mantissa", key.decryptSigned(made), mantissa)
    }
    let result = try result(of: numbers, first: first, vector)
    try VectorCheck.equal(
      "decimal", key.decrypt(result).decimal, VectorCheck.present("decimal", vector.decimal))
  }

  private func result(
    of numbers: [EncryptedNumber], first: EncryptedNumber, _ vector: Case
  ) throws -> EncryptedNumber {
    if let factor = vector.factor {
      let encoded = try EncodedNumber(
        mantissa: factor.mantissa.value, exponent: factor.exponent)
      // The program inverts the ciphertext for a negative factor, as the public one does here.
      let product = try EncryptedNumber(
        ciphertext: evaluator.multiply(first.ciphertext, variableTime: encoded.mantissa),
        exponent: first.exponent + factor.exponent)
      try VectorCheck.equal("outcome", product.json, text(of: vector.outcome))
      return try evaluator.multiply(first, by: encoded)
    }
    guard let second = numbers.dropFirst().first else { return first }
    let sum = try evaluator.add(first, second)
    try VectorCheck.equal("outcome", sum.json, text(of: vector.outcome))
    return sum
  }

  private func text(of outcome: Case.Number?) throws(VectorMismatch) -> String {
    try VectorCheck.present("outcome", outcome).description
  }
}
