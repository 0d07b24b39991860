import Lattice
import SecureMemory
import Wire

/// A uniform ternary secret. It wipes itself when released and is never described.
public final class SecretKey: Sendable {
  package let context: Context
  /// N bytes, each the two's complement of −1, 0 or 1.
  private let coefficients: SecureBytes
  /// The same over the key basis.
  private let polynomial: SecretPolynomial

  private init(context: Context, coefficients: SecureBytes) {
    self.context = context
    self.coefficients = coefficients
    var small = coefficients.withUnsafeBytes { $0.map { Int8(bitPattern: $0) } }
    polynomial = SecretPolynomial(
      RNSPolynomial<Coefficient>(basis: context.keyBasis, smallCoefficients: small).evaluation())
    small.wipe()
  }

  /// A fresh key.
  public convenience init(_ context: Context) {
    var source = SystemRandomSource()
    self.init(context, insecureForTesting: &source)
  }

  /// A key from a given source of randomness, for vectors and tests.
  package convenience init(_ context: Context, insecureForTesting source: inout some RandomSource) {
    var ternary = Samplers.ternary(degree: context.parameters.degree, using: &source)
    let coefficients = SecureBytes(count: ternary.count)
    coefficients.withUnsafeMutableBytes { target in
      for (index, value) in ternary.enumerated() { target[index] = UInt8(bitPattern: value) }
    }
    ternary.wipe()
    self.init(context: context, coefficients: coefficients)
  }

  /// Calls `body` with s in evaluation form over the ciphertext primes and the special prime. A copy of
  /// it is not to leave `body`.
  func withPolynomial<Result>(
    _ body: (RNSPolynomial<Evaluation>) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(self) { try body(polynomial.value) }
  }

  /// The exact size of the serialized secret.
  package static func serializedByteCount(context: Context) -> Int { context.parameters.degree }

  /// The ternary coefficients, one byte each. The result is the secret: it goes into a sealed file.
  package func serialized() -> SecureBytes {
    coefficients.withUnsafeBytes { SecureBytes(copying: $0) }
  }

  /// Reads what `serialized` gave.
  package convenience init(
    context: Context, from reader: inout BoundedReader
  ) throws(WireError) {
    let bytes = try reader.readBytes(
      count: context.parameters.degree, field: "lattice secret")
    // Counts the bytes that are not ternary without branching on any one of them.
    var foreign: UInt32 = 0
    for byte in bytes {
      let shifted = UInt32(byte &+ 1)
      foreign |= (2 &- shifted) >> 31
    }
    guard Kernels.published(UInt64(foreign)) == 0 else {
      throw reader.invalid(field: "lattice secret", problem: "a coefficient is not ternary")
    }
    self.init(context: context, coefficients: bytes.withUnsafeBytes { SecureBytes(copying: $0) })
  }
}
