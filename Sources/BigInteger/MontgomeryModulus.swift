internal import CBigIntegerKernels

/// An odd public modulus with what Montgomery multiplication needs: products come out divided by
/// R = 2^(64 · limbs), and no division by the modulus takes place.
package final class MontgomeryModulus: Sendable {
  package let value: BigInteger
  package let limbCount: Int
  /// R mod the modulus: 1 in Montgomery form.
  let one: BigInteger
  /// −1 / modulus mod 2^64.
  private let negatedInverse: UInt
  private let limbs: LimbBuffer
  private let kernels: IntegerKernels

  /// Nil unless the modulus is odd and above 1.
  package init?(_ modulus: BigInteger, kernels: IntegerKernels = .chosen) {
    guard modulus.signum > 0, modulus.isOdd, modulus > 1 else { return nil }
    let count = SecretInteger.limbCount(bits: modulus.bitCount)
    guard let one = (BigInteger(1) << (count * UInt.bitWidth)).reduced(modulo: modulus) else {
      return nil
    }
    value = modulus
    limbCount = count
    self.one = one
    limbs = LimbBuffer(count: count)
    modulus.copyLimbs(to: limbs.pointer)
    self.kernels = kernels
    // Newton's iteration doubles the right bits: 1, 2, 4, … 64.
    let low = modulus.lowLimb
    var inverse: UInt = 1
    for _ in 0..<6 { inverse = inverse &* (2 &- low &* inverse) }
    negatedInverse = 0 &- inverse
  }

  /// The limbs of scratch memory that `multiply` needs.
  package var scratchCount: Int { 2 * limbCount }

  /// result = a · b / R modulo the modulus, fully reduced; one of the factors is below the modulus.
  /// Neither branches nor addresses depend on them. `result` may be one of the factors.
  package func multiply(
    _ result: UnsafeMutablePointer<UInt>, _ a: UnsafePointer<UInt>, _ b: UnsafePointer<UInt>,
    scratch: UnsafeMutablePointer<UInt>
  ) {
    cryptally_montgomery_multiply(
      kernels.pointer, result, a, b, limbs.pointer, negatedInverse, limbCount, scratch)
    withExtendedLifetime(limbs) {}
  }

  /// The number times R modulo the modulus.
  func montgomeryForm(_ number: BigInteger) -> BigInteger? {
    (number << (limbCount * UInt.bitWidth)).reduced(modulo: value)
  }
}
