import BigInteger
import Paillier
import SecureMemory
import Testing
import _TestSupport

/// The files in Vectors/paillier, as the generator writes them.
enum VectorFiles {
  struct Key: Decodable, Sendable, CustomTestStringConvertible {
    struct Encryption: Decodable, Sendable {
      let m: String
      let nonce: String
      let c: String
    }
    struct Operations: Decodable, Sendable {
      let a: String
      let b: String
      let k: String
      let add: String
      let subtract: String
      let negate: String
      let addPlaintext: String
      let multiply: String
      let plainSum: String
      let plainProduct: String
      let summands: [String]
      let sum: String
      let plainTotal: String
    }
    let name: String
    let bits: Int
    let shortExponents: Bool
    let p: String
    let q: String
    let n: String
    let publicKey: String
    let privateKey: String
    let fingerprint: String
    let encryptions: [Encryption]
    let operations: Operations

    var testDescription: String { name }

    func makePrivateKey() throws -> PrivateKey {
      try PrivateKey(
        insecureForTesting: number(p), number(q), supportsShortExponents: shortExponents)
    }
  }

  struct BadBytes: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: String
    var testDescription: String { name }
  }

  struct Negative: Decodable, Sendable {
    let privateKey: String
    let ciphertexts: [BadBytes]
    let publicKeys: [BadBytes]
    let privateKeys: [BadBytes]

    func makePrivateKey() throws -> PrivateKey {
      try PrivateKey(
        serializedInsecureForTesting: SecureBytes(copying: VectorFiles.bytes(privateKey)))
    }
  }

  struct Packing: Decodable, Sendable, CustomTestStringConvertible {
    struct Measure: Decodable, Sendable {
      let name: String
      let minimum: Int64
      let maximum: Int64
      let nullable: Bool
    }
    let name: String
    let measures: [Measure]
    let capacity: Int
    let modulusBits: Int
    let records: [[Int64?]]
    let plaintexts: [[String]]
    let blockSums: [String]
    let recordCount: Int
    let counts: [Int]
    let sums: [Int64]
    var testDescription: String { name }

    func packing() throws -> RecordPacking {
      try RecordPacking(
        measures: measures.map {
          .init(name: $0.name, range: $0.minimum...$0.maximum, isNullable: $0.nullable)
        }, capacity: capacity, modulusBits: modulusBits)
    }
  }

  static let keys = Result { try readVectors([Key].self, from: "paillier/known-answers.json") }
  static let negative = Result { try readVectors(Negative.self, from: "paillier/negative.json") }
  static let packings = Result { try readVectors([Packing].self, from: "paillier/packing.json") }

  static func number(_ hexadecimal: String) throws -> BigInteger {
    try #require(BigInteger(hexadecimal: hexadecimal))
  }

  static func bytes(_ hexadecimal: String) throws -> [UInt8] {
    let bytes = _TestSupport.bytes(hexadecimal: hexadecimal)
    try #require(bytes.count == hexadecimal.utf8.count / 2)
    return bytes
  }
}

/// The number of hexadecimal digits of a vector.
func number(_ hexadecimal: String) throws -> BigInteger { try VectorFiles.number(hexadecimal) }

/// Ciphertexts of one key out of vectors.
struct CiphertextReader {
  let key: PublicKey

  func callAsFunction(_ hexadecimal: String) throws -> Ciphertext {
    try Ciphertext(serialized: VectorFiles.bytes(hexadecimal), key: key, source: "vector")
  }
}
