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
  /// Division by q_l; nil at the lowest level.
  let dropping: LastPrimeDivision?
  /// The same and the special prime.
  let switchingBasis: RNSBasis
  /// Key switching: products with a key's rows, and division by the special prime.
  let switching: GadgetProduct
  let unswitching: LastPrimeDivision
  /// The extension P for products: P exceeds 2·t·N·Q times the number of terms.
  let extensionBasis: RNSBasis
  let toExtension: BaseConverter
  /// −[t·x]_Q·Q^-1·(P / p_j)^-1 modulo each p_j of the extension.
  let remainderToExtension: BaseConverter
  /// t·Q^-1·(P / p_j)^-1 modulo each p_j.
  let quotientScales: TransformScales
  let fromExtension: BaseConverter
  /// −[t·x]_Q·Q^-1 modulo t.
  let toPlaintext: BaseConverter
  /// −t^-1 modulo each prime, for scaling a plaintext up.
  let negativeInversePlaintextModulus: [UInt64]
  /// Q modulo t.
  let productModuloPlaintext: UInt64
  /// N^-1 modulo each prime.
  let inverseDegree: [UInt64]

  /// log2 of how much the extension exceeds Q.
  static func extensionMarginBits(_ parameters: EncryptionParameters) -> Double {
    log2(Double(parameters.plaintextModulus)) + log2(Double(parameters.degree))
      + log2(Double(ProductAccumulator.maximumTerms)) + 3
  }

  /// - Parameter below: the basis of the next lower level.
  init(
    basis: RNSBasis, below: RNSBasis?, special: NTTPlan, auxiliary: [NTTPlan],
    plaintextModulus: Modulus
  ) throws(LatticeError) {
    self.basis = basis
    dropping = below.map { LastPrimeDivision(of: basis, onto: $0) }
    switchingBasis = try RNSBasis(plans: basis.plans + [special])
    switching = GadgetProduct(basis: basis, productBasis: switchingBasis)
    unswitching = LastPrimeDivision(of: switchingBasis, onto: basis)
    let needed =
      basis.log2Product + log2(Double(plaintextModulus.value)) + log2(Double(basis.degree))
      + log2(Double(ProductAccumulator.maximumTerms)) + 2
    var count = 0
    var bits = 0.0
    while bits < needed, count < auxiliary.count {
      bits += log2(Double(auxiliary[count].modulus.value))
      count += 1
    }
    let extensionBasis = try RNSBasis(plans: Array(auxiliary.prefix(count)))
    self.extensionBasis = extensionBasis
    toExtension = BaseConverter(from: basis, to: extensionBasis.moduli)
    fromExtension = BaseConverter(from: extensionBasis, to: basis.moduli)
    // The factors of (t·x − [t·x]_Q) / Q that also make it the digits of the way back.
    let quotientFactors = extensionBasis.moduli.enumerated().map { index, modulus in
      modulus.inverse(
        modulus.multiply(
          basis.product(modulo: modulus), extensionBasis.cofactor(index, modulo: modulus)))
    }
    remainderToExtension = BaseConverter(
      from: basis, to: extensionBasis.moduli, factor: plaintextModulus.value,
      multipliers: zip(extensionBasis.moduli, quotientFactors).map { $0.negate($1) })
    quotientScales = TransformScales(
      extensionBasis,
      factors: zip(extensionBasis.moduli, quotientFactors).map {
        $0.multiply($1, $0.reduce(plaintextModulus.value))
      })
    negativeInversePlaintextModulus = basis.moduli.map {
      $0.negate($0.inverse($0.reduce(plaintextModulus.value)))
    }
    productModuloPlaintext = basis.product(modulo: plaintextModulus)
    toPlaintext = BaseConverter(
      from: basis, to: [plaintextModulus], factor: plaintextModulus.value,
      multipliers: [
        plaintextModulus.negate(plaintextModulus.inverse(productModuloPlaintext))
      ])
    inverseDegree = basis.moduli.map { $0.inverse($0.reduce(UInt64(basis.degree))) }
  }
}
