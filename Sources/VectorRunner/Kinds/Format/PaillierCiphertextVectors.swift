import Paillier
import SecureMemory

/// Paillier ciphertexts in files of their own.
struct PaillierCiphertextVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let file: HexBytes
    let key: HexBytes
    let secret: HexBytes
  }

  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let value: String?
    let plaintext: String?
  }

  static let name = "format.paillier-ciphertext"

  private let file: HexBytes
  private let key: PublicKey
  private let secret: PrivateKey

  init(_ group: Group) throws {
    file = group.file
    let bytes = SecureBytes(copying: group.secret.bytes)
    if let real = try? PublicKey(serialized: group.key.bytes[...], source: "key") {
      key = real
      secret = try PrivateKey(serialized: bytes, source: "secret")
    } else {
      key = try PublicKey(serializedInsecureForTesting: group.key.bytes[...], source: "key")
      secret = try PrivateKey(serializedInsecureForTesting: bytes, source: "secret")
    }
  }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: file)
    let ciphertext = try Ciphertext(fileBytes: bytes, key: key, source: FileGroup.source)
    guard let value = vector.value, let plaintext = vector.plaintext else { return }
    try VectorCheck.equal("value", ciphertext.value.hexadecimal, value)
    try VectorCheck.equal(
      "plaintext", try secret.decrypt(ciphertext).hexadecimal, plaintext)
    try VectorCheck.equal("written", ciphertext.fileBytes(for: key), bytes)
  }
}
