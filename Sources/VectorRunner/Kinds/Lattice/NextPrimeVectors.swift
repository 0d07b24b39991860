import Lattice

/// The next prime with a transform.
struct NextPrimeVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let degree: Int
    let above: HexWord
    let prime: HexWord?
  }

  static let name = "lattice.next-prime"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let prime = try NTTPrimes.smallest(above: vector.above.value, degree: vector.degree)
    try VectorCheck.equal("prime", prime, vector.prime?.value)
  }
}
