import BigInteger
import Paillier
import SecureMemory

/// Keys that follow from seeds.
struct PaillierGenerationVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let seed: HexBytes
    let bits: Int
    let p: HexInteger?
    let q: HexInteger?
  }

  static let name = "paillier.generation"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    var source = SeedExpander(vectorSeed: vector.seed)
    let key = try PrivateKey.generateInsecureForTesting(bitCount: vector.bits, using: &source)
    let bytes = key.serialized().withUnsafeBytes { Array($0) }
    let primes = bytes.suffix(2 * ((vector.bits / 2 + 7) / 8))
    let width = primes.count / 2
    try VectorCheck.equal(
      "p", BigInteger(bigEndianBytes: primes.prefix(width)), VectorCheck.present("p", vector.p))
    try VectorCheck.equal(
      "q", BigInteger(bigEndianBytes: primes.suffix(width)), VectorCheck.present("q", vector.q))
  }
}
