import BFV
import Lattice
import Testing
import Wire
import _TestSupport

/// Against what the independent generator calculated, in rings without security.
@Suite struct BFVVectorTests {
  struct Scheme: Decodable, Sendable, CustomTestStringConvertible {
    struct Encoding: Decodable, Sendable {
      let slots: [Int64]
      let plaintext: [String]
    }
    struct Decryption: Decodable, Sendable {
      let ciphertext: String
      let message: [String]
    }
    struct Totals: Decodable, Sendable {
      let bytes: String
      let totals: [Int64]
    }
    struct Product: Decodable, Sendable {
      let factors: [String]
      let parts: [[[String]]]
      let message: [String]
    }
    let name: String
    let degree: Int
    let plaintextModulus: String
    let ciphertextModuli: [String]
    let specialModulus: String
    let secretBytes: String
    let secret: [Int8]
    let encoding: Encoding
    let decryptions: [Decryption]
    let totals: [Totals]
    let product: Product

    var testDescription: String { name }

    func makeContext() throws -> Context {
      try Context(
        .insecureForTesting(
          degree: degree, plaintextModulus: word(hexadecimal: plaintextModulus),
          ciphertextModuli: words(hexadecimal: ciphertextModuli),
          specialModulus: word(hexadecimal: specialModulus)))
    }

    func makeSecretKey(_ context: Context) -> SecretKey {
      var source = ReplayedSource(bytes(hexadecimal: secretBytes))
      return SecretKey(context, insecureForTesting: &source)
    }
  }

  private static func schemes() throws -> [Scheme] {
    try readVectors([Scheme].self, from: "lattice/scheme.json")
  }

  private func ciphertext(_ hexadecimal: String, _ context: Context) throws -> Ciphertext {
    var reader = BoundedReader(bytes(hexadecimal: hexadecimal)[...], source: "vector")
    let ciphertext = try Ciphertext(context: context, from: &reader)
    try reader.finish()
    return ciphertext
  }

  @Test func secretKeys() throws {
    for vector in try BFVVectorTests.schemes() {
      let secret = vector.makeSecretKey(try vector.makeContext()).serialized()
      let coefficients = secret.withUnsafeBytes { $0.map { Int8(bitPattern: $0) } }
      #expect(coefficients == vector.secret, "\(vector.name)")
    }
  }

  @Test func encoding() throws {
    for vector in try BFVVectorTests.schemes() {
      let encoder = BatchEncoder(try vector.makeContext())
      let plaintext = try encoder.encode(vector.encoding.slots)
      #expect(
        try plaintext.coefficients == words(hexadecimal: vector.encoding.plaintext),
        "\(vector.name)")
      #expect(try encoder.decode(plaintext) == vector.encoding.slots)
    }
  }

  @Test func decryption() throws {
    for vector in try BFVVectorTests.schemes() {
      let context = try vector.makeContext()
      let decryptor = Decryptor(vector.makeSecretKey(context))
      #expect(!vector.decryptions.isEmpty)
      for (index, decryption) in vector.decryptions.enumerated() {
        let ciphertext = try ciphertext(decryption.ciphertext, context)
        #expect(
          try decryptor.decrypt(ciphertext).coefficients
            == words(hexadecimal: decryption.message), "\(vector.name), \(index)")
        var writer = BoundedWriter()
        ciphertext.write(to: &writer)
        #expect(writer.bytes == bytes(hexadecimal: decryption.ciphertext))
      }
    }
  }

  @Test func totals() throws {
    for vector in try BFVVectorTests.schemes() {
      let context = try vector.makeContext()
      let decryptor = Decryptor(vector.makeSecretKey(context))
      #expect(!vector.totals.isEmpty)
      for totals in vector.totals {
        var reader = BoundedReader(bytes(hexadecimal: totals.bytes)[...], source: "vector")
        let read = try EncryptedTotals(context: context, from: &reader)
        try reader.finish()
        #expect(try decryptor.decrypt(read) == totals.totals, "\(vector.name)")
      }
    }
  }

  @Test func product() throws {
    for vector in try BFVVectorTests.schemes() {
      let context = try vector.makeContext()
      let factors = try vector.product.factors.map { try ciphertext($0, context) }
      try #require(factors.count == 2)
      let product = try Evaluator(context).multiply(factors[0], factors[1])
      let parts = product.parts.map { $0.coefficients().residues }
      let expected = try vector.product.parts.map { limbs in
        try limbs.flatMap { try words(hexadecimal: $0) }
      }
      #expect(parts == expected, "\(vector.name)")
      let message = try Decryptor(vector.makeSecretKey(context)).decrypt(product)
      #expect(try message.coefficients == words(hexadecimal: vector.product.message))
    }
  }
}
