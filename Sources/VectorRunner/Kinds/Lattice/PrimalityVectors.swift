import Lattice

/// Primes and numbers that look like some.
struct PrimalityVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let number: HexWord
    let isPrime: Bool
  }

  static let name = "lattice.primality"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    try VectorCheck.equal("is_prime", NTTPrimes.isPrime(vector.number.value), vector.isPrime)
  }
}
