import BigInteger
import Paillier
import SecureMemory
import Testing

@Suite struct RandomizerPoolTests {
  let key: PrivateKey
  let encryptor: Encryptor

  init() throws {
    var source = SeedExpander(seed: [2], domain: "paillier key")
    key = try PrivateKey.generateInsecureForTesting(bitCount: 512, using: &source)
    encryptor = Encryptor(publicKey: key.publicKey)
  }

  private var edges: [BigInteger] {
    let n = key.publicKey.modulus
    return [0, 1, 2, n >> 1, n - 1]
  }

  @Test func whatThePoolEncryptsComesBack() throws {
    let pool = RandomizerPool(encryptor: encryptor, capacity: 32)
    pool.fill()
    #expect(pool.count == 32)
    for plaintext in edges {
      #expect(try key.decrypt(pool.encrypt(plaintext)) == plaintext)
    }
    let ciphertexts = try pool.encrypt(edges)
    #expect(try ciphertexts.map { try key.decrypt($0) } == edges)
  }

  @Test func keysWithoutShortExponentsHavePoolsToo() throws {
    let classical = try PublicKey(
      insecureForTesting: key.publicKey.modulus, supportsShortExponents: false)
    let pool = RandomizerPool(encryptor: Encryptor(publicKey: classical), capacity: 4)
    pool.fill()
    for (plaintext, ciphertext) in zip(edges, try pool.encrypt(edges)) {
      let own = try Ciphertext(
        serialized: ciphertext.serialized(for: classical), key: key.publicKey, source: "test")
      #expect(try key.decrypt(own) == plaintext)
    }
  }

  /// Two equal randomizers under one plaintext would be two equal ciphertexts.
  @Test func noRandomizerIsUsedTwice() async throws {
    let pool = RandomizerPool(encryptor: encryptor, capacity: 64)
    let ciphertexts = try await withThrowingTaskGroup(of: [Ciphertext].self) { group in
      for _ in 0..<8 {
        group.addTask {
          try pool.encrypt([BigInteger](repeating: 7, count: 20))
            + (0..<20).map { _ in try pool.encrypt(7) }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(ciphertexts.count == 320)
    #expect(Set(ciphertexts).count == 320)
  }

  @Test func thePoolStaysWithinItsCapacityAndFillsAgain() throws {
    let pool = RandomizerPool(encryptor: encryptor, capacity: 20)
    pool.fill()
    // More than there are: the rest is made on the spot.
    let ciphertexts = try pool.encrypt([BigInteger](repeating: 1, count: 50))
    #expect(Set(ciphertexts).count == 50)
    pool.fill()
    #expect(pool.count == 20)
    #expect(RandomizerPool(encryptor: encryptor, capacity: -1).capacity == 1)
  }

  @Test func plaintextsOutOfRangeUseNoRandomizer() throws {
    let pool = RandomizerPool(encryptor: encryptor, capacity: 8)
    pool.fill()
    for plaintext in [-1, key.publicKey.modulus] {
      #expect(throws: PaillierError.plaintextOutOfRange(index: 0)) { try pool.encrypt(plaintext) }
      #expect(throws: PaillierError.plaintextOutOfRange(index: 1)) {
        try pool.encrypt([1, plaintext])
      }
    }
    #expect(pool.count == 8)
  }

  @Test func aPoolMayBeReleasedWhileItFills() throws {
    for _ in 0..<20 { _ = RandomizerPool(encryptor: encryptor, capacity: 10_000) }
  }
}
