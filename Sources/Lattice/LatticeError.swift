/// What can be wrong with the numbers that lattice structures are made from.
public enum LatticeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The degree is not a power of two in the supported range.
  case unsupportedDegree(Int)
  /// The modulus is outside 2 to 2^61 − 1.
  case modulusOutOfRange(UInt64)
  /// The modulus is not a prime that is 1 modulo twice the degree.
  case notAnNTTPrime(modulus: UInt64, degree: Int)
  /// A modulus stands twice in a basis.
  case repeatedModulus(UInt64)
  /// There are not enough primes of this size.
  case tooFewPrimes(bits: Int, degree: Int, wanted: Int)

  /// What was wrong with which number.
  public var description: String {
    switch self {
    case .unsupportedDegree(let degree):
      "the ring degree \(degree) is not a power of two from 8 to 32768"
    case .modulusOutOfRange(let modulus):
      "the modulus \(modulus) is outside 2 to 2^61 - 1"
    case .notAnNTTPrime(let modulus, let degree):
      "the modulus \(modulus) is not a prime that is 1 modulo \(2 * degree)"
    case .repeatedModulus(let modulus):
      "the modulus \(modulus) is used twice"
    case .tooFewPrimes(let bits, let degree, let wanted):
      "there are fewer than \(wanted) primes of \(bits) bits that are 1 modulo \(2 * degree)"
    }
  }
}
