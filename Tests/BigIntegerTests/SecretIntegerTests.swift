import BigInteger
import SecureMemory
import Testing

/// Every operation against the `mpz` layer, at widths that fill their limbs and that do not.
@Suite struct SecretIntegerTests {
  static let widths = [64, 65, 128, 190, 261, 512]

  @Test(arguments: widths) func arithmeticAgrees(_ width: Int) throws {
    var source = SeedExpander(seed: [3], domain: "secret")
    for round in 0..<20 {
      let a = edge(round, width: width, &source)
      let b = edge(round / 4, width: width, &source)
      let modulus =
        (BigInteger(1) << (width - 1))
        + BigInteger.random(
          bitCount: width - 1, using: &source)
      let odd = modulus.isOdd ? modulus : modulus + 1
      let secretA = try #require(SecretInteger(a, bitCount: width))
      let secretB = try #require(SecretInteger(b, bitCount: width))
      let divisor = try #require(SecretInteger(odd, bitCount: width))

      #expect(secretA.multiplied(by: secretB).declassified() == a * b)
      #expect(secretA.adding(secretB).declassified() == a + b)
      let (difference, borrowed) = secretA.subtracting(secretB)
      #expect(borrowed.isTrue == (a < b))
      if a >= b { #expect(difference.declassified() == a - b) }
      #expect(secretA.isLess(than: secretB).isTrue == (a < b))
      #expect(secretA.isEqual(to: secretB).isTrue == (a == b))
      #expect(secretA.isZero.isTrue == a.isZero)
      #expect(secretA.halved.declassified() == a >> 1)

      let product = secretA.multiplied(by: secretB)
      let parts = product.quotientAndRemainder(dividingBy: divisor)
      let expected = try #require((a * b).quotientAndRemainder(dividingBy: odd))
      #expect(parts.quotient.declassified() == expected.quotient)
      #expect(parts.remainder.declassified() == expected.remainder)
      #expect(product.remainder(dividingBy: divisor).declassified() == expected.remainder)

      let power = secretA.power(secretB, publicModulus: divisor)
      #expect(power.declassified() == a.power(variableTime: b, modulo: odd))

      let reduced = secretA.remainder(dividingBy: divisor)
      let (inverse, exists) = reduced.inverse(modulo: divisor)
      let expectedInverse = a.inverse(modulo: odd)
      #expect(exists.isTrue == (expectedInverse != nil))
      if let expectedInverse { #expect(inverse.declassified() == expectedInverse) }

      let condition = secretA.isLess(than: secretB)
      #expect(
        secretA.selected(if: condition, otherwise: secretB).declassified() == min(a, b))
    }
  }

  /// Quotients whose estimates are too large, or equal to the largest limb.
  @Test(arguments: [1, 2, 64, 65, 128, 129, 191, 256])
  func divisionCorrectsItsEstimates(_ width: Int) throws {
    var source = SeedExpander(seed: [8], domain: "division")
    let top = BigInteger(1) << (width - 1)
    let ones = (top << 1) - 1
    let random = top + BigInteger.random(bitCount: width - 1, using: &source)
    // Without its highest bit a divisor still has a limb as high.
    let half = width % 64 == 1 ? top : top >> 1
    let divisors = [
      top, top + 1, ones, ones - 1, top + (top >> 64), random, half, half + 1, top - 1, random >> 1,
    ]
    for divisor in divisors where (half...ones) ~= divisor {
      let secretDivisor = try #require(SecretInteger(divisor, bitCount: width))
      for quotientWidth in [1, 63, 64, 65, 128, 200] {
        let full = (BigInteger(1) << quotientWidth) - 1
        for quotient in [0, 1, full, full - 1, (full >> 1) + 1, full - (full >> 64)] {
          for remainder in [0, divisor - 1, divisor >> 1] {
            let dividend = quotient * divisor + remainder
            let secret = try #require(
              SecretInteger(dividend, bitCount: width + quotientWidth + 1))
            let parts = secret.quotientAndRemainder(dividingBy: secretDivisor)
            #expect(parts.quotient.declassified() == quotient)
            #expect(parts.remainder.declassified() == remainder)
          }
        }
      }
    }
  }

  @Test func numbersTooWideAreRefused() throws {
    let number = (BigInteger(1) << 130) + 5
    #expect(SecretInteger(number, bitCount: 131)?.declassified() == number)
    #expect(SecretInteger(number, bitCount: 130) == nil)
    #expect(SecretInteger(number, bitCount: 64) == nil)
    #expect(SecretInteger(-number, bitCount: 131) == nil)
    #expect(SecretInteger(magnitudeOf: -number, bitCount: 131)?.declassified() == number)
    #expect(SecretInteger(magnitudeOf: -number, bitCount: 130) == nil)
    #expect(SecretInteger(BigInteger(0), bitCount: 1)?.isZero.isTrue == true)
    #expect(SecretCondition(isNegative: -number).isTrue)
    for value in [0, number] { #expect(!SecretCondition(isNegative: value).isTrue) }
  }

  @Test func bitsAreSeenAtEveryPlace() throws {
    let number = try #require(SecretInteger(BigInteger(1) << 130, bitCount: 200))
    #expect(number.bit(130).isTrue)
    #expect(!number.bit(129).isTrue)
    #expect(!number.bit(5000).isTrue)
    #expect(!number.bit(-1).isTrue)
    for first in [0, 1, 64, 128, 130] { #expect(!number.hasNoBits(from: first).isTrue) }
    for first in [131, 192, 200, 500] { #expect(number.hasNoBits(from: first).isTrue) }
    #expect(number.resized(bitCount: 400).declassified() == BigInteger(1) << 130)
    #expect(number.flippingBitInsecureForTesting(130).isZero.isTrue)
  }

  @Test func bytesGoBothWays() throws {
    let value = try #require(BigInteger(hexadecimal: "1f00112233445566778899aabbccddeeff01"))
    let secret = try #require(SecretInteger(value, bitCount: 141))
    var bytes = [UInt8](repeating: 0xAA, count: 18)
    bytes.withUnsafeMutableBytes { secret.write(bigEndianTo: $0) }
    #expect(bytes == value.bigEndianBytes(count: 18))
    let read = bytes.withUnsafeBytes { SecretInteger(bigEndianBytes: $0, bitCount: 141) }
    #expect(read?.declassified() == value)
    bytes.withUnsafeBytes {
      #expect(SecretInteger(bigEndianBytes: $0, bitCount: 140) == nil)
      #expect(SecretInteger(bigEndianBytes: $0, bitCount: 200) == nil)
    }
  }

  @Test func whatDoesNotFitIsRefused() {
    #expect(SecretInteger(-1, bitCount: 64) == nil)
    #expect(SecretInteger(BigInteger(1) << 64, bitCount: 64) == nil)
    #expect(SecretInteger(BigInteger(1) << 63, bitCount: 64) != nil)
  }

  @Test func randomNumbersKeepTheirBounds() throws {
    var source = SeedExpander(seed: [4], domain: "secret")
    let bound = try #require(SecretInteger(5, bitCount: 3))
    var seen: Set<BigInteger> = []
    for _ in 0..<200 {
      seen.insert(SecretInteger.randomNonzero(below: bound, using: &source).declassified())
      let wide = SecretInteger.random(bitCount: 70, using: &source)
      #expect(wide.declassified().bitCount <= 70)
    }
    #expect(seen == [1, 2, 3, 4])
  }

  /// 0, 1, all ones, then random numbers.
  private func edge(
    _ round: Int, width: Int, _ source: inout SeedExpander
  ) -> BigInteger {
    switch round {
    case 0: 0
    case 1: 1
    case 2: (BigInteger(1) << width) - 1
    default: BigInteger.random(bitCount: width, using: &source)
    }
  }
}
