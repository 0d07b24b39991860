import Paillier

/// Signed numbers and their plaintexts. A case with both goes both ways.
struct PaillierSignedVectors: VectorKind {
  typealias Group = PaillierKeyFields

  struct Case: Decodable, Sendable {
    let value: HexInteger?
    let plaintext: HexInteger?
  }

  static let name = "paillier.signed"

  private let key: PrivateKey
  private let encryptor: Encryptor

  init(_ group: PaillierKeyFields) throws {
    key = try group.privateKey()
    encryptor = Encryptor(publicKey: key.publicKey)
  }

  func run(_ vector: Case) throws {
    if let value = vector.value {
      // Apart from one another, so that a case that is refused has been by both.
      let ciphertext = Result { try encryptor.encrypt(signed: value.value) }
      let plaintext = try key.publicKey.plaintext(signed: value.value)
      let expected = try VectorCheck.present("plaintext", vector.plaintext)
      try VectorCheck.equal("plaintext", plaintext, expected)
      try VectorCheck.equal("plaintext", key.decrypt(ciphertext.get()), expected)
      try VectorCheck.equal("value", key.decryptSigned(ciphertext.get()), value)
      try VectorCheck.equal("value", key.publicKey.signed(expected.value), value)
    } else if let plaintext = vector.plaintext {
      let opened = Result { try key.decryptSigned(encryptor.encrypt(plaintext.value)) }
      _ = try key.publicKey.signed(plaintext.value)
      _ = try opened.get()
    }
  }
}
