import Lattice

/// The largest primes with a transform, of a size.
struct PrimeVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let degree: Int
    let bits: Int
    let count: Int
    let excluding: [HexWord]
    let primes: [HexWord]?
  }

  static let name = "lattice.primes"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let primes = try NTTPrimes.largest(
      count: vector.count, bits: vector.bits, degree: vector.degree,
      excluding: Set(vector.excluding.values))
    try VectorCheck.equal("primes", primes, vector.primes ?? [])
  }
}
