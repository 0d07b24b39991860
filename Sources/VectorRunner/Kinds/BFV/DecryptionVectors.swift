import BFV

/// Ciphertexts to plaintexts.
struct DecryptionVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let foreign: BFVParameterFields?
    let secretSeed: HexBytes
  }

  struct Case: Decodable, Sendable {
    let ciphertext: CiphertextInput
    let message: [HexWord]?
    /// Of the message's coefficients, where they are too many.
    let messageDigest: HexBytes?
  }

  static let name = "bfv.decryption"

  private let ring: BFVRing
  private let decryptor: Decryptor

  init(_ group: Group) throws {
    ring = try BFVRing(group.parameters, foreign: group.foreign)
    decryptor = Decryptor(try ring.secretKey(group.secretSeed))
  }

  func run(_ vector: Case) throws {
    let found = try decryptor.decrypt(vector.ciphertext.ciphertext(in: ring)).coefficients
    if let message = vector.message { try VectorCheck.equal("message", found, message) }
    if let digest = vector.messageDigest {
      try VectorCheck.digest("message_digest", words: found, digest)
    }
  }
}
