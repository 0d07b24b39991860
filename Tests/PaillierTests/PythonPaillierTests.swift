import BigInteger
import Foundation
import Paillier
import SecureMemory
import Testing
import Wire

/// Keys and numbers in python-paillier's documents. What it wrote itself is in the test vectors.
@Suite struct PythonPaillierTests {
  let key: PrivateKey

  init() throws {
    var source = SeedExpander(seed: [1], domain: "python-paillier")
    key = try PrivateKey.generateInsecureForTesting(bitCount: 2048, using: &source)
  }

  @Test func ourKeysGoBothWays() throws {
    let text = key.jsonWebKey()
    let read = try PrivateKey(jsonWebKey: text, source: "private.json")
    #expect(read.publicKey.modulus == key.publicKey.modulus)
    // What the file cannot say is not believed.
    #expect(!read.publicKey.supportsShortExponents)
    #expect(try PublicKey(jsonWebKey: key.publicKey.jsonWebKey(), source: "a") == read.publicKey)
    let fields = try #require(
      text.withUnsafeBytes {
        try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any]
      })
    #expect(Set(fields.keys) == ["kty", "key_ops", "kid", "p", "q", "pub"])
    let ciphertext = try Encryptor(publicKey: read.publicKey).encrypt(signed: -5)
    #expect(try read.decryptSigned(ciphertext) == -5)
  }

  @Test(arguments: [String(repeating: "[", count: 100_000), String(repeating: " ", count: 200_000)])
  func hugeDocumentsAreRefused(_ text: String) throws {
    let bytes = Array(text.utf8)
    #expect(throws: WireError.self) {
      try EncryptedNumber(json: bytes, key: key.publicKey, source: "number.json")
    }
    #expect(throws: WireError.self) { try PublicKey(jsonWebKey: bytes, source: "public.json") }
    #expect(throws: WireError.self) {
      try PrivateKey(jsonWebKey: SecureBytes(copying: bytes), source: "private.json")
    }
  }

  @Test func exponentsTooFarApartAreRefused() throws {
    let one = try Encryptor(publicKey: key.publicKey).encrypt(EncodedNumber(exactly: "1"))
    let evaluator = Evaluator(publicKey: key.publicKey)
    let low = try EncryptedNumber(ciphertext: one.ciphertext, exponent: -600)
    #expect(throws: PaillierError.plaintextOutOfRange(index: 0)) { try evaluator.add(one, low) }
    let lowest = try EncryptedNumber(ciphertext: one.ciphertext, exponent: -1024)
    #expect(throws: PaillierError.exponentOutOfRange(exponent: -1025)) {
      try evaluator.multiply(lowest, by: EncodedNumber(exactly: "0.5"))
    }
  }

  @Test func mantissasTooLargeAreRefused() throws {
    let largest = key.publicKey.maximumSignedMagnitude
    let encryptor = Encryptor(publicKey: key.publicKey)
    for mantissa in [largest, -largest] {
      let number = try EncodedNumber(mantissa: mantissa, exponent: 0)
      #expect(try key.decrypt(encryptor.encrypt(number)) == number)
    }
    let tooLarge = try EncodedNumber(mantissa: largest + 1, exponent: 0)
    #expect(throws: PaillierError.plaintextOutOfRange(index: 0)) {
      try encryptor.encrypt(tooLarge)
    }
  }
}
