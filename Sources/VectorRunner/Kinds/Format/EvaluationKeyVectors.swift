import ClaimKeys
import Wire

/// Evaluation keys of schemas.
struct EvaluationKeyVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let publicKey: HexBytes?
    let relinearization: HexBytes?
    let galoisElements: [Int]?
    /// All Galois keys, as they are written.
    let galois: HexBytes?
  }

  static let name = "format.evaluation-key"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let keys =
      group.acceptsTesting == true
      ? try EvaluationKeySet(serialized: bytes, source: FileGroup.source, allowsTesting: true)
      : try EvaluationKeySet(serialized: bytes, source: FileGroup.source)
    guard let publicKey = vector.publicKey, let elements = vector.galoisElements else { return }
    try VectorCheck.equal("public_key", keys.publicKeys.serialized(), publicKey)
    try VectorCheck.equal(
      "relinearization",
      keys.relinearization.map { key in EvaluationKeyVectors.written { key.write(to: &$0) } },
      vector.relinearization?.bytes)
    try VectorCheck.equal("galois_elements", keys.galois?.elements ?? [], elements)
    try VectorCheck.equal(
      "galois", keys.galois.map { keys in EvaluationKeyVectors.written { keys.write(to: &$0) } },
      vector.galois?.bytes)
    try VectorCheck.equal("written", keys.serialized(), bytes)
  }

  private static func written(_ body: (inout BoundedWriter) -> Void) -> [UInt8] {
    var writer = BoundedWriter()
    body(&writer)
    return writer.bytes
  }
}
