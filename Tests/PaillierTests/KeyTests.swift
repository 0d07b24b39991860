import BigInteger
import Paillier
import SecureMemory
import Testing

@Suite struct KeyTests {
  /// Neither its modulus nor its primes fill their limbs.
  private func smallKey() throws -> PrivateKey {
    var source = SeedExpander(seed: [1], domain: "key tests")
    return try PrivateKey.generateInsecureForTesting(bitCount: 522, using: &source)
  }

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

  @Test func testKeysAreNotProductionKeys() throws {
    let key = try smallKey()
    #expect(key.publicKey.isInsecureForTesting)
    #expect(throws: PaillierError.modulusSize(bitCount: 522)) {
      try PublicKey(modulus: key.publicKey.modulus, supportsShortExponents: true)
    }
    #expect {
      try PublicKey(serialized: key.publicKey.serialized()[...], source: "public.key")
    } throws: {
      "\($0)" == "public.key: Paillier modulus size: a modulus of 522 bits is not admitted"
    }
    #expect(throws: PaillierError.invalidPrivateKey(source: "secret.key")) {
      try PrivateKey(serialized: key.serialized(), source: "secret.key")
    }
  }

  /// A bit of a prime that flips leaves another number, which is no prime or no admitted one.
  @Test func everyFlippedByteOfAPrivateKeyIsRefused() throws {
    let key = try smallKey()
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

  @Test func ciphertextsGoBothWays() throws {
    let key = try smallKey().publicKey
    let ciphertext = try Encryptor(publicKey: key).encrypt(99)
    let bytes = try ciphertext.serialized(for: key)
    #expect(bytes.count == key.ciphertextByteCount)
    #expect(try Ciphertext(serialized: bytes, key: key, source: "test") == ciphertext)
  }
}
