import BFV
import Lattice

/// Keys and ciphertexts for one set of parameters.
struct EvaluatorFixture {
  let context: Context
  let evaluator: Evaluator
  let relinearizationKey: RelinearizationKey
  let galoisKeys: GaloisKeys
  private let encoder: BatchEncoder
  private let encryptor: Encryptor

  init(_ parameters: EncryptionParameters) throws {
    context = try Context(parameters)
    let secretKey = SecretKey(context)
    evaluator = Evaluator(context)
    relinearizationKey = RelinearizationKey(for: secretKey)
    let degree = parameters.degree
    galoisKeys = GaloisKeys(
      for: secretKey,
      elements: [
        GaloisKeys.rotationElement(by: 3, degree: degree),
        GaloisKeys.rowSwapElement(degree: degree),
      ])
    encoder = BatchEncoder(context)
    encryptor = Encryptor(PublicKey(for: secretKey))
  }

  /// A ciphertext that shares its memory with no other.
  func encrypt(_ value: Int64) throws -> Ciphertext {
    let values = (0..<context.slotCount).map { value + Int64($0 % 7) }
    return try encryptor.encrypt(encoder.encode(values))
  }

  func plaintext(_ value: Int64) throws -> Plaintext {
    try encoder.encode((0..<context.slotCount).map { value - Int64($0 % 5) })
  }

  func prepare(_ value: Int64) throws -> PreparedPlaintext {
    try evaluator.prepare(plaintext(value), level: context.topLevel)
  }
}

/// The parameters that tests of memory run with.
enum FixtureParameters: CaseIterable {
  /// Four primes of 42 bits.
  case n8192
  /// As many primes as parameters may have, and a ring without security.
  case manyPrimes

  func parameters() throws -> EncryptionParameters {
    switch self {
    case .n8192: return try .named(.n8192)
    case .manyPrimes:
      let degree = 1024
      let plaintextModulus = try NTTPrimes.largest(count: 1, bits: 17, degree: degree)[0]
      let primes = try NTTPrimes.largest(count: 41, bits: 42, degree: degree)
      return try .insecureForTesting(
        degree: degree, plaintextModulus: plaintextModulus,
        ciphertextModuli: Array(primes.dropFirst()), specialModulus: primes[0])
    }
  }
}
