import EncryptedTable
import SecureMemory

/// Descriptions of tables.
struct TableDescriptionVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let identifier: HexBytes?
    let slotsPerChunk: Int?
    let schema: String?
    let parameterFingerprint: HexBytes?
    let keyFingerprint: HexBytes?
    let isTesting: Bool?
  }

  static let name = "format.table-description"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let description = try TableDescription(
      encoded: bytes, source: FileGroup.source, allowsTesting: group.acceptsTesting ?? false)
    guard let identifier = vector.identifier, let schema = vector.schema,
      let parameterFingerprint = vector.parameterFingerprint,
      let keyFingerprint = vector.keyFingerprint
    else { return }
    try VectorCheck.equal("identifier", description.identifier.bytes, identifier)
    try VectorCheck.equal("slots_per_chunk", description.slotsPerChunk, vector.slotsPerChunk)
    try VectorCheck.equal("schema", description.schemaText, schema)
    try VectorCheck.equal(
      "parameter_fingerprint", description.parameterFingerprint.bytes, parameterFingerprint)
    try VectorCheck.equal("key_fingerprint", description.keyFingerprint.bytes, keyFingerprint)
    try VectorCheck.equal("is_testing", description.isTesting, vector.isTesting)
    try VectorCheck.equal("written", description.encoded, bytes)
  }
}
