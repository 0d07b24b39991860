import BFV
import SecureMemory
import Wire

/// Ciphertexts and seeds to what an answer carries: re-randomized, flooded, switched to the smallest
/// modulus that decrypts, and cut down to the coefficients of totals.
struct ExtractionVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let foreign: BFVParameterFields?
    let secretSeed: HexBytes
    let publicKeySeed: HexBytes
  }

  struct Case: Decodable, Sendable {
    let ciphertext: CiphertextInput
    let count: Int
    /// log2 of the bound on the ciphertext's noise.
    let noise: Double
    let totalsInAnswer: Int
    let seed: HexBytes
    let level: Int?
    let written: HexBytes?
    let totals: [SignedHexWord]?
    /// Whether the encryptor is of the foreign ring.
    let foreignEncryptor: Bool?
  }

  static let name = "bfv.extraction"

  private let group: Group
  private let ring: BFVRing
  private let decryptor: Decryptor

  init(_ group: Group) throws {
    self.group = group
    ring = try BFVRing(group.parameters, foreign: group.foreign)
    decryptor = Decryptor(try ring.secretKey(group.secretSeed))
  }

  func run(_ vector: Case) throws {
    var source = SeedExpander(vectorSeed: vector.seed)
    let found = try ring.evaluator.extractTotals(
      vector.ciphertext.ciphertext(in: ring), count: vector.count,
      noise: NoiseBound(log2: vector.noise), totalsInAnswer: vector.totalsInAnswer,
      rerandomizingWith: encryptor(isForeign: vector.foreignEncryptor ?? false),
      insecureForTesting: &source)
    if let level = vector.level { try VectorCheck.equal("level", found.level, level) }
    if let written = vector.written {
      var writer = BoundedWriter()
      found.write(to: &writer)
      try VectorCheck.equal("written", writer.bytes, written)
    }
    if let totals = vector.totals {
      try VectorCheck.equal("totals", decryptor.decrypt(found), totals.map(\.value))
    }
  }

  private func encryptor(isForeign: Bool) throws -> Encryptor {
    var source = SeedExpander(vectorSeed: group.publicKeySeed)
    let secretKey = try ring.secretKey(group.secretSeed, isForeign: isForeign)
    return Encryptor(PublicKey(for: secretKey, insecureForTesting: &source))
  }
}
