import BFV
import ClaimKeys
import ClaimSchema
import Wire

/// Public keys of schemas.
struct PublicKeyVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let file: HexBytes
    let acceptsTesting: Bool
    /// The keys' schema.
    let schema: String
  }

  struct Case: Decodable, Sendable {
    let input: EditedBytes
    /// The schema that the keys are used with, where it is not the group's.
    let schema: String?
    let layoutFingerprint: HexBytes?
    let schemaFingerprint: HexBytes?
    let custodian: HexBytes?
    let fingerprint: HexBytes?
    let lattice: LatticeKey?
    let paillier: HexBytes?
  }

  struct LatticeKey: Decodable, Sendable {
    let degree: Int
    let plaintextModulus: HexWord
    let ciphertextModuli: [HexWord]
    let specialModulus: HexWord
    let isTesting: Bool
    let key: HexBytes
  }

  static let name = "format.public-key"

  private let group: Group

  init(_ group: Group) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let keys =
      group.acceptsTesting
      ? try PublicKeySet(serialized: bytes, source: FileGroup.source, allowsTesting: true)
      : try PublicKeySet(serialized: bytes, source: FileGroup.source)
    let schema = try Schema.parse(yaml: vector.schema ?? group.schema, source: "schema")
    let layout = try keys.layout(for: schema)
    guard let layoutFingerprint = vector.layoutFingerprint,
      let schemaFingerprint = vector.schemaFingerprint, let custodian = vector.custodian,
      let fingerprint = vector.fingerprint
    else { return }
    try VectorCheck.equal("layout_fingerprint", layout.fingerprint.bytes, layoutFingerprint)
    try VectorCheck.equal("schema_fingerprint", keys.schemaFingerprint.bytes, schemaFingerprint)
    try VectorCheck.equal("custodian", keys.custodian.bytes, custodian)
    try VectorCheck.equal("fingerprint", keys.fingerprint.bytes, fingerprint)
    try check(keys.lattice, vector.lattice)
    try VectorCheck.equal("paillier", keys.paillier?.serialized(), vector.paillier?.bytes)
    try VectorCheck.equal("written", keys.serialized(), bytes)
  }

  private func check(_ key: BFV.PublicKey?, _ expected: LatticeKey?) throws(VectorMismatch) {
    try VectorCheck.equal("lattice", key != nil, expected != nil)
    guard let key, let expected else { return }
    let parameters = key.context.parameters
    try VectorCheck.equal("degree", parameters.degree, expected.degree)
    try VectorCheck.equal(
      "plaintext_modulus", [parameters.plaintextModulus], [expected.plaintextModulus])
    try VectorCheck.equal(
      "ciphertext_moduli", parameters.ciphertextModuli, expected.ciphertextModuli)
    try VectorCheck.equal("special_modulus", [parameters.specialModulus], [expected.specialModulus])
    try VectorCheck.equal("is_testing", parameters.isInsecureForTesting, expected.isTesting)
    var writer = BoundedWriter()
    key.write(to: &writer)
    try VectorCheck.equal("key", writer.bytes, expected.key)
  }
}
