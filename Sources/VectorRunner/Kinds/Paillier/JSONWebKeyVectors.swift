import Paillier
import SecureMemory

/// Keys in JSON.
struct JSONWebKeyVectors: VectorKind {
  struct Group: Decodable, Sendable {
    enum Document: String, Decodable, Sendable {
      case `public`
      case `private`
    }

    let documentOf: Document
  }

  struct Case: Decodable, Sendable {
    let document: String
    let modulus: HexInteger?
    let fingerprint: HexBytes?
    let written: String?
  }

  static let name = "paillier.json-web-key"

  private let kind: Group.Document

  init(_ group: Group) { kind = group.documentOf }

  func run(_ vector: Case) throws {
    let (key, written) = try read(Array(vector.document.utf8))
    try VectorCheck.equal(
      "modulus", key.modulus, VectorCheck.present("modulus", vector.modulus))
    try VectorCheck.equal(
      "fingerprint", key.fingerprint.bytes,
      VectorCheck.present("fingerprint", vector.fingerprint))
    try VectorCheck.equal(
      "written", String(decoding: written, as: UTF8.self),
      VectorCheck.present("written", vector.written))
  }

  private func read(_ document: [UInt8]) throws -> (key: PublicKey, written: [UInt8]) {
    switch kind {
    case .public:
      let key = try PublicKey(jsonWebKey: document, source: VectorCheck.source)
      return (key, key.jsonWebKey())
    case .private:
      let key = try PrivateKey(
        jsonWebKey: SecureBytes(copying: document), source: VectorCheck.source)
      return (key.publicKey, key.jsonWebKey().withUnsafeBytes { Array($0) })
    }
  }
}
