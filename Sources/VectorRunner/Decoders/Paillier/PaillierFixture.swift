import Paillier
import SecureMemory

/// Keys without security that are the same every time.
enum PaillierFixture {
  static func key(bitCount: Int) throws -> PrivateKey {
    var source = SeedExpander(seed: [0], domain: "Cryptally decoder check")
    return try PrivateKey.generateInsecureForTesting(bitCount: bitCount, using: &source)
  }
}
