/// Why a Paillier operation was not done. No case carries a plaintext, a key or another secret.
public enum PaillierError: Error, Hashable, Sendable {
  /// A modulus size that is not an even number of bits in `PublicKey.admittedBitCounts`.
  case modulusSize(bitCount: Int)
  /// Bytes of a public key that are not one.
  case invalidPublicKey(source: String, problem: String)
  /// Bytes of a private key that are not one. What exactly is wrong stays unsaid.
  case invalidPrivateKey(source: String)
  /// A ciphertext that is not a unit modulo n².
  case invalidCiphertext(source: String, problem: String)
  /// A ciphertext of another key than the one that is worked with: both keys' fingerprints.
  case keyMismatch(ciphertext: String, key: String)
  /// The plaintext at `index` of the call is not in [0, n); where it is signed, its magnitude is above
  /// `PublicKey.maximumSignedMagnitude`.
  case plaintextOutOfRange(index: Int)
  /// A group that there is not, or sums of different numbers of groups.
  case groupMismatch
  /// A plaintext in the middle third of [0, n), which no signed number has: a sum or product grew too
  /// large.
  case overflow
  /// A number of digits after the point that is not in `DecimalScale.admittedDigits`.
  case scaleOutOfRange(digits: Int)
  /// Text that is not an exact decimal of the scale. The text itself stays unsaid.
  case invalidDecimal(problem: String)
  /// An exponent that is not in `EncodedNumber.admittedExponents`.
  case exponentOutOfRange(exponent: Int)
  /// Decryption found a fault. There is one message for every cause.
  case refused
}

extension PaillierError: CustomStringConvertible {
  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .modulusSize(let bitCount):
      "a Paillier modulus of \(bitCount) bits is not admitted: use an even number of bits from "
        + "\(PublicKey.admittedBitCounts.lowerBound) to \(PublicKey.admittedBitCounts.upperBound)"
    case .invalidPublicKey(let source, let problem):
      "\(source): not a Paillier public key: \(problem); copy the key again"
    case .invalidPrivateKey(let source):
      "\(source): not a Paillier private key; restore the key file from a backup"
    case .invalidCiphertext(let source, let problem):
      "\(source): not a Paillier ciphertext: \(problem); copy the data again"
    case .keyMismatch(let ciphertext, let key):
      "the ciphertext is of the Paillier key \(ciphertext), not of \(key); "
        + "use tables and keys that belong together"
    case .plaintextOutOfRange(let index):
      "plaintext \(index) is outside the range of the Paillier key"
    case .groupMismatch:
      "each ciphertext needs one group, from 0 to the number of groups less one, and sums that are "
        + "added need as many groups"
    case .overflow:
      "the decrypted number is outside the range of signed numbers: a sum or product grew too large "
        + "for the Paillier key"
    case .scaleOutOfRange(let digits):
      "a scale of \(digits) digits after the point: use \(DecimalScale.admittedDigits.lowerBound) to "
        + "\(DecimalScale.admittedDigits.upperBound)"
    case .invalidDecimal(let problem):
      "not a decimal number: \(problem)"
    case .exponentOutOfRange(let exponent):
      "an exponent of \(exponent): from \(EncodedNumber.admittedExponents.lowerBound) to "
        + "\(EncodedNumber.admittedExponents.upperBound) are read"
    case .refused:
      "refused"
    }
  }
}
