import SecureMemory
import Wire

/// Envelopes.
struct EnvelopeVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let expecting: UInt16
    let versions: [UInt16]
    let acceptsTesting: Bool
    let envelope: Content?
  }

  struct Content: Decodable, Sendable {
    let kind: UInt16
    let version: UInt16
    let isTesting: Bool
    let parameterFingerprint: HexBytes
    let keyFingerprint: HexBytes
    let payload: HexBytes
  }

  static let name = "format.envelope"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    guard let expecting = WireKind(rawValue: vector.expecting), vector.versions.count == 2 else {
      throw VectorMismatch(field: "expecting", expected: "a kind and versions", found: "none")
    }
    let envelope = try Envelope.open(
      bytes, expecting: expecting, source: FileGroup.source,
      versions: vector.versions[0]...vector.versions[1], allowsTesting: vector.acceptsTesting)
    guard let expected = vector.envelope else { return }
    try VectorCheck.equal("kind", envelope.kind.rawValue, expected.kind)
    try VectorCheck.equal("version", envelope.version, expected.version)
    try VectorCheck.equal("is_testing", envelope.isTesting, expected.isTesting)
    try VectorCheck.equal(
      "parameter_fingerprint", envelope.parameterFingerprint.bytes, expected.parameterFingerprint)
    try VectorCheck.equal("key_fingerprint", envelope.keyFingerprint.bytes, expected.keyFingerprint)
    try VectorCheck.equal("payload", Array(envelope.payload), expected.payload)
    let written = Envelope.seal(
      kind: envelope.kind, version: envelope.version, isTesting: envelope.isTesting,
      parameterFingerprint: envelope.parameterFingerprint,
      keyFingerprint: envelope.keyFingerprint, payload: Array(envelope.payload))
    try VectorCheck.equal("written", written, bytes)
  }
}
