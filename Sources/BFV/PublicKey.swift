import Lattice
import SecureMemory
import Wire

/// An encryption of zero that anyone may encrypt with: (−a·s + e, a), with a expanded from a seed.
public struct PublicKey: Sendable {
  package let context: Context
  let first: RNSPolynomial<Evaluation>
  let second: RNSPolynomial<Evaluation>
  private let seed: [UInt8]

  private static let seedDomain = "Cryptally BFV public key"

  /// The public key of a secret key.
  public init(for secretKey: SecretKey) {
    var source = SystemRandomSource()
    self.init(for: secretKey, insecureForTesting: &source)
  }

  package init(for secretKey: SecretKey, insecureForTesting source: inout some RandomSource) {
    context = secretKey.context
    let basis = context.topBasis
    seed = source.bytes(32)
    let second = RNSPolynomial<Evaluation>.expanded(
      seed: seed, domain: PublicKey.seedDomain, basis: basis)
    first = secretKey.withPolynomial { secret in
      maskedError(second, secret, basis: basis, using: &source)
    }
    self.second = second
  }

  /// The exact size of the serialized key in bytes.
  package static func serializedByteCount(context: Context) -> Int {
    32 + RNSPolynomial<Evaluation>.serializedByteCount(basis: context.topBasis)
  }

  /// The seed of a, then −a·s + e packed.
  package func write(to writer: inout BoundedWriter) {
    writer.append(bytes: seed)
    first.write(to: &writer)
  }

  /// Reads what `write` wrote.
  package init(context: Context, from reader: inout BoundedReader) throws(WireError) {
    self.context = context
    seed = Array(try reader.readBytes(count: 32, field: "public key seed"))
    first = try RNSPolynomial(basis: context.topBasis, from: &reader, field: "public key")
    second = RNSPolynomial<Evaluation>.expanded(
      seed: seed, domain: PublicKey.seedDomain, basis: context.topBasis)
  }
}

extension RNSPolynomial where Form == Evaluation {
  /// The uniform polynomial that a public seed stands for.
  static func expanded(seed: [UInt8], domain: String, basis: RNSBasis) -> RNSPolynomial {
    var expander = SeedExpander(seed: seed, domain: domain)
    return Samplers.uniform(basis: basis, form: Evaluation.self, using: &expander)
  }
}

/// −a·s + e with a fresh error e.
func maskedError(
  _ a: RNSPolynomial<Evaluation>, _ secret: RNSPolynomial<Evaluation>, basis: RNSBasis,
  using source: inout some RandomSource
) -> RNSPolynomial<Evaluation> {
  var result = smallPolynomial(
    Samplers.centredBinomial(degree: basis.degree, using: &source), basis: basis)
  // e − a·s as −(−e + a·s): the product needs no place of its own.
  result.negate()
  result.addProduct(a, secret)
  result.negate()
  return result
}

/// Small secret coefficients in evaluation form; the coefficients given are wiped.
func smallPolynomial(
  _ coefficients: consuming [Int8], basis: RNSBasis
) -> RNSPolynomial<Evaluation> {
  var coefficients = coefficients
  defer { coefficients.wipe() }
  return RNSPolynomial<Coefficient>(basis: basis, smallCoefficients: coefficients).evaluation()
}
