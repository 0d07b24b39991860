import Lattice

/// Why encryption parameters are not accepted.
public enum ParameterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The ring degree is not one of 1024, 2048, …, 32768.
  case unsupportedDegree(Int)
  /// The plaintext modulus cannot batch: not a prime of at most 50 bits that is 1 modulo 2N.
  case unsuitablePlaintextModulus(UInt64, degree: Int)
  /// A ciphertext modulus is not a prime of at most 60 bits that is 1 modulo 2N.
  case unsuitableCiphertextModulus(UInt64, degree: Int)
  /// The same prime stands twice, or the plaintext modulus is among the ciphertext moduli.
  case repeatedModulus(UInt64)
  /// No ciphertext modulus, or too many.
  case unsupportedModulusCount(Int)
  /// The special prime is smaller than a ciphertext modulus, which key switching cannot bear.
  case specialModulusTooSmall(UInt64)
  /// The whole modulus is too large for 128-bit security at this degree.
  case insecure(degree: Int, bits: Double, limit: Int)
  /// No admissible parameters hold the workload.
  case noneHolds(depth: Int, plaintextBits: Int)
  /// The bytes do not describe parameters.
  case malformed(LatticeError)

  /// What was wrong, and what is possible.
  public var description: String {
    switch self {
    case .unsupportedDegree(let degree):
      "the ring degree \(degree) is not a power of two from 1024 to 32768"
    case .unsuitablePlaintextModulus(let modulus, let degree):
      "the plaintext modulus \(modulus) is not a prime of at most 50 bits that is 1 modulo "
        + "\(2 * degree)"
    case .unsuitableCiphertextModulus(let modulus, let degree):
      "the ciphertext modulus \(modulus) is not a prime of at most 60 bits that is 1 modulo "
        + "\(2 * degree)"
    case .repeatedModulus(let modulus):
      "the modulus \(modulus) is used twice"
    case .unsupportedModulusCount(let count):
      "\(count) ciphertext moduli; from 1 to 40 are supported"
    case .specialModulusTooSmall(let modulus):
      "the special prime \(modulus) is smaller than a ciphertext modulus"
    case .insecure(let degree, let bits, let limit):
      "a modulus of \(bits.rounded(.up)) bits, special prime included, is not secure at ring "
        + "degree \(degree): at most \(limit) bits are"
    case .noneHolds(let depth, let plaintextBits):
      "no secure parameters hold products of depth \(depth) with sums of \(plaintextBits) bits: "
        + "lower the depth, the capacity or the ranges"
    case .malformed(let error):
      error.description
    }
  }
}
