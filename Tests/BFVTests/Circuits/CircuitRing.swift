import BFV
import SecureMemory

/// Rings that random circuits are tried in: degree, bits of the plaintext bound, and how deep products
/// may go. All but the last are small and without security.
enum CircuitRing: CaseIterable, CustomStringConvertible {
  case degree8, degree16, degree64, degree64Deep, degree256, n4096

  private static let schemes = Dictionary(
    uniqueKeysWithValues: allCases.map { ring in (ring, Result { try ring.makeScheme() }) })

  /// The ring with all its keys, made once.
  var scheme: SeededScheme {
    get throws {
      guard let scheme = try CircuitRing.schemes[self]?.get() else { throw MissingRing() }
      return scheme
    }
  }

  private struct MissingRing: Error {}

  private var parameters: EncryptionParameters {
    get throws {
      switch self {
      case .degree8: try insecure(degree: 8, bound: 1 << 40, depth: 2)
      case .degree16: try insecure(degree: 16, bound: 100, depth: 3)
      case .degree64: try insecure(degree: 64, bound: 1 << 20, depth: 2)
      case .degree64Deep: try insecure(degree: 64, bound: 1 << 30, depth: 5)
      case .degree256: try insecure(degree: 256, bound: 60_000, depth: 1)
      case .n4096: try .named(.n4096)
      }
    }
  }

  private func insecure(degree: Int, bound: UInt64, depth: Int) throws -> EncryptionParameters {
    try .deriveInsecureForTesting(
      for: Workload(
        plaintextBound: bound, depth: depth, additionsPerFactor: 4, additionsPerLevel: 4,
        additionsPerTotal: 4, plaintextProducts: 1, totals: 4),
      degree: degree)
  }

  private func makeScheme() throws -> SeededScheme {
    var source = SeedExpander(seed: [], domain: "circuit ring \(self)")
    return try SeededScheme(parameters, hasTrace: true, insecureForTesting: &source)
  }

  var description: String {
    switch self {
    case .degree8: "degree 8, t of 41 bits, depth 2"
    case .degree16: "degree 16, t of 7 bits, depth 3"
    case .degree64: "degree 64, t of 21 bits, depth 2"
    case .degree64Deep: "degree 64, t of 31 bits, depth 5"
    case .degree256: "degree 256, t of 16 bits, depth 1"
    case .n4096: "the named set n4096"
    }
  }
}
