import Lattice
import SecureMemory
import Wire

/// Encrypts with the secret key: half the size on the wire, because the second part is a seed.
public struct SymmetricEncryptor: Sendable {
  private let secretKey: SecretKey
  private let pool = PolynomialPool()

  /// An encryptor with the given secret.
  public init(_ secretKey: SecretKey) { self.secretKey = secretKey }

  /// (−a·s + e + round(Q·m/t), a) with a expanded from a fresh public seed.
  ///
  /// - Throws: `EvaluationError.parameterMismatch`.
  public func encrypt(_ plaintext: Plaintext) throws(EvaluationError) -> SeededCiphertext {
    var source = SystemRandomSource()
    return try encrypt(plaintext, insecureForTesting: &source)
  }

  /// The same from a given source of randomness, for vectors and tests.
  package func encrypt(
    _ plaintext: Plaintext, insecureForTesting source: inout some RandomSource
  ) throws(EvaluationError) -> SeededCiphertext {
    let context = secretKey.context
    try context.check(plaintext)
    let basis = context.topBasis
    let seed = source.bytes(32)
    let second = RNSPolynomial<Evaluation>.expanded(
      seed: seed, domain: SeededCiphertext.seedDomain, basis: basis)
    var noisy = RNSPolynomial<Coefficient>(uninitialized: basis)
    var errors = Samplers.centredBinomial(degree: basis.degree, using: &source)
    noisy.setSmallCoefficients(errors)
    errors.wipe()
    var scaled = context.scaledUp(plaintext, level: basis.count, pool: pool)
    noisy.add(scaled)
    scaled.wipe()
    pool.giveBack(&scaled)
    // m + e − a·s as −(−(m + e) + a·s), without a place for the product.
    var first = noisy.takeEvaluation()
    first.negate()
    secretKey.withPolynomial { first.addProduct(second, $0) }
    first.negate()
    return SeededCiphertext(first: first, seed: seed, fingerprint: context.fingerprint)
  }
}

/// A fresh symmetric ciphertext whose second part is a seed.
public struct SeededCiphertext: Sendable {
  let first: RNSPolynomial<Evaluation>
  let seed: [UInt8]
  let fingerprint: Digest

  static let seedDomain = "Cryptally BFV ciphertext"

  init(first: RNSPolynomial<Evaluation>, seed: [UInt8], fingerprint: Digest) {
    self.first = first
    self.seed = seed
    self.fingerprint = fingerprint
  }

  /// The ciphertext with its second part expanded.
  public func expanded() -> Ciphertext {
    let second = RNSPolynomial<Evaluation>.expanded(
      seed: seed, domain: SeededCiphertext.seedDomain, basis: first.basis)
    return Ciphertext(parts: [first, second], fingerprint: fingerprint)
  }

  /// The exact size of the serialized form in bytes.
  public static func serializedByteCount(context: Context) -> Int {
    32 + RNSPolynomial<Evaluation>.serializedByteCount(basis: context.topBasis)
  }

  /// The seed, then the first part packed.
  public func write(to writer: inout BoundedWriter) {
    writer.append(bytes: seed)
    first.write(to: &writer)
  }

  /// Reads what `write` wrote.
  /// - Throws: `WireError`.
  public init(context: Context, from reader: inout BoundedReader) throws(WireError) {
    seed = Array(try reader.readBytes(count: 32, field: "ciphertext seed"))
    first = try RNSPolynomial(basis: context.topBasis, from: &reader, field: "ciphertext")
    fingerprint = context.fingerprint
  }
}
