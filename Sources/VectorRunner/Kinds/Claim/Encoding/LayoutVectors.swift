import BFV
import ClaimKeys
import ClaimSchema

/// The ciphertext columns of a schema's tables under given parameters.
struct LayoutVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let yaml: String
    /// Nil for a schema without encrypted columns.
    let parameters: Parameters?
    let paillierBits: Int
    /// The storage keys of the ciphertext columns, in order.
    let columns: [String]
    /// The columns of the packed Paillier records.
    let measures: [String]
    let fingerprint: HexBytes
  }

  /// Small lattice parameters that protect nothing.
  struct Parameters: Decodable, Sendable {
    let degree: Int
    let plaintextModulus: HexWord
    let ciphertextModuli: [HexWord]
    let specialModulus: HexWord
  }

  static let name = "claims.layout"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let layout = try TableLayout(
      schema: try Schema.parse(yaml: vector.yaml, source: "vector"),
      parameters: try vector.parameters.map {
        try .insecureForTesting(
          degree: $0.degree, plaintextModulus: $0.plaintextModulus.value,
          ciphertextModuli: $0.ciphertextModuli.values, specialModulus: $0.specialModulus.value)
      }, paillierBits: vector.paillierBits)
    try VectorCheck.equal(
      "columns", layout.latticeColumns.map(\.storageKey), vector.columns)
    try VectorCheck.equal("measures", layout.packing?.measures.map(\.name) ?? [], vector.measures)
    try VectorCheck.equal("fingerprint", layout.fingerprint.bytes, vector.fingerprint)
  }
}
