import Lattice
import SecureMemory

/// A polynomial modulo t, in coefficients.
public struct Plaintext: Sendable {
  /// N coefficients in [0, t).
  package var coefficients: [UInt64]
  /// The fingerprint of the parameters that it was made under.
  public let fingerprint: Digest

  package init(coefficients: [UInt64], fingerprint: Digest) {
    self.coefficients = coefficients
    self.fingerprint = fingerprint
  }
}

/// A plaintext lifted to the ciphertext ring in evaluation form, for products with many ciphertexts.
public struct PreparedPlaintext: Sendable {
  let polynomial: RNSPolynomial<Evaluation>
  let fingerprint: Digest
}
