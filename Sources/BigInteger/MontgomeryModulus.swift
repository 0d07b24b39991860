internal import CBigIntegerKernels

/// An odd modulus, public or secret, with what Montgomery multiplication needs: products come out
/// divided by R = 2^(64 · limbs), and no division by the modulus takes place.
package final class MontgomeryModulus: Sendable {
  /// The modulus, where it is public.
  package let publicValue: BigInteger?
  package let limbCount: Int
  package let bitCount: Int
  /// R mod the modulus: 1 in Montgomery form.
  let one: SecretInteger
  /// R² mod the modulus.
  private let squaredRadix: SecretInteger
  /// −1 / modulus mod 2^64.
  private let negatedInverse: UInt
  private let limbs: SecretInteger
  private let kernels: IntegerKernels

  /// Nil unless the modulus is odd and above 1.
  package convenience init?(_ modulus: BigInteger, kernels: IntegerKernels = .chosen) {
    guard modulus.signum > 0, modulus.isOdd, modulus > 1,
      let limbs = SecretInteger(modulus, bitCount: modulus.bitCount)
    else { return nil }
    self.init(limbs, publicValue: modulus, kernels: kernels)
  }

  /// A secret modulus, which is odd, above 1 and has the highest bit of its width set. All constants are
  /// calculated in a time that depends on its width only.
  package convenience init(secret modulus: SecretInteger, kernels: IntegerKernels = .chosen) {
    self.init(modulus, publicValue: nil, kernels: kernels)
  }

  private init(_ modulus: SecretInteger, publicValue: BigInteger?, kernels: IntegerKernels) {
    self.publicValue = publicValue
    bitCount = modulus.bitCount
    limbCount = modulus.limbCount
    limbs = modulus
    self.kernels = kernels
    let exponent = modulus.limbCount
    let radix = SecretInteger(bitCount: exponent * UInt.bitWidth + 1) { $0[exponent] = 1 }
    one = radix.remainder(dividingBy: modulus)
    squaredRadix = one.multiplied(by: one).remainder(dividingBy: modulus)
    // Newton's iteration doubles the right bits: 1, 2, 4, … 64.
    let low = modulus.pointer[0]
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

  /// a · b / R modulo the modulus. One of the factors is below the modulus; neither has more limbs.
  package func multiply(_ a: SecretInteger, _ b: SecretInteger) -> SecretInteger {
    let width = limbCount * UInt.bitWidth
    let (a, b) = (a.resized(bitCount: width), b.resized(bitCount: width))
    let scratch = LimbBuffer(count: scratchCount)
    return SecretInteger(bitCount: bitCount) { result in
      multiply(result, a.pointer, b.pointer, scratch: scratch.pointer)
      withExtendedLifetime((a, b, scratch)) {}
    }
  }

  /// A number below the modulus, times R, modulo the modulus.
  package func montgomeryForm(_ number: SecretInteger) -> SecretInteger {
    multiply(number, squaredRadix)
  }
}
