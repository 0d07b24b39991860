import BigInteger
import Paillier
import SecureMemory
import Testing
import Wire

@Suite struct KeyTests {
  @Test(arguments: [2048, 2050, 3072]) func newKeysFollowTheRules(_ bitCount: Int) throws {
    let key = try PrivateKey.generate(bitCount: bitCount)
    #expect(key.publicKey.bitCount == bitCount)
    #expect(key.publicKey.modulus.bitCount == bitCount)
    #expect(key.publicKey.supportsShortExponents)
    #expect(!key.publicKey.isInsecureForTesting)
    let primes = key.serialized().withUnsafeBytes { bytes in
      let width = (bytes.count - 5) / 2
      return (
        BigInteger(bigEndianBytes: bytes[5..<(5 + width)]),
        BigInteger(bigEndianBytes: bytes[(5 + width)...])
      )
    }
    let (p, q) = primes
    #expect(p * q == key.publicKey.modulus)
    #expect(p.isProbablePrime && q.isProbablePrime)
    #expect(p.bitCount == bitCount / 2 && q.bitCount == bitCount / 2)
    #expect(p.lowBits(2) == 3 && q.lowBits(2) == 3)
    #expect((p - 1).greatestCommonDivisor(with: q - 1) == 2)
    #expect(key.publicKey.modulus.greatestCommonDivisor(with: (p - 1) * (q - 1)) == 1)
    #expect((p - q).bitCount > bitCount / 2 - 100)

    let ciphertext = try Encryptor(publicKey: key.publicKey).encrypt(signed: -12345)
    let read = try PrivateKey(serialized: key.serialized(), source: "secret.key")
    #expect(read.publicKey == key.publicKey)
    #expect(try read.decryptSigned(ciphertext) == -12345)
  }

  @Test(arguments: [0, -2, 1024, 2046, 2049, 3071, 4098, Int.max])
  func otherSizesAreRefused(_ bitCount: Int) {
    #expect(throws: PaillierError.modulusSize(bitCount: bitCount)) {
      try PrivateKey.generate(bitCount: bitCount)
    }
  }

  /// What anybody can see of a number that is no product of two large primes.
  @Test func modulesThatCannotBeOneAreRefused() throws {
    var source = SeedExpander(seed: [3], domain: "moduli")
    func prime(_ bitCount: Int) throws -> BigInteger {
      try #require(BigInteger.randomPrime(bitCount: bitCount, using: &source))
    }
    let (p, q) = (try prime(1024), try prime(1024))
    _ = try PublicKey(modulus: p * q, supportsShortExponents: false)
    let small = try prime(2033)
    let bad: [(String, BigInteger)] = [
      ("even", (p * q) + 1),
      ("below 32768", small * 32749),
      ("power", p * p),
      ("prime", try prime(2048)),
    ]
    for (word, modulus) in bad {
      #expect(modulus.bitCount == 2048)
      let error = #expect(throws: PaillierError.self) {
        try PublicKey(modulus: modulus, supportsShortExponents: false)
      }
      let text = try #require(error).description
      #expect(text.contains(word), "\(text)")
    }
  }

  @Test func testKeysAreNotProductionKeys() throws {
    let key = try VectorFiles.negative.get().makePrivateKey()
    #expect(key.publicKey.isInsecureForTesting)
    #expect(throws: PaillierError.modulusSize(bitCount: 522)) {
      try PublicKey(modulus: key.publicKey.modulus, supportsShortExponents: true)
    }
    #expect(throws: PaillierError.self) {
      try PublicKey(serialized: key.publicKey.serialized()[...], source: "public.key")
    }
    #expect(throws: PaillierError.invalidPrivateKey(source: "secret.key")) {
      try PrivateKey(serialized: key.serialized(), source: "secret.key")
    }
  }

  @Test func publicKeysGoBothWays() throws {
    let key = try VectorFiles.negative.get().makePrivateKey().publicKey
    let bytes = key.serialized()
    #expect(bytes.count == key.serializedByteCount)
    let read = try PublicKey(serializedInsecureForTesting: bytes[...], source: "public.key")
    #expect(read == key)
    #expect(read.supportsShortExponents == key.supportsShortExponents)
  }

  @Test func badPublicKeyVectorsAreRefused() throws {
    let vectors = try VectorFiles.negative.get().publicKeys
    #expect(!vectors.isEmpty)
    for vector in vectors {
      let bytes = try VectorFiles.bytes(vector.bytes)
      let error = #expect(throws: (any Error).self, "\(vector.name)") {
        try PublicKey(serializedInsecureForTesting: bytes[...], source: "public.key")
      }
      let text = try #require(error.map { "\($0)" })
      #expect(error is WireError || error is PaillierError, "\(vector.name)")
      #expect(text.contains("public.key") || text.contains("bits"), "\(vector.name): \(text)")
    }
  }

  @Test func badPrivateKeyVectorsAreRefused() throws {
    let vectors = try VectorFiles.negative.get().privateKeys
    #expect(!vectors.isEmpty)
    for vector in vectors {
      let bytes = SecureBytes(copying: try VectorFiles.bytes(vector.bytes))
      #expect(throws: PaillierError.invalidPrivateKey(source: "secret.key"), "\(vector.name)") {
        try PrivateKey(serializedInsecureForTesting: bytes, source: "secret.key")
      }
    }
  }

  /// A bit of a prime that flips leaves another number, which is no prime or no admitted one.
  @Test func everyFlippedByteOfAPrivateKeyIsRefused() throws {
    let key = try VectorFiles.negative.get().makePrivateKey()
    let good = key.serialized().withUnsafeBytes { Array($0) }
    for place in good.indices {
      var bad = good
      bad[place] ^= 1 << UInt8(place % 8)
      guard
        let read = try? PrivateKey(
          serializedInsecureForTesting: SecureBytes(copying: bad), source: "secret.key")
      else { continue }
      // Only the flag may change and leave a key; it is another one.
      #expect(place == 4, "byte \(place)")
      #expect(read.publicKey.fingerprint != key.publicKey.fingerprint)
    }
  }

  @Test func badCiphertextVectorsAreRefused() throws {
    let vectors = try VectorFiles.negative.get()
    let key = try vectors.makePrivateKey().publicKey
    #expect(!vectors.ciphertexts.isEmpty)
    for vector in vectors.ciphertexts {
      let bytes = try VectorFiles.bytes(vector.bytes)
      let error = #expect(throws: PaillierError.self, "\(vector.name)") {
        try Ciphertext(serialized: bytes, key: key, source: "table.cryptally")
      }
      #expect(error.map { "\($0)".contains("table.cryptally") } == true, "\(vector.name)")
      // In a sum the common factor shows at the end.
      #expect(throws: PaillierError.self, "\(vector.name)") {
        var sum = CiphertextSum(publicKey: key)
        try sum.add(Encryptor(publicKey: key).encrypt(1))
        try sum.add(serialized: bytes, source: "table.cryptally")
        _ = try sum.total()
      }
    }
  }

  @Test func ciphertextsGoBothWays() throws {
    let key = try VectorFiles.negative.get().makePrivateKey().publicKey
    let ciphertext = try Encryptor(publicKey: key).encrypt(99)
    let bytes = try ciphertext.serialized(for: key)
    #expect(bytes.count == key.ciphertextByteCount)
    #expect(try Ciphertext(serialized: bytes, key: key, source: "test") == ciphertext)
  }
}
