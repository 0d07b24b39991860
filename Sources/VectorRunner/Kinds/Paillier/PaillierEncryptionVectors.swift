import Paillier

/// Encryption with given nonces, by each of the ways that there are.
struct PaillierEncryptionVectors: VectorKind {
  typealias Group = PaillierKeyFields

  struct Case: Decodable, Sendable {
    let plaintexts: [HexInteger]
    let nonces: [HexInteger]
    let ciphertexts: [HexBytes]?
  }

  static let name = "paillier.encryption"

  private let key: PrivateKey
  /// By the public key, and by the private one modulo p² and q².
  private let encryptors: [Encryptor]

  init(_ group: PaillierKeyFields) throws {
    key = try group.privateKey()
    encryptors = [
      Encryptor(publicKey: key.publicKey), try Encryptor(privateKey: key),
    ]
  }

  func run(_ vector: Case) throws {
    let (plaintexts, nonces) = (vector.plaintexts.values, vector.nonces.values)
    for encryptor in encryptors {
      let ciphertexts = try encryptor.encryptInsecureForTesting(plaintexts, nonces: nonces)
      try check(ciphertexts, vector)
      try check(
        encryptor.encryptByRandomizersInsecureForTesting(plaintexts, nonces: nonces), vector)
      try VectorCheck.equal("plaintexts", key.decrypt(ciphertexts), vector.plaintexts)
    }
  }

  private func check(_ found: [Ciphertext], _ vector: Case) throws {
    let expected = try VectorCheck.present("ciphertexts", vector.ciphertexts)
    try VectorCheck.equal("ciphertexts", found, expected, key: key.publicKey)
  }
}
