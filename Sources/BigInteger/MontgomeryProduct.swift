/// The product of many public residues of one modulus.
///
/// The factors are multiplied as they come, without conversion to Montgomery form: each step leaves
/// one division by R too many, and all of them are made good at the end by one multiplication.
package struct MontgomeryProduct: Sendable {
  package let modulus: MontgomeryModulus
  private let modulusValue: BigInteger
  /// The product divided by R as often as `divisions` says.
  private var running: [UInt]
  private var divisions = 0
  private var scratch: [UInt]

  /// The empty product, 1. Nil for a secret modulus.
  package init?(modulus: MontgomeryModulus) {
    guard let value = modulus.publicValue else { return nil }
    self.modulus = modulus
    modulusValue = value
    running = [UInt](repeating: 0, count: modulus.limbCount)
    running[0] = 1
    scratch = [UInt](repeating: 0, count: modulus.scratchCount)
  }

  /// Multiplies by a residue in as many limbs as the modulus has; false, and nothing done, when it
  /// has another number of limbs. The residue is below the modulus.
  package mutating func multiply(by factor: [UInt]) -> Bool {
    guard factor.count == modulus.limbCount else { return false }
    factor.withUnsafeBufferPointer { factor in
      running.withUnsafeMutableBufferPointer { running in
        scratch.withUnsafeMutableBufferPointer { scratch in
          if let result = running.baseAddress, let factor = factor.baseAddress,
            let scratch = scratch.baseAddress
          {
            modulus.multiply(result, result, factor, scratch: scratch)
          }
        }
      }
    }
    divisions += 1
    return true
  }

  /// Multiplies by another product of the same modulus; false, and nothing done, for another.
  package mutating func multiply(by other: MontgomeryProduct) -> Bool {
    guard other.modulusValue == modulusValue, multiply(by: other.running) else { return false }
    divisions += other.divisions
    return true
  }

  /// The product in [0, modulus).
  package func value() -> BigInteger {
    let radix = BigInteger(1) << (modulus.limbCount * UInt.bitWidth)
    let correction = radix.power(variableTime: BigInteger(divisions), modulo: modulusValue)
    let product = BigInteger(limbs: running) * (correction ?? 1)
    return product.reduced(modulo: modulusValue) ?? 0
  }
}
