import Foundation
import Lattice
import Testing

/// The measured size of the largest coefficient, against integers of known size.
@Suite struct MagnitudeTests {
  private static let degree = 16

  private func basis(bits: Int, count: Int) throws -> RNSBasis {
    let primes = try NTTPrimes.largest(count: count, bits: bits, degree: MagnitudeTests.degree)
    return try RNSBasis(
      plans: primes.map { try NTTPlan(degree: MagnitudeTests.degree, modulus: Modulus($0)) })
  }

  /// Sets one coefficient to the integer with the given mixed-radix digits, d0 + d1·q0 + d2·q0·q1 + …,
  /// or to its negative.
  private func set(
    _ position: Int, of polynomial: inout RNSPolynomial<Coefficient>, toDigits digits: [UInt64],
    isNegative: Bool = false
  ) {
    let moduli = polynomial.basis.moduli
    for (limb, modulus) in moduli.enumerated() {
      var residue: UInt64 = 0
      for index in digits.indices.reversed() {
        residue = modulus.add(
          modulus.multiply(residue, modulus.reduce(moduli[index].value)),
          modulus.reduce(digits[index]))
      }
      polynomial[limb: limb, position] = isNegative ? modulus.negate(residue) : residue
    }
  }

  /// log2 of the integer with these digits.
  private func log2(ofDigits digits: [UInt64], _ basis: RNSBasis) -> Double {
    var logarithm = -Double.infinity
    for index in digits.indices.reversed() {
      let terms = [
        logarithm + Foundation.log2(Double(basis.moduli[index].value)),
        Foundation.log2(Double(digits[index])),
      ]
      let (low, high) = (min(terms[0], terms[1]), max(terms[0], terms[1]))
      logarithm = low == -.infinity ? high : high + Foundation.log2(1 + exp2(low - high))
    }
    return logarithm
  }

  @Test func zeroAndSmallIntegersAreExact() throws {
    for (bits, count) in [(30, 1), (30, 3), (45, 18), (60, 40)] {
      let basis = try basis(bits: bits, count: count)
      var polynomial = RNSPolynomial<Coefficient>(basis: basis)
      #expect(polynomial.log2LargestCoefficient() == -.infinity)
      for value: UInt64 in [1, 2, 3, 7, 1000, (1 << 28) - 1] {
        for isNegative in [false, true] {
          set(MagnitudeTests.degree - 1, of: &polynomial, toDigits: [value], isNegative: isNegative)
          let difference = polynomial.log2LargestCoefficient() - Foundation.log2(Double(value))
          #expect(abs(difference) < 1e-5, "\(isNegative ? -1 : 1) · \(value), \(count) primes")
        }
      }
    }
  }

  @Test func integersOfEverySizeAreMeasured() throws {
    for (bits, count) in [(30, 3), (45, 8), (45, 18), (60, 40)] {
      let basis = try basis(bits: bits, count: count)
      for length in 1...count {
        var digits = (0..<length).map { UInt64.random(in: 0..<basis.moduli[$0].value) }
        // Below one half of the modulus, so that the integer is its own centred representative.
        digits[length - 1] = UInt64.random(in: 1..<basis.moduli[length - 1].value / 2)
        for isNegative in [false, true] {
          var polynomial = RNSPolynomial<Coefficient>(basis: basis)
          set(3, of: &polynomial, toDigits: digits, isNegative: isNegative)
          let expected = log2(ofDigits: digits, basis)
          #expect(abs(polynomial.log2LargestCoefficient() - expected) < 1e-4)
        }
      }
    }
  }

  /// A large coefficient among small ones, which vanishes modulo some of the primes: whichever primes
  /// a shortcut would look at, it must not be overlooked.
  @Test func noPrimeHidesALargeCoefficient() throws {
    let basis = try basis(bits: 45, count: 8)
    let inverses = basis.moduli.enumerated().map { index, modulus in
      modulus.inverse(basis.cofactor(index, modulo: modulus))
    }
    for position in [0, 7, MagnitudeTests.degree - 1] {
      for limb in 0..<basis.count {
        var polynomial = RNSPolynomial<Coefficient>(basis: basis)
        for small in 0..<MagnitudeTests.degree {
          set(small, of: &polynomial, toDigits: [UInt64(small)], isNegative: small & 1 == 1)
        }
        // Seven times the product of all primes but this one: zero modulo the others.
        for other in 0..<basis.count { polynomial[limb: other, position] = 0 }
        let modulus = basis.moduli[limb]
        polynomial[limb: limb, position] = modulus.multiply(7, modulus.inverse(inverses[limb]))
        let expected =
          basis.log2Product - Foundation.log2(Double(modulus.value)) + Foundation.log2(7)
        #expect(abs(polynomial.log2LargestCoefficient() - expected) < 1e-4)
        // The same beside a small one, so that it is zero modulo none.
        for other in 0..<basis.count {
          polynomial[limb: other, position] = basis.moduli[other].add(
            polynomial[limb: other, position], 5)
        }
        #expect(abs(polynomial.log2LargestCoefficient() - expected) < 1e-4)
      }
    }
  }

  @Test func aboutHalfTheModulusIsTheLargest() throws {
    let basis = try basis(bits: 45, count: 4)
    var polynomial = RNSPolynomial<Coefficient>(basis: basis)
    // (Q − 1)/2 and (Q + 1)/2 = −(Q − 1)/2: −1/2 and 1/2 modulo each prime.
    for (limb, modulus) in basis.moduli.enumerated() {
      polynomial[limb: limb, 2] = (modulus.value - 1) / 2
    }
    #expect(abs(polynomial.log2LargestCoefficient() - (basis.log2Product - 1)) < 1e-6)
    for (limb, modulus) in basis.moduli.enumerated() {
      polynomial[limb: limb, 2] = (modulus.value + 1) / 2
    }
    #expect(abs(polynomial.log2LargestCoefficient() - (basis.log2Product - 1)) < 1e-6)
  }
}
