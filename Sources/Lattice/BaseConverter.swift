import CLatticeKernels

/// Takes an element of Z_Q, as its centred representative, to residues modulo other numbers
/// (Halevi, Polyakov, Shoup, "An improved RNS variant of the BFV scheme", 2018, section 2.2).
///
/// It works on the digits y_i = [x·factor·(Q / q_i)^-1]_q_i, where a factor comes free: the inverse
/// transform multiplies by a constant anyway. What comes out for target p is
/// (Σ y_i·(Q / q_i) − v·Q)·multiplier modulo p, v the nearest integer to Σ y_i / q_i: the centred
/// representative times the multiplier. The fractions have 51 bits, so within (count of primes) · 2^-49
/// of ±Q/2 the representative may be the neighbour, Q away.
package struct BaseConverter: Sendable {
  let source: RNSBasis
  let target: [Modulus]
  private let sourceModuli: [clk_modulus]
  private let targetModuli: [clk_modulus]
  /// factor·(Q / q_i)^-1 modulo q_i.
  private let digitFactors: [UInt64]
  /// The same times N^-1, for an inverse transform.
  private let digitScales: TransformScales
  /// For each target its weights (Q / q_i)·multiplier.
  private let weights: [UInt64]
  /// For each target Q·multiplier.
  private let products: [UInt64]

  /// - Parameters:
  ///   - factor: what the element is multiplied by modulo Q.
  ///   - multipliers: for each target a residue; ones if left out.
  package init(
    from source: RNSBasis, to target: [Modulus], factor: UInt64 = 1, multipliers: [UInt64]? = nil
  ) {
    self.source = source
    self.target = target
    sourceModuli = source.moduli.map(\.kernelModulus)
    targetModuli = target.map(\.kernelModulus)
    digitFactors = source.moduli.indices.map { index in
      let modulus = source.moduli[index]
      return modulus.multiply(
        modulus.inverse(source.cofactor(index, modulo: modulus)), modulus.reduce(factor))
    }
    digitScales = TransformScales(source, factors: digitFactors)
    let multipliers = multipliers ?? target.map { 1 % $0.value }
    weights = zip(target, multipliers).flatMap { modulus, multiplier in
      source.moduli.indices.map {
        modulus.multiply(source.cofactor($0, modulo: modulus), multiplier)
      }
    }
    products = zip(target, multipliers).map { modulus, multiplier in
      modulus.multiply(source.product(modulo: modulus), multiplier)
    }
  }

  /// Writes the digits of a polynomial into another.
  package func writeDigits(
    of polynomial: RNSPolynomial<Evaluation>, into digits: inout RNSPolynomial<Coefficient>
  ) {
    polynomial.writeCoefficients(times: digitScales, into: &digits)
  }

  /// Turns a polynomial into its digits, so that a secret one leaves no copy.
  package func makeDigits(_ polynomial: inout RNSPolynomial<Coefficient>) {
    precondition(polynomial.basis.moduli == source.moduli)
    polynomial.multiply(byConstants: digitFactors)
  }

  /// Converts digits onto a basis whose moduli are the targets; adds what `result` holds where it
  /// `accumulates`.
  package func convert(
    digits: RNSPolynomial<Coefficient>, into result: inout RNSPolynomial<Coefficient>,
    accumulates: Bool = false
  ) {
    precondition(result.basis.moduli == target)
    result.makeUnique()
    withUnsafeTemporaryAllocation(
      of: UnsafeMutablePointer<UInt64>?.self, capacity: target.count
    ) { out in
      for index in target.indices {
        out.initializeElement(at: index, to: result.limbToWrite(index))
      }
      convert(digits: digits, into: out, accumulates: accumulates)
    }
  }

  /// Converts digits onto a single target, N residues.
  package func convert(
    digits: RNSPolynomial<Coefficient>, into result: inout MutableSpan<UInt64>
  ) {
    precondition(target.count == 1 && result.count == source.degree)
    result.withUnsafeMutableBufferPointer { result in
      withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<UInt64>?.self, capacity: 1) { out in
        out.initializeElement(at: 0, to: result.baseAddress)
        convert(digits: digits, into: out, accumulates: false)
      }
    }
  }

  private func convert(
    digits: RNSPolynomial<Coefficient>,
    into out: UnsafeMutableBufferPointer<UnsafeMutablePointer<UInt64>?>, accumulates: Bool
  ) {
    precondition(digits.basis.moduli == source.moduli)
    withUnsafeTemporaryAllocation(
      of: UnsafePointer<UInt64>?.self, capacity: source.count + target.count
    ) { pointers in
      for index in 0..<source.count {
        pointers.initializeElement(at: index, to: digits.limb(index))
      }
      for index in target.indices {
        pointers.initializeElement(at: source.count + index, to: UnsafePointer(out[index]))
      }
      guard let base = pointers.baseAddress else { return }
      withConversion { conversion in
        Kernels.active.pointee.convert(
          out.baseAddress, accumulates ? base + source.count : nil, base, conversion,
          source.degree)
      }
    }
  }

  private func withConversion(_ body: (UnsafePointer<clk_conversion>) -> Void) {
    sourceModuli.withUnsafeBufferPointer { sourceModuli in
      targetModuli.withUnsafeBufferPointer { targetModuli in
        weights.withUnsafeBufferPointer { weights in
          products.withUnsafeBufferPointer { products in
            let conversion = clk_conversion(
              limbs: source.count, sources: sourceModuli.baseAddress, targets: target.count,
              moduli: targetModuli.baseAddress, weights: weights.baseAddress,
              products: products.baseAddress)
            withUnsafePointer(to: conversion, body)
          }
        }
      }
    }
  }

  /// x / Q of one centred coefficient x in units of 2^-64, from its digits: low by less than two units
  /// for each prime. Without a branch.
  package func centredFraction(
    ofDigits digits: borrowing RNSPolynomial<Coefficient>, at position: Int
  ) -> Int64 {
    var sum: UInt64 = 0
    for (index, modulus) in source.moduli.enumerated() {
      let digit = digits[limb: index, position]
      let ratio = modulus.kernelModulus
      sum &+= digit &* ratio.ratio_high
      sum &+= digit.multipliedFullWidth(by: ratio.ratio_low).high
    }
    return Int64(bitPattern: sum)
  }
}
