import BigInteger
import Paillier

/// The numerical example of ISO/IEC 18033-6. With its generator g = 1 + n its encryption is the
/// classical form, r the nonce.
struct PaillierStandardVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let p: HexInteger
    let q: HexInteger
  }

  struct Case: Decodable, Sendable {
    struct Term: Decodable, Sendable {
      let plaintext: HexInteger
      let nonce: HexInteger
      let ciphertext: HexInteger
    }

    let terms: [Term]
    let sum: HexInteger
    let total: HexInteger
  }

  static let name = "paillier.iso-18033-6"

  private let key: PrivateKey
  private let encryptors: [Encryptor]

  init(_ group: Group) throws {
    key = try PaillierKeyFields(p: group.p, q: group.q, shortExponents: false).privateKey()
    encryptors = [
      Encryptor(publicKey: key.publicKey), try Encryptor(privateKey: key),
    ]
  }

  func run(_ vector: Case) throws {
    for encryptor in encryptors {
      let ciphertexts = try encryptor.encryptInsecureForTesting(
        vector.terms.map(\.plaintext.value), nonces: vector.terms.map(\.nonce.value))
      try VectorCheck.equal(
        "ciphertext", ciphertexts.map(\.value), vector.terms.map(\.ciphertext))
      try VectorCheck.equal(
        "plaintext", key.decrypt(ciphertexts), vector.terms.map(\.plaintext))
      let sum = try Evaluator(publicKey: key.publicKey).sum(ciphertexts)
      try VectorCheck.equal("sum", sum.value, vector.sum)
      try VectorCheck.equal("total", key.decrypt(sum), vector.total)
    }
  }
}
