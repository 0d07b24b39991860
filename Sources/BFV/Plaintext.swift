import Lattice
import SecureMemory

/// A polynomial modulo t, in coefficients.
public struct Plaintext: Sendable {
  /// N coefficients in [0, t).
  package var coefficients: [UInt64]

  package init(coefficients: [UInt64]) { self.coefficients = coefficients }
}

/// A plaintext lifted to the ciphertext ring in evaluation form, for products with many ciphertexts.
public struct PreparedPlaintext: Sendable {
  let polynomial: RNSPolynomial<Evaluation>
  let fingerprint: Digest
}
