import BFV
import SecureMemory
import Wire

/// Plaintexts and seeds to ciphertexts.
struct EncryptionVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let foreign: BFVParameterFields?
    let secretSeed: HexBytes
    let publicKeySeed: HexBytes
  }

  struct Case: Decodable, Sendable {
    enum Form: String, Decodable, Sendable {
      /// With the public key.
      case publicKey = "public_key"
      /// A zero with the public key.
      case publicZero = "public_zero"
      /// With the secret key, the second part from a seed.
      case symmetric
    }

    let form: Form
    let message: PlaintextInput?
    let seed: HexBytes
    let ciphertext: CiphertextOutput?
    let written: BytesOutput?
  }

  static let name = "bfv.encryption"

  private let ring: BFVRing
  private let encryptor: Encryptor
  private let symmetricEncryptor: SymmetricEncryptor

  init(_ group: Group) throws {
    ring = try BFVRing(group.parameters, foreign: group.foreign)
    let secretKey = try ring.secretKey(group.secretSeed)
    var source = SeedExpander(vectorSeed: group.publicKeySeed)
    encryptor = Encryptor(PublicKey(for: secretKey, insecureForTesting: &source))
    symmetricEncryptor = SymmetricEncryptor(secretKey)
  }

  func run(_ vector: Case) throws {
    var source = SeedExpander(vectorSeed: vector.seed)
    var writer = BoundedWriter()
    let ciphertext: Ciphertext
    switch vector.form {
    case .publicKey:
      ciphertext = try encryptor.encrypt(message(of: vector), insecureForTesting: &source)
      ciphertext.write(to: &writer)
    case .publicZero:
      ciphertext = encryptor.encryptZero(insecureForTesting: &source)
      ciphertext.write(to: &writer)
    case .symmetric:
      let seeded = try symmetricEncryptor.encrypt(
        message(of: vector), insecureForTesting: &source)
      seeded.write(to: &writer)
      ciphertext = seeded.expanded()
    }
    try vector.ciphertext?.check("ciphertext", ciphertext)
    try vector.written?.check("written", writer.bytes)
  }

  private func message(of vector: Case) throws(VectorMismatch) -> Plaintext {
    guard let message = vector.message else {
      throw VectorMismatch(field: "message", expected: "a plaintext", found: "none")
    }
    return try message.plaintext(in: ring)
  }
}
