import BigInteger
import Foundation
import Paillier
import SecureMemory
import Testing
import Wire
import _TestSupport

/// Keys and numbers that python-paillier wrote, and the same with faults.
@Suite struct PythonPaillierTests {
  struct Number: Decodable, Sendable {
    let v: String
    let e: Int

    var json: [UInt8] { Array("{\"v\": \"\(v)\", \"e\": \(e)}".utf8) }
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Encrypted: Decodable, Sendable {
      let name: String
      let decimal: String
      let number: Number
    }
    struct Sum: Decodable, Sendable {
      let a: Number
      let b: Number
      let decimal: String
      let number: Number
    }
    struct Product: Decodable, Sendable {
      let factor: String
      let decimal: String
      let number: Number
    }
    let name: String
    let `private`: String
    let `public`: String
    let n: String
    let largest: String
    let numbers: [Encrypted]
    let sum: Sum
    let product: Product
    let overflow: Number
    var testDescription: String { name }

    var privateKey: PrivateKey {
      get throws {
        try PrivateKey(
          jsonWebKey: SecureBytes(copying: Array(`private`.utf8)), source: "private.json")
      }
    }
    var publicKey: PublicKey {
      get throws { try PublicKey(jsonWebKey: Array(`public`.utf8), source: "public.json") }
    }
  }

  static let cases = Result {
    try readVectors([Case].self, from: "paillier/python-paillier.json")
  }
  private var small: Case { get throws { try #require(try Self.cases.get().first) } }

  @Test func theirKeysAreRead() throws {
    for vector in try Self.cases.get() {
      let key = try vector.publicKey
      #expect(key.modulus.hexadecimal == vector.n)
      #expect(!key.supportsShortExponents)
      #expect(try vector.privateKey.publicKey == key)
      #expect(key.maximumSignedMagnitude.decimal == vector.largest)
    }
  }

  @Test func theirNumbersDecrypt() throws {
    for vector in try Self.cases.get() {
      let key = try vector.privateKey
      let read = { (number: Number) in
        try EncryptedNumber(json: number.json, key: key.publicKey, source: "number.json")
      }
      for number in vector.numbers {
        let encrypted = try read(number.number)
        #expect(try key.decrypt(encrypted).decimal == number.decimal, "\(number.name)")
        #expect(Array(encrypted.json.utf8) == number.number.json)
      }
      #expect(try key.decrypt(read(vector.sum.number)).decimal == vector.sum.decimal)
      #expect(try key.decrypt(read(vector.product.number)).decimal == vector.product.decimal)
      #expect(throws: PaillierError.overflow) { try key.decrypt(read(vector.overflow)) }

      let evaluator = Evaluator(publicKey: key.publicKey)
      let sum = try evaluator.add(read(vector.sum.a), read(vector.sum.b))
      #expect(sum.exponent == min(vector.sum.a.e, vector.sum.b.e))
      #expect(try key.decrypt(sum).decimal == vector.sum.decimal)
      let product = try evaluator.multiply(
        read(vector.sum.a), by: EncodedNumber(exactly: vector.product.factor))
      #expect(try key.decrypt(product).decimal == vector.product.decimal)
    }
  }

  @Test func ourNumbersUnderTheirKeyDecrypt() throws {
    let key = try small.privateKey
    let encryptor = Encryptor(publicKey: key.publicKey)
    let largest = try small.largest
    for text in ["0", "42", "-7", "2.5", "-0.0625", largest, "-\(largest)"] {
      let number = try encryptor.encrypt(EncodedNumber(exactly: text))
      let read = try EncryptedNumber(
        json: Array(number.json.utf8), key: key.publicKey, source: "number.json")
      #expect(read == number)
      #expect(try key.decrypt(read).decimal == text)
    }
    let tooLarge = try EncodedNumber(
      mantissa: key.publicKey.maximumSignedMagnitude + 1, exponent: 0)
    #expect(throws: PaillierError.plaintextOutOfRange(index: 0)) {
      try encryptor.encrypt(tooLarge)
    }
  }

  @Test func ourKeysGoBothWays() throws {
    let key = try PrivateKey.generate(bitCount: 2048)
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
    let theirs = try #require(
      JSONSerialization.jsonObject(with: Data(small.private.utf8)) as? [String: Any])
    #expect(Set(fields.keys) == Set(theirs.keys))
    let ciphertext = try Encryptor(publicKey: read.publicKey).encrypt(signed: -5)
    #expect(try read.decryptSigned(ciphertext) == -5)
  }

  /// Changes to the public key's document, and the field that the error names.
  static let badPublicKeys: [(change: @Sendable (inout [String: Any]) -> Void, field: String)] = [
    ({ $0["kty"] = nil }, "kty"), ({ $0["alg"] = nil }, "alg"), ({ $0["n"] = nil }, "n"),
    ({ $0["kty"] = "RSA" }, "kty"), ({ $0["alg"] = "PAI" }, "alg"), ({ $0["kty"] = 3 }, "kty"),
    ({ $0["n"] = 3 }, "n"), ({ $0["n"] = NSNull() }, "n"), ({ $0["n"] = ["x"] }, "n"),
    ({ $0["key_ops"] = ["decrypt"] }, "key_ops"), ({ $0["key_ops"] = "encrypt" }, "key_ops"),
    ({ $0["n"] = "====" }, "n"), ({ $0["n"] = "AQ==" }, "n"), ({ $0["n"] = "A+/A" }, "n"),
    ({ $0["n"] = "A" }, "n"), ({ $0["n"] = "-5 " }, "n"),
    ({ $0["n"] = String(repeating: "A", count: 1 << 17) }, "length"),
  ]

  @Test(arguments: badPublicKeys.indices) func badPublicKeysAreRefused(_ index: Int) throws {
    let (change, field) = Self.badPublicKeys[index]
    let bytes = try changed(small.public, change)
    expectRefusal(of: field) { try PublicKey(jsonWebKey: bytes, source: "public.json") }
  }

  @Test func modulesThatCannotBeOneAreRefused() throws {
    for (text, error) in [
      ("", PaillierError.modulusSize(bitCount: 0)), ("AQ", .modulusSize(bitCount: 1)),
      (Base64.urlSafe.text(of: [UInt8](repeating: 255, count: 128)), .modulusSize(bitCount: 1024)),
      (Base64.urlSafe.text(of: [UInt8](repeating: 255, count: 513)), .modulusSize(bitCount: 4104)),
    ] {
      let bytes = try changed(small.public) { $0["n"] = text }
      #expect(throws: error) { try PublicKey(jsonWebKey: bytes, source: "public.json") }
    }
    let even = [UInt8](repeating: 254, count: 256)
    let bytes = try changed(small.public) { $0["n"] = Base64.urlSafe.text(of: even) }
    #expect(throws: PaillierError.self) { try PublicKey(jsonWebKey: bytes, source: "public.json") }
  }

  static let badPrivateKeys: [(change: @Sendable (inout [String: Any]) -> Void, field: String)] = [
    ({ $0["kty"] = nil }, "kty"), ({ $0["kty"] = "RSA" }, "kty"), ({ $0["p"] = nil }, "p"),
    ({ $0["q"] = nil }, "q"), ({ $0["pub"] = nil }, "pub"), ({ $0["key_ops"] = nil }, "key_ops"),
    ({ $0["key_ops"] = ["encrypt"] }, "key_ops"), ({ $0["p"] = 7 }, "p"),
    ({ $0["q"] = "a b" }, "q"), ({ $0["pub"] = "x" }, "pub"),
    ({ $0["pub"] = ["kty": "DAJ", "alg": "PAI-GN1"] }, "pub.n"),
    ({ $0["pub"] = ["kty": "DAJ", "alg": "other", "n": "AQ"] }, "pub.alg"),
  ]

  @Test(arguments: badPrivateKeys.indices) func badPrivateKeysAreRefused(_ index: Int) throws {
    let (change, field) = Self.badPrivateKeys[index]
    let bytes = SecureBytes(copying: try changed(small.private, change))
    expectRefusal(of: field) { try PrivateKey(jsonWebKey: bytes, source: "private.json") }
  }

  @Test func primesThatAreNoneAreRefused() throws {
    let other = try #require(
      JSONSerialization.jsonObject(with: Data(try Self.cases.get()[1].private.utf8))
        as? [String: Any])
    let own = try #require(
      JSONSerialization.jsonObject(with: Data(small.private.utf8)) as? [String: Any])
    let composite = Base64.urlSafe.text(of: [UInt8](repeating: 255, count: 128))
    let short = Base64.urlSafe.text(of: [UInt8](repeating: 255, count: 127))
    let zero = Base64.urlSafe.text(of: [UInt8](repeating: 0, count: 128))
    for prime in [other["p"], own["q"], composite, short, zero, "", "AQ"] as [Any?] {
      let bytes = SecureBytes(copying: try changed(small.private) { $0["p"] = prime })
      #expect(throws: PaillierError.invalidPrivateKey(source: "private.json")) {
        try PrivateKey(jsonWebKey: bytes, source: "private.json")
      }
    }
  }

  static let badNumbers: [(change: @Sendable (inout [String: Any]) -> Void, field: String)] = [
    ({ $0["v"] = nil }, "v"), ({ $0["e"] = nil }, "e"), ({ $0["v"] = 5 }, "v"),
    ({ $0["e"] = "0" }, "e"), ({ $0["e"] = 0.5 }, "document"), ({ $0["e"] = true }, "e"),
    ({ $0["e"] = 1e300 }, "document"), ({ $0["v"] = "" }, "v"), ({ $0["v"] = "0x5" }, "v"),
    ({ $0["v"] = " 5" }, "v"), ({ $0["v"] = "5_0" }, "v"), ({ $0["v"] = NSNull() }, "v"),
  ]

  @Test(arguments: badNumbers.indices) func badNumbersAreRefused(_ index: Int) throws {
    let (change, field) = Self.badNumbers[index]
    let key = try small.publicKey
    let bytes = try changed(String(decoding: small.sum.a.json, as: UTF8.self), change)
    expectRefusal(of: field) { try EncryptedNumber(json: bytes, key: key, source: "number.json") }
  }

  @Test func numbersThatAreNoCiphertextsAreRefused() throws {
    let key = try small.privateKey
    let n = key.publicKey.modulus
    let p =
      try #require(
        JSONSerialization.jsonObject(with: Data(small.private.utf8)) as? [String: Any])["p"]
      as? String
    let prime = BigInteger(bigEndianBytes: try #require(Base64.urlSafe.bytes(of: p ?? "")))
    #expect(n.reduced(modulo: prime)?.isZero == true)
    for value in [0, -1, n, prime, prime * 12_345, n * n, n * n + 1, n * n - n, n << 5000] {
      let json = Array("{\"v\": \"\(value.decimal)\", \"e\": 0}".utf8)
      let error = #expect(throws: PaillierError.self, "\(value.bitCount) bits") {
        try EncryptedNumber(json: json, key: key.publicKey, source: "number.json")
      }
      guard case .invalidCiphertext(source: "number.json", _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
    for exponent in [-1025, 1025, Int.max, Int.min] {
      let number = Number(v: try small.sum.a.v, e: exponent)
      #expect(throws: PaillierError.exponentOutOfRange(exponent: exponent)) {
        try EncryptedNumber(json: number.json, key: key.publicKey, source: "number.json")
      }
    }
  }

  @Test(arguments: [
    "", "{", "[]", "5", "\"x\"", "null", "{\"v\": \"5\", \"e\": 0", "{} {}", "\u{FEFF}\0",
    String(repeating: "[", count: 100_000), String(repeating: " ", count: 200_000),
  ])
  func whatIsNoDocumentIsRefused(_ text: String) throws {
    let key = try small.publicKey
    let bytes = Array(text.utf8)
    #expect(throws: WireError.self) {
      try EncryptedNumber(json: bytes, key: key, source: "number.json")
    }
    #expect(throws: WireError.self) { try PublicKey(jsonWebKey: bytes, source: "public.json") }
    #expect(throws: WireError.self) {
      try PrivateKey(jsonWebKey: SecureBytes(copying: bytes), source: "private.json")
    }
  }

  @Test func exponentsTooFarApartAreRefused() throws {
    let key = try small.privateKey
    let one = try Encryptor(publicKey: key.publicKey).encrypt(EncodedNumber(exactly: "1"))
    let evaluator = Evaluator(publicKey: key.publicKey)
    let low = try EncryptedNumber(ciphertext: one.ciphertext, exponent: -600)
    #expect(throws: PaillierError.plaintextOutOfRange(index: 0)) { try evaluator.add(one, low) }
    let lowest = try EncryptedNumber(ciphertext: one.ciphertext, exponent: -1024)
    #expect(throws: PaillierError.exponentOutOfRange(exponent: -1025)) {
      try evaluator.multiply(lowest, by: EncodedNumber(exactly: "0.5"))
    }
  }

  @Test func encodingIsExact() throws {
    for (text, mantissa, exponent, decimal) in [
      ("0", 0, 0, "0"), ("-0.0", 0, 0, "0"), ("2.5", 40, -1, "2.5"), ("-0.0625", -1, -1, "-0.0625"),
      ("0.03125", 8, -2, "0.03125"), ("16.0", 16, 0, "16"), ("-3.750", -60, -1, "-3.75"),
    ] {
      let number = try EncodedNumber(exactly: text)
      #expect(number.mantissa == BigInteger(mantissa) && number.exponent == exponent, "\(text)")
      #expect(number.decimal == decimal)
    }
    #expect(try EncodedNumber(mantissa: -3, exponent: 2).decimal == "-768")
    for text in ["0.1", "-2.3", "1e3", "", ".5", "1.", "0.\(String(repeating: "0", count: 39))"] {
      let error = #expect(throws: PaillierError.self) { try EncodedNumber(exactly: text) }
      guard case .invalidDecimal = error else {
        Issue.record("\(text): \(String(describing: error))")
        return
      }
    }
  }

  private func changed(
    _ document: String, _ change: (inout [String: Any]) -> Void
  ) throws -> [UInt8] {
    var fields = try #require(
      JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
    change(&fields)
    return Array(try JSONSerialization.data(withJSONObject: fields))
  }

  private func expectRefusal<Value>(
    of field: String, sourceLocation: SourceLocation = #_sourceLocation, _ read: () throws -> Value
  ) {
    let error = #expect(throws: WireError.self, sourceLocation: sourceLocation) { _ = try read() }
    switch error {
    case .invalid(_, field, _), .overLimit(_, field, _, _): break
    default: Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
    }
  }
}
