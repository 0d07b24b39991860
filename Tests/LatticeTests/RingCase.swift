import BigInteger
import Lattice
import _TestSupport

/// A ring and residues of some of its elements, limb after limb.
struct RingCase: CustomStringConvertible {
  let basis: RNSBasis
  let operands: [[UInt64]]

  /// - Parameters:
  ///   - count: of the operands.
  ///   - limbs: how many primes the modulus may have.
  ///   - bits: how wide a prime may be.
  init(
    _ choices: inout Choices, operands count: Int, limbs: ClosedRange<Int> = 1...3,
    bits: ClosedRange<UInt64> = 20...60
  ) throws {
    let degree = choices.element(of: [8, 16, 32, 64])
    let primes = try choices.array(count: limbs) { try $0.prime(degree: degree, bits: bits) }
    try assume(Set(primes).count == primes.count)
    let basis = try RNSBasis(
      plans: primes.map { try NTTPlan(degree: degree, modulus: Modulus($0)) })
    self.basis = basis
    operands = (0..<count).map { _ in choices.residues(of: basis) }
  }

  /// An operand by its coefficients.
  func coefficients(_ index: Int) -> RNSPolynomial<Coefficient> {
    RNSPolynomial(basis: basis, reducedResidues: operands[index])
  }

  /// An operand by its values.
  func values(_ index: Int) -> RNSPolynomial<Evaluation> { coefficients(index).evaluation() }

  /// One limb after the other of a result, from the same limb of the operands.
  func residues(_ body: (Modulus, [[UInt64]]) -> [UInt64]) -> [UInt64] {
    let degree = basis.degree
    return basis.moduli.enumerated().flatMap { limb, modulus in
      body(modulus, operands.map { Array($0[limb * degree..<(limb + 1) * degree]) })
    }
  }

  /// An element whose coefficients are integers.
  static func polynomial(
    of integers: [BigInteger], over basis: RNSBasis
  ) -> RNSPolynomial<Coefficient> {
    RNSPolynomial(
      basis: basis,
      reducedResidues: basis.moduli.flatMap { modulus in
        integers.map { $0.residue(modulo: modulus) }
      })
  }

  var description: String {
    let limbs = basis.moduli.map { "\($0.value)" }.joined(separator: " · ")
    return "degree \(basis.degree), modulus \(limbs), \(operands)"
  }
}

extension Choices {
  /// A prime near a number of so many bits.
  mutating func prime(degree: Int, bits: ClosedRange<UInt64>) throws -> UInt64 {
    let width: UInt64 = integer(in: bits)
    // Below 2^60, above which no smallest prime is looked for.
    let bound: UInt64 = integer(in: 1 << (width - 1)...(1 << width) - 2)
    return try NTTPrimes.smallest(above: bound, degree: degree)
  }

  mutating func residues(of basis: RNSBasis) -> [UInt64] {
    basis.moduli.flatMap { modulus in
      array(count: basis.degree...basis.degree) { $0.residue(below: modulus.value) }
    }
  }

  /// Of any size up to a bound, of either sign.
  mutating func integer(within bound: BigInteger) -> BigInteger {
    let isNegative = bool()
    let words = array(count: 0...(bound.bitCount + 63) / 64) { $0.integer(in: 0...UInt.max) }
    let number = BigInteger(limbs: words)
    let fitting = number <= bound ? number : number.reduced(modulo: bound + 1) ?? bound
    return isNegative ? -fitting : fitting
  }
}

extension BigInteger {
  func residue(modulo modulus: Modulus) -> UInt64 {
    reduced(modulo: BigInteger(modulus.value)).map { UInt64($0.lowLimb) } ?? 0
  }
}

extension RNSBasis {
  /// The ring's modulus.
  var product: BigInteger { moduli.reduce(1) { $0 * BigInteger($1.value) } }
}
