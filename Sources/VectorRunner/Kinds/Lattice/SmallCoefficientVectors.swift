import Lattice
import SecureMemory

/// A case of a sampler of small signed coefficients.
struct SmallCoefficientCase: Decodable, Sendable {
  let degree: Int
  let bytes: HexBytes?
  let seed: HexBytes?
  let following: HexBytes?
  let values: [Int8]?
  /// Of words in two's complement.
  let digest: HexBytes?

  func run(_ sample: (Int, inout SampledBytes) -> [Int8]) throws {
    guard degree > 0, degree.isMultiple(of: 8), degree <= NTTPrimes.degrees.upperBound else {
      throw MalformedVector("degree", "not a degree of a ring")
    }
    var source = try SampledBytes(bytes: bytes, seed: seed, following: following)
    let sampled = sample(degree, &source)
    if let values {
      try VectorCheck.equal("values", sampled, values)
    } else if let digest {
      try VectorCheck.digest(
        "digest", words: sampled.map { UInt64(bitPattern: Int64($0)) }, digest)
    } else {
      throw MalformedVector("values", "neither values nor a digest")
    }
    try source.checkUse()
  }
}

/// Ternary coefficients from bytes.
struct TernaryVectors: VectorKind {
  typealias Group = NoFields

  static let name = "lattice.ternary"

  init(_ group: NoFields) {}

  func run(_ vector: SmallCoefficientCase) throws {
    try vector.run { Samplers.ternary(degree: $0, using: &$1) }
  }
}

/// Centred binomial coefficients from bytes.
struct BinomialVectors: VectorKind {
  typealias Group = NoFields

  static let name = "lattice.binomial"

  init(_ group: NoFields) {}

  func run(_ vector: SmallCoefficientCase) throws {
    try vector.run { Samplers.centredBinomial(degree: $0, using: &$1) }
  }
}
