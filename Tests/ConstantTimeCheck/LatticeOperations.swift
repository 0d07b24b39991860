import BFV
import SecureMemory
import Wire

/// Every operation of BFV on secrets, each with the reports that memcheck made meanwhile: the sampling
/// of keys and errors, encoding, encryption and decryption.
struct LatticeOperations {
  private let parameters: NamedParameters

  /// - Parameter parameters: a set that is used.
  init(_ parameters: NamedParameters) { self.parameters = parameters }

  /// Prints a line for each operation.
  func run() throws {
    let context = try Context(EncryptionParameters.named(parameters))
    var source = MarkedSource(seed: 7)

    let secretKey = measure("secret key") {
      SecretKey(context, insecureForTesting: &source)
    }
    guard Secrets.isMarked(secretKey.serialized()) else { throw CheckError.markWasLost }
    let read = try measure("secret key from its bytes") {
      try secretKey.serialized().withUnsafeBytes { bytes in
        var reader = BoundedReader(Array(bytes)[...], source: "secret key")
        return try SecretKey(context: context, from: &reader)
      }
    }
    let publicKey = measure("public key") {
      PublicKey(for: secretKey, insecureForTesting: &source)
    }
    _ = measure("relinearization key") {
      RelinearizationKey(for: secretKey, insecureForTesting: &source)
    }
    _ = measure("Galois key") {
      GaloisKeys(for: secretKey, elements: [3], insecureForTesting: &source)
    }

    let encoder = BatchEncoder(context)
    let values = (0..<context.slotCount).map { Int64($0 % 401) - 200 }
    let plaintext = try measure("encode") { try encoder.encode(Secrets.integers(values)) }
    let encryptor = Encryptor(publicKey)
    let encrypted = try measure("encrypt") {
      try encryptor.encrypt(plaintext, insecureForTesting: &source)
    }
    let seeded = try measure("encrypt with the secret key") {
      try SymmetricEncryptor(secretKey).encrypt(plaintext, insecureForTesting: &source).expanded()
    }
    // What the server gets is public.
    let ciphertexts = try [encrypted, seeded].map { try published($0, context) }

    let decryptor = Decryptor(read)
    let decoded = try measure("decrypt and decode") {
      try ciphertexts.map { try encoder.decode(decryptor.decrypt($0)) }
    }
    let evaluator = Evaluator(context)
    let product = try evaluator.multiply(ciphertexts[0], ciphertexts[1])
    let square = try measure("decrypt three parts") {
      try encoder.decode(decryptor.decrypt(product))
    }
    let totals = try evaluator.extractTotals(
      ciphertexts[0], noise: context.noiseModel.fresh, totalsInAnswer: 1,
      rerandomizingWith: encryptor)
    let total = try measure("open a total") { try decryptor.decrypt(totals) }

    // A mark changes no value.
    for (found, expected, what) in [
      (decoded[0], values, "decryption"), (decoded[1], values, "decryption, secret key"),
      (square, values.map { $0 * $0 }, "product"), (total, [values.reduce(0, +)], "total"),
    ] {
      guard Secrets.published(found) == expected else { throw CheckError.wrongResult(what) }
    }
  }
}

/// The ciphertext by way of its bytes, without a mark.
private func published(_ ciphertext: Ciphertext, _ context: Context) throws -> Ciphertext {
  var writer = BoundedWriter()
  ciphertext.write(to: &writer)
  var reader = BoundedReader(Secrets.published(writer.bytes)[...], source: "ciphertext")
  return try Ciphertext(context: context, from: &reader)
}

/// Bytes that follow from a seed, marked as secret; but what is asked for as 32 bytes at once is the
/// seed of a public polynomial.
private struct MarkedSource: RandomSource {
  private var expander: SeedExpander

  init(seed: UInt8) { expander = SeedExpander(seed: [seed], domain: "constant-time check") }

  mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    expander.fill(buffer)
    if buffer.count != 32 { Secrets.mark(buffer) }
  }
}
