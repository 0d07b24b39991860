import Lattice

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What operations on ciphertexts with a given number of primes need.
final class LevelTools: Sendable {
  /// q_1 … q_l.
  let basis: RNSBasis
  /// The same and the special prime.
  let switchingBasis: RNSBasis
  /// The extension P for products: P exceeds 2·t·N·Q times the number of terms.
  let extensionBasis: RNSBasis
  let toExtension: BaseConverter
  let fromExtension: BaseConverter
  /// t modulo each prime of the extension.
  let plaintextModulusInExtension: [UInt64]
  /// Q^-1 modulo each prime of the extension.
  let inverseProductInExtension: [UInt64]
  let toPlaintext: BaseConverter
  /// −t^-1 modulo each prime, for scaling a plaintext up.
  let negativeInversePlaintextModulus: [UInt64]
  /// Q modulo t, and −Q^-1 modulo t.
  let productModuloPlaintext: UInt64
  let negativeInverseProduct: UInt64
  /// N^-1 modulo each prime.
  let inverseDegree: [UInt64]

  /// log2 of how much the extension exceeds Q.
  static func extensionMarginBits(_ parameters: EncryptionParameters) -> Double {
    log2(Double(parameters.plaintextModulus)) + log2(Double(parameters.degree))
      + log2(Double(ProductAccumulator.maximumTerms)) + 3
  }

  init(
    basis: RNSBasis, special: NTTPlan, auxiliary: [NTTPlan], plaintextModulus: Modulus
  ) throws(LatticeError) {
    self.basis = basis
    switchingBasis = try RNSBasis(plans: basis.plans + [special])
    let needed =
      basis.log2Product + log2(Double(plaintextModulus.value)) + log2(Double(basis.degree))
      + log2(Double(ProductAccumulator.maximumTerms)) + 2
    var count = 0
    var bits = 0.0
    while bits < needed, count < auxiliary.count {
      bits += log2(Double(auxiliary[count].modulus.value))
      count += 1
    }
    extensionBasis = try RNSBasis(plans: Array(auxiliary.prefix(count)))
    toExtension = BaseConverter(from: basis, to: extensionBasis.moduli)
    fromExtension = BaseConverter(from: extensionBasis, to: basis.moduli)
    plaintextModulusInExtension = extensionBasis.moduli.map { $0.reduce(plaintextModulus.value) }
    inverseProductInExtension = extensionBasis.moduli.map {
      $0.inverse(basis.product(modulo: $0))
    }
    toPlaintext = BaseConverter(from: basis, to: [plaintextModulus])
    negativeInversePlaintextModulus = basis.moduli.map {
      $0.negate($0.inverse($0.reduce(plaintextModulus.value)))
    }
    productModuloPlaintext = basis.product(modulo: plaintextModulus)
    negativeInverseProduct = plaintextModulus.negate(
      plaintextModulus.inverse(productModuloPlaintext))
    inverseDegree = basis.moduli.map { $0.inverse($0.reduce(UInt64(basis.degree))) }
  }
}
