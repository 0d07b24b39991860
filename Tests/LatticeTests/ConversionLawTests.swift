import BigInteger
import Foundation
import Lattice
import Testing
import _TestSupport

/// Base conversion, rounding and magnitude against exact integers.
@Suite struct ConversionLawTests {
  private struct Case: CustomStringConvertible {
    let basis: RNSBasis
    let integers: [BigInteger]
    let targets: [Modulus]
    let factor: UInt64

    /// - Parameter bound: how large the integers may be, given the modulus.
    init(
      _ choices: inout Choices, limbs: ClosedRange<Int>,
      bound: (BigInteger) -> BigInteger = { $0 >> 1 }
    ) throws {
      let basis = try RingCase(&choices, operands: 0, limbs: limbs).basis
      let bound = bound(basis.product)
      self.basis = basis
      integers = choices.array(count: basis.degree...basis.degree) { $0.integer(within: bound) }
      targets = try choices.array(count: 1...4) { choices in
        try Modulus(choices.integer(in: 2...(1 << 61) - 1))
      }
      factor = choices.integer(in: 1...UInt64.max)
    }

    var polynomial: RNSPolynomial<Coefficient> { RingCase.polynomial(of: integers, over: basis) }

    var description: String {
      "degree \(basis.degree), primes \(basis.moduli.map(\.value)), "
        + "targets \(targets.map(\.value)), factor \(factor), \(integers)"
    }
  }

  /// Away from ±Q/2, where the neighbour may be taken (see `BaseConverter`), what comes out is the
  /// centred representative itself.
  @Test func conversionTakesTheCentredRepresentative() throws {
    try Property("base conversion is exact away from half the modulus") { choices in
      try Case(&choices, limbs: 1...6) { $0 >> 1 - $0 >> 40 }
    } holds: { made in
      let found = converted(made.polynomial, to: made.targets)
      let expected = made.targets.flatMap { target in
        made.integers.map { $0.residue(modulo: target) }
      }
      try agree(found, expected, "the residues")
    }.check()
  }

  @Test func conversionMultipliesByItsFactor() throws {
    try Property("a conversion's factor multiplies modulo Q") { choices in
      try Case(&choices, limbs: 1...4)
    } holds: { made in
      let modulus = made.basis.product
      let products = made.integers.map {
        ($0 * BigInteger(made.factor)).centred(modulo: modulus)
      }
      // The neighbour is right as well where the fraction is too near to one half.
      let margin = modulus >> 40
      let found = converted(made.polynomial, to: made.targets, factor: made.factor)
      for (index, target) in made.targets.enumerated() {
        for (position, product) in products.enumerated() {
          let other = product.signum < 0 ? product + modulus : product - modulus
          let isNearHalf = (modulus >> 1) - product.magnitude <= margin
          let residue = found[index * made.basis.degree + position]
          try hold(
            residue == product.residue(modulo: target)
              || isNearHalf && residue == other.residue(modulo: target),
            "position \(position) modulo \(target.value): \(residue) for \(product)")
        }
      }
    }.check()
  }

  @Test func divisionByTheLastPrimeRounds() throws {
    try Property("division by the last prime is rounded division") { choices in
      try Case(&choices, limbs: 2...5)
    } holds: { made in
      let prefix = try made.basis.prefix(made.basis.count - 1)
      let last = BigInteger(made.basis.moduli[prefix.count].value)
      // No tie: the prime is odd.
      let quotients = made.integers.map { ($0 - $0.centred(modulo: last)).divided(by: last) }
      let expected = RingCase.polynomial(of: quotients, over: prefix).residues
      let polynomial = made.polynomial
      try agree(
        polynomial.dividedByLastPrime(onto: prefix).residues, expected, "of coefficients")
      try agree(
        polynomial.evaluation().dividedByLastPrime(onto: prefix).coefficients().residues, expected,
        "of values")
    }.check()
  }

  @Test func magnitudeIsThatOfTheLargestCoefficient() throws {
    try Property("the measured magnitude is that of the largest centred coefficient") { choices in
      try Case(&choices, limbs: 1...12)
    } holds: { made in
      let largest = made.integers.map(\.magnitude).max() ?? 0
      let found = made.polynomial.log2LargestCoefficient()
      guard !largest.isZero else { return try agree(found, -.infinity, "of zero") }
      let shift = max(largest.bitCount - 60, 0)
      let expected = log2(Double(UInt64((largest >> shift).lowLimb))) + Double(shift)
      try hold(abs(found - expected) < 1e-4, "\(found), expected \(expected)")
    }.check()
  }

  @Test func fixedTimeReductionIsTheRemainder() throws {
    struct Words: CustomStringConvertible {
      let modulus: Modulus
      let high: UInt64
      let low: UInt64
      var description: String { "\(high) · 2^64 + \(low) modulo \(modulus.value)" }
    }
    try Property("reduction without division is the remainder", runs: 5000) { choices in
      Words(
        modulus: try Modulus(choices.integer(in: 2...(1 << 61) - 1)),
        high: choices.integer(in: 0...UInt64.max), low: choices.integer(in: 0...UInt64.max))
    } holds: { made in
      let number = UInt128(made.high) << 64 | UInt128(made.low)
      try agree(
        made.modulus.reduceFixedTime(high: made.high, low: made.low),
        UInt64(number % UInt128(made.modulus.value)), "the remainder")
    }.check()
  }
}

extension BigInteger {
  /// The representative nearest to zero modulo a positive number.
  fileprivate func centred(modulo modulus: BigInteger) -> BigInteger {
    let remainder = reduced(modulo: modulus) ?? 0
    return remainder > modulus >> 1 ? remainder - modulus : remainder
  }

  /// The quotient by a positive divisor of the number.
  fileprivate func divided(by divisor: BigInteger) -> BigInteger {
    quotientAndRemainder(dividingBy: divisor)?.quotient ?? 0
  }
}
