/// The largest modulus at each ring degree for 128-bit classical security with a uniform ternary
/// secret: "Security Guidelines for Implementing Homomorphic Encryption" (Bossuat et al., 2024),
/// table 5.2.
package enum SecurityTable {
  /// log2 of the largest whole modulus, special prime included; nil for other degrees.
  package static func maximumModulusBits(degree: Int) -> Int? {
    switch degree {
    case 1024: 26
    case 2048: 53
    case 4096: 106
    case 8192: 214
    case 16384: 430
    case 32768: 868
    default: nil
    }
  }
}
