import CLatticeKernels
import SecureMemory

/// How random bytes become polynomials.
package enum Samplers {
  /// Uniform ternary coefficients. Each byte below 255 gives one coefficient, its remainder modulo
  /// 3 less 1; the byte 255 is skipped. Bytes are drawn `degree` at a time until there are enough;
  /// those that are left over are not used.
  package static func ternary(degree: Int, using source: inout some RandomSource) -> [Int8] {
    var coefficients = [Int8](repeating: 0, count: degree)
    var span = coefficients.mutableSpan
    var written = 0
    while written < degree {
      var bytes = source.bytes(degree)
      var used = 0
      // A skipped byte makes room for another one. How many are skipped says nothing about the rest.
      while used < bytes.count, written < degree {
        let count = min(bytes.count - used, degree - written)
        written = Kernels.ternary(
          &span, from: written, bytes.span.extracting(used..<used + count))
        used += count
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
    let result = RNSPolynomial<Form>(uninitialized: basis)
    for (index, modulus) in basis.moduli.enumerated() {
      let limb = result.limbToWrite(index)
      var written = 0
      while written < basis.degree {
        // The words are drawn where the residues will stand: a residue is never behind its word.
        let wanted = basis.degree - written
        let words = limb + written
        source.fill(UnsafeMutableRawBufferPointer(start: words, count: 8 * wanted))
        for position in 0..<wanted { words[position] = UInt64(littleEndian: words[position]) }
        written += Kernels.active.pointee.uniform(words, words, wanted, modulus.value)
      }
    }
    return result
  }
}
