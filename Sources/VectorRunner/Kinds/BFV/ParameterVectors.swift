import BFV
import Wire

/// Parameters as bytes, checked when they are read.
struct ParameterVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let bytes: HexBytes
    let allowsTesting: Bool
    let parameters: BFVParameterFields?
    let testing: Bool?
    let fingerprint: HexBytes?
  }

  static let name = "bfv.parameters"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    var reader = BoundedReader(vector.bytes.bytes[...], source: "vector")
    let found = try EncryptionParameters(from: &reader, allowsTesting: vector.allowsTesting)
    try reader.finish()
    if let parameters = vector.parameters { try parameters.check(found) }
    if let testing = vector.testing {
      try VectorCheck.equal("testing", found.isInsecureForTesting, testing)
    }
    if let fingerprint = vector.fingerprint {
      try VectorCheck.equal("fingerprint", found.fingerprint.bytes, fingerprint)
    }
    var writer = BoundedWriter()
    found.write(to: &writer)
    try VectorCheck.equal("bytes", writer.bytes, vector.bytes)
    _ = try Context(found)
  }
}

extension BFVParameterFields {
  /// Compares parameters with these.
  func check(_ found: EncryptionParameters) throws(VectorMismatch) {
    try VectorCheck.equal("degree", found.degree, degree)
    try VectorCheck.equal("plaintext_modulus", [found.plaintextModulus], [plaintextModulus])
    try VectorCheck.equal("ciphertext_moduli", found.ciphertextModuli, ciphertextModuli)
    try VectorCheck.equal("special_modulus", [found.specialModulus], [specialModulus])
  }
}
