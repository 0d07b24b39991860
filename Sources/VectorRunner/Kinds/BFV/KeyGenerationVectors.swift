import BFV
import SecureMemory
import Wire

/// Seeds to keys.
struct KeyGenerationVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
  }

  struct Case: Decodable, Sendable {
    struct Key: Decodable, Sendable {
      let seed: HexBytes
      let written: BytesOutput
    }

    struct GaloisKeySet: Decodable, Sendable {
      let seed: HexBytes
      let elements: [Int]
      let keptElements: [Int]
      let written: BytesOutput
    }

    let secretSeed: HexBytes
    let secret: [Int]
    let publicKey: Key?
    let relinearizationKey: Key?
    let galoisKeys: GaloisKeySet?
  }

  static let name = "bfv.key-generation"

  private let ring: BFVRing

  init(_ group: Group) throws { ring = try BFVRing(group.parameters, foreign: nil) }

  func run(_ vector: Case) throws {
    let secretKey = try ring.secretKey(vector.secretSeed)
    let secret = secretKey.serialized().withUnsafeBytes { $0.map { Int(Int8(bitPattern: $0)) } }
    try VectorCheck.equal("secret", secret, vector.secret)
    if let key = vector.publicKey {
      try check("public_key", key) { source, writer in
        PublicKey(for: secretKey, insecureForTesting: &source).write(to: &writer)
      }
    }
    if let key = vector.relinearizationKey {
      try check("relinearization_key", key) { source, writer in
        RelinearizationKey(for: secretKey, insecureForTesting: &source).write(to: &writer)
      }
    }
    if let expected = vector.galoisKeys {
      var source = SeedExpander(vectorSeed: expected.seed)
      let keys = GaloisKeys(
        for: secretKey, elements: Set(expected.elements), insecureForTesting: &source)
      try VectorCheck.equal("galois_keys.kept_elements", keys.elements, expected.keptElements)
      var writer = BoundedWriter()
      keys.write(to: &writer)
      try expected.written.check("galois_keys.written", writer.bytes)
    }
  }

  private func check(
    _ field: String, _ key: Case.Key, write: (inout SeedExpander, inout BoundedWriter) -> Void
  ) throws(VectorMismatch) {
    var source = SeedExpander(vectorSeed: key.seed)
    var writer = BoundedWriter()
    write(&source, &writer)
    try key.written.check("\(field).written", writer.bytes)
  }
}
