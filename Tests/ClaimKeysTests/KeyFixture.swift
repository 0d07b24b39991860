import ClaimKeys
import ClaimSchema
import Foundation
import SecureMemory
import Wire

/// The four files of one set of keys without security, and how a test reads them.
struct KeyFixture: Sendable {
  let keys: SecretKeySet
  let server: ServerKey
  let passphrase: SecureBytes
  let publicBytes: [UInt8]
  let evaluationBytes: [UInt8]
  let secretBytes: [UInt8]
  let serverBytes: [UInt8]

  /// Every kind of protection, and a policy of its own.
  static let schemaText = """
    table: claims
    capacity: 2000
    depth: 1
    minimum_cohort: 17
    aggregates: [sum, count]
    columns:
      SITE: { type: category, protect: clear }
      SEX: { type: category, protect: encrypted, values: ["1", "2"] }
      AGE: { type: integer, range: [0, 109], protect: encrypted, use: [filter, sum] }
      PAID: { type: money, scale: 2, range: [-500.00, 20000.00], protect: encrypted }
      COPAY: { type: money, scale: 2, range: [0, 500.00], protect: paillier }
    """

  /// Two sets for the same schema, made once.
  static let first = Result { try KeyFixture(schemaText) }
  static let second = Result { try KeyFixture(schemaText) }

  init(_ text: String) throws {
    let schema = try Schema.parse(yaml: text, source: "fixture.yaml")
    server = ServerKey()
    passphrase = SecureBytes(copying: Array("correct horse battery staple".utf8))
    keys = try SecretKeySet.generate(
      for: TableLayout(insecureForTesting: schema, degree: 1024), server: server.verifyingKey)
    publicBytes = keys.publicKeys.serialized()
    evaluationBytes = keys.makeEvaluationKeys().serialized()
    secretBytes = try keys.sealed(passphrase: passphrase, cost: .insecureForTesting)
    serverBytes = server.serialized()
  }

  /// What reads each kind of file, testing keys admitted. The sources are named `<kind>.key`.
  static func readPublic(_ bytes: [UInt8]) throws -> PublicKeySet {
    try PublicKeySet(serialized: bytes, source: "public.key", allowsTesting: true)
  }

  static func readEvaluation(_ bytes: [UInt8]) throws -> EvaluationKeySet {
    try EvaluationKeySet(serialized: bytes, source: "evaluation.key", allowsTesting: true)
  }

  static func readServer(_ bytes: [UInt8]) throws -> ServerKey {
    try ServerKey(serialized: bytes, source: "server.key")
  }

  func readSecret(_ bytes: [UInt8]) throws -> SecretKeySet {
    try SecretKeySet(
      sealed: bytes, passphrase: passphrase, source: "secret.key", allowsTesting: true)
  }
}

/// An envelope with another content or another header whose digest is right again: what somebody who
/// forges makes, rather than what an accident does.
func resealed(
  _ bytes: [UInt8], isTesting: Bool? = nil, parameters: Digest? = nil, key: Digest? = nil,
  change: (inout [UInt8]) -> Void = { _ in }
) throws -> [UInt8] {
  let kind = try Envelope.peek(bytes, source: "forgery").kind
  let envelope = try Envelope.open(
    bytes, expecting: kind, source: "forgery", allowsTesting: true)
  var payload = Array(envelope.payload)
  change(&payload)
  return Envelope.seal(
    kind: kind, version: envelope.version, isTesting: isTesting ?? envelope.isTesting,
    parameterFingerprint: parameters ?? envelope.parameterFingerprint,
    keyFingerprint: key ?? envelope.keyFingerprint, payload: payload)
}

func payload(of bytes: [UInt8]) throws -> [UInt8] {
  let kind = try Envelope.peek(bytes, source: "payload").kind
  return Array(
    try Envelope.open(bytes, expecting: kind, source: "payload", allowsTesting: true).payload)
}

func digest(_ text: String) -> Digest { Digest.of(Array(text.utf8), domain: "test") }
