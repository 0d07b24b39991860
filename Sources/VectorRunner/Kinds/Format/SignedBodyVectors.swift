import SecureMemory
import Wire

/// Payloads that end in a signature.
struct SignedBodyVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    /// Of the signer.
    let seed: HexBytes
    /// The key that the signature is checked with.
    let key: HexBytes
    let context: String
    let bindings: [HexBytes]
    let body: HexBytes?
  }

  static let name = "format.signed-body"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let bindings = vector.bindings.compactMap { Digest(bytes: $0.bytes) }
    let signer = try SigningKey(seed: SecureBytes(copying: vector.seed.bytes))
    let signed = try SignedBody(bytes[...], source: FileGroup.source)
    guard let key = VerifyingKey(bytes: vector.key.bytes),
      signed.isSigned(by: key, context: vector.context, bindings: bindings)
    else { throw FormatRefusal("the signature is not the key's") }
    guard let body = vector.body else { return }
    try VectorCheck.equal("key", signer.verifyingKey.bytes, vector.key)
    try VectorCheck.equal("body", signed.body, body)
    let written = SignedBody(
      signing: body.bytes, context: vector.context, bindings: bindings, with: signer)
    try VectorCheck.equal("written", written.payload, bytes)
  }
}
