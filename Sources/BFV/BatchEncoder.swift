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
    var coefficients = [UInt64](unsafeUninitializedCapacity: context.slotCount) {
      $1 = context.slotCount
    }
    var span = coefficients.mutableSpan
    let positionSlots = context.positionSlots
    let areInRange = Kernels.placeSlots(
      &span, values.span, slots: positionSlots.span, modulus: modulus)
    guard areInRange else {
      throw .valueOutOfRange(
        slot: values.firstIndex { $0.magnitude > limit } ?? 0, limit: limit)
    }
    context.plaintextPlan.inverse(&span)
    return Plaintext(coefficients: coefficients, fingerprint: context.fingerprint)
  }

  /// The N slot values, each within ±(t − 1)/2.
  ///
  /// - Throws: `EvaluationError.parameterMismatch`.
  public func decode(_ plaintext: Plaintext) throws(EvaluationError) -> [Int64] {
    try context.check(plaintext)
    var slots = plaintext.coefficients
    defer { slots.wipe() }
    var span = slots.mutableSpan
    context.plaintextPlan.forward(&span)
    var values = [Int64](repeating: 0, count: context.slotCount)
    var valueSpan = values.mutableSpan
    let slotPositions = context.slotPositions
    Kernels.readSlots(
      &valueSpan, slots.span, positions: slotPositions.span,
      modulus: context.plaintextPlan.modulus)
    return values
  }
}

/// The representative of x modulo an odd modulus that lies within ±(modulus − 1)/2, without a branch.
func centred(_ x: UInt64, modulus: UInt64) -> Int64 {
  let above = UInt64(bitPattern: Int64(bitPattern: (modulus / 2) &- x) >> 63)
  return Int64(bitPattern: x &- (modulus & above))
}
