import SecureMemory

/// How random bytes become polynomials.
package enum Samplers {
  /// Uniform ternary coefficients. Each byte below 255 gives one coefficient, its remainder modulo
  /// 3 less 1; the byte 255 is skipped. Bytes are drawn `degree` at a time until there are enough.
  package static func ternary(degree: Int, using source: inout some RandomSource) -> [Int8] {
    var coefficients: [Int8] = []
    coefficients.reserveCapacity(degree)
    while coefficients.count < degree {
      var bytes = source.bytes(degree)
      for byte in bytes {
        // A rejected byte says nothing about the accepted ones, so this branch leaks nothing.
        if byte == 255 { continue }
        // floor(b / 3) = (171 b) >> 9 for b < 256: no division of a secret.
        let third = UInt8(truncatingIfNeeded: (UInt32(byte) &* 171) >> 9)
        coefficients.append(Int8(bitPattern: byte &- third &* 3) &- 1)
        if coefficients.count == degree { break }
      }
      bytes.wipe()
    }
    return coefficients
  }

  /// Centred binomial coefficients with parameter 21 (standard deviation √10.5 ≈ 3.24), from
  /// 6 bytes each as the kernel specifies.
  package static func centredBinomial(degree: Int, using source: inout some RandomSource) -> [Int8]
  {
    var bytes = source.bytes(6 * degree)
    var coefficients = [Int8](repeating: 0, count: degree)
    var span = coefficients.mutableSpan
    Kernels.centredBinomial(&span, bytes.span)
    bytes.wipe()
    return coefficients
  }

  /// Uniform residues, limb after limb. Each residue takes 8 bytes, little endian, cut to the
  /// modulus's bit width, and is drawn again while it is not below the modulus.
  package static func uniform<Form>(
    basis: RNSBasis, form: Form.Type, using source: inout some RandomSource
  ) -> RNSPolynomial<Form> {
    var residues: [UInt64] = []
    residues.reserveCapacity(basis.count * basis.degree)
    for modulus in basis.moduli {
      let mask = UInt64.max >> UInt64(64 - modulus.bitWidth)
      let end = residues.count + basis.degree
      while residues.count < end {
        let wanted = end - residues.count
        source.bytes(8 * wanted).withUnsafeBytes { bytes in
          for index in 0..<wanted {
            let word = UInt64(
              littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
            if word & mask < modulus.value { residues.append(word & mask) }
          }
        }
      }
    }
    return RNSPolynomial(basis: basis, reducedResidues: residues)
  }
}
