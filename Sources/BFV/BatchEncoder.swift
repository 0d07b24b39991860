import Lattice

/// Puts one integer in each of the N slots of a plaintext; sums and products act slot by slot.
///
/// The slots are two rows of N/2. With N = 8: row one is slots 0 1 2 3, row two is slots 4 5 6 7.
/// Source: Smart and Vercauteren, "Fully homomorphic SIMD operations", 2014.
public struct BatchEncoder: Sendable {
  private let context: Context

  /// An encoder for plaintexts of the context.
  public init(_ context: Context) { self.context = context }

  /// Encodes at most N signed values; missing ones are 0.
  ///
  /// - Parameter values: each within ±(t − 1)/2.
  /// - Throws: `EvaluationError.tooManyValues`, `.valueOutOfRange`.
  public func encode(_ values: [Int64]) throws(EvaluationError) -> Plaintext {
    let modulus = context.plaintextPlan.modulus
    let limit = (modulus.value - 1) / 2
    guard values.count <= context.slotCount else {
      throw .tooManyValues(count: values.count, slots: context.slotCount)
    }
    var slots = [UInt64](repeating: 0, count: context.slotCount)
    for (slot, value) in values.enumerated() {
      guard value.magnitude <= limit else { throw .valueOutOfRange(slot: slot, limit: limit) }
      // Branch-free: adds t to negative values.
      slots[context.slotPositions[slot]] =
        UInt64(bitPattern: value) &+ (modulus.value & UInt64(bitPattern: value >> 63))
    }
    var span = slots.mutableSpan
    Kernels.inverseNTT(&span, context.plaintextPlan)
    return Plaintext(coefficients: slots, fingerprint: context.fingerprint)
  }

  /// The N slot values, each within ±(t − 1)/2.
  ///
  /// - Throws: `EvaluationError.parameterMismatch`.
  public func decode(_ plaintext: Plaintext) throws(EvaluationError) -> [Int64] {
    try context.check(plaintext)
    let modulus = context.plaintextPlan.modulus.value
    var slots = plaintext.coefficients
    var span = slots.mutableSpan
    Kernels.forwardNTT(&span, context.plaintextPlan)
    return context.slotPositions.map { centred(slots[$0], modulus: modulus) }
  }
}

/// The representative of x modulo an odd modulus that lies within ±(modulus − 1)/2, without a branch.
func centred(_ x: UInt64, modulus: UInt64) -> Int64 {
  let above = UInt64(bitPattern: Int64(bitPattern: (modulus / 2) &- x) >> 63)
  return Int64(bitPattern: x &- (modulus & above))
}
