import Paillier

/// Plaintexts of ciphertexts, together and one by one.
struct PaillierDecryptionVectors: VectorKind {
  typealias Group = PaillierKeyFields

  struct Case: Decodable, Sendable {
    let ciphertexts: [HexBytes]
    let plaintexts: [HexInteger]?
  }

  static let name = "paillier.decryption"

  private let key: PrivateKey

  init(_ group: PaillierKeyFields) throws { key = try group.privateKey() }

  func run(_ vector: Case) throws {
    let ciphertexts = try vector.ciphertexts.map(key.publicKey.ciphertext)
    let plaintexts = try VectorCheck.present("plaintexts", vector.plaintexts)
    try VectorCheck.equal("plaintexts", key.decrypt(ciphertexts), plaintexts)
    try VectorCheck.equal("plaintexts", ciphertexts.map { try key.decrypt($0) }, plaintexts)
    try VectorCheck.equal("ciphertexts", ciphertexts, vector.ciphertexts, key: key.publicKey)
  }
}
