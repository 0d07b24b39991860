import SecureMemory

/// Why an operation on keys, plaintexts or ciphertexts was refused.
public enum EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The operand was made under other parameters.
  case parameterMismatch(expected: Digest, found: Digest)
  /// Two operands have different numbers of primes.
  case levelMismatch(Int, Int)
  /// The level cannot be reached from the operand's.
  case unsupportedLevel(Int, available: Int)
  /// The operation needs a ciphertext with another number of parts.
  case unexpectedPartCount(expected: Int, found: Int)
  /// There is no Galois key for this automorphism.
  case missingGaloisKey(element: Int)
  /// More slot values than slots.
  case tooManyValues(count: Int, slots: Int)
  /// A slot value is outside the signed range of the plaintext modulus. The value is not named.
  case valueOutOfRange(slot: Int, limit: UInt64)
  /// More totals than a ciphertext has coefficients.
  case tooManyTerms(limit: Int)
  /// A block of slots is not a power of two, or larger than there are slots.
  case unsupportedBlock(Int, slots: Int)
  /// Lists that belong together differ in length.
  case countMismatch(Int, Int)
  /// The accumulator was finished.
  case accumulatorFinished
  /// The operation was asked for nothing.
  case emptyInput
  /// Totals whose noise is above what honest ones have.
  case marginExceeded
  /// The noise bound does not admit the operation.
  case noiseTooLarge(bits: Double, level: Int)

  /// What was wrong, and what is needed.
  public var description: String {
    switch self {
    case .parameterMismatch(let expected, let found):
      "parameters differ: needed \(expected), found \(found)"
    case .levelMismatch(let a, let b):
      "ciphertexts with \(a) and \(b) primes: switch them to one level first"
    case .unsupportedLevel(let level, let available):
      "\(level) primes were asked for; 1 to \(available) are possible"
    case .unexpectedPartCount(let expected, let found):
      "a ciphertext of \(expected) parts is needed, this one has \(found)"
    case .missingGaloisKey(let element):
      "there is no Galois key for the element \(element)"
    case .tooManyValues(let count, let slots):
      "\(count) values for \(slots) slots"
    case .valueOutOfRange(let slot, let limit):
      "the value of slot \(slot) is outside -\(limit) to \(limit)"
    case .tooManyTerms(let limit):
      "more than \(limit) totals for one ciphertext"
    case .unsupportedBlock(let size, let slots):
      "a block of \(size) slots; powers of two from 1 to \(slots) are possible"
    case .countMismatch(let a, let b):
      "\(a) ciphertexts and \(b) plaintexts: one for each is needed"
    case .accumulatorFinished:
      "the accumulator was finished; make a new one for another sum"
    case .emptyInput:
      "nothing to compute on; an empty sum is a fresh encryption of zero"
    case .marginExceeded:
      "the totals are noisier than an honest evaluation makes them"
    case .noiseTooLarge(let bits, let level):
      "noise of \(bits.rounded(.up)) bits does not decrypt with \(level) primes"
    }
  }
}
