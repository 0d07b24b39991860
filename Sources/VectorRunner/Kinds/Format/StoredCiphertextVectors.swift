import BFV
import Wire

/// Lattice ciphertexts as tables store them.
struct StoredCiphertextVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let file: HexBytes
    /// As public keys have them.
    let parameters: HexBytes
  }

  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let level: Int?
  }

  static let name = "format.ciphertext"

  private let file: HexBytes
  private let context: Context

  init(_ group: Group) throws {
    file = group.file
    var reader = BoundedReader(group.parameters.bytes[...], source: "parameters")
    context = try Context(EncryptionParameters(from: &reader, allowsTesting: true))
    try reader.finish()
  }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: file)
    var reader = BoundedReader(bytes[...], source: FileGroup.source)
    let ciphertext = try Ciphertext(context: context, from: &reader)
    try reader.finish()
    guard let level = vector.level else { return }
    try VectorCheck.equal("level", ciphertext.level, level)
    var writer = BoundedWriter()
    ciphertext.write(to: &writer)
    try VectorCheck.equal("written", writer.bytes, bytes)
    try VectorCheck.equal(
      "length", bytes.count, Ciphertext.serializedByteCount(context: context, level: level))
  }
}
