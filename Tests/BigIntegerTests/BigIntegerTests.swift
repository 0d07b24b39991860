import BigInteger
import SecureMemory
import Testing

@Suite struct BigIntegerTests {
  @Test func textGoesBothWays() throws {
    let text = "123456789012345678901234567890123456789012345678901234567890"
    let number = try #require(BigInteger(decimal: text))
    #expect(number.decimal == text)
    #expect(BigInteger(hexadecimal: number.hexadecimal) == number)
    #expect(BigInteger(decimal: "-" + text) == -number)
    #expect(BigInteger(hexadecimal: "-fF") == -255)
    #expect(BigInteger().decimal == "0")
    for bad in ["", "-", " 1", "1 ", "+1", "0x1", "1_0", "é", "１"] {
      #expect(BigInteger(decimal: bad) == nil, "\(bad)")
      #expect(BigInteger(hexadecimal: bad) == nil, "\(bad)")
    }
  }

  @Test(arguments: [Int64.min, Int64.min + 1, -1, 0, 1, Int64.max])
  func machineIntegersGoBothWays(_ value: Int64) {
    let number = BigInteger(value)
    #expect(number.decimal == "\(value)")
    #expect(Int64(exactly: number) == value)
    #expect(number.signum == Int(value.signum()))
  }

  @Test func machineIntegersRefuseWhatDoesNotFit() {
    #expect(Int64(exactly: BigInteger(UInt64.max)) == nil)
    #expect(Int64(exactly: BigInteger(Int64.max) + 1) == nil)
    #expect(Int64(exactly: BigInteger(Int64.min) - 1) == nil)
    #expect(Int64(exactly: BigInteger(1) << 64) == nil)
    #expect(BigInteger(UInt64.max).decimal == "18446744073709551615")
  }

  @Test func bytesAreFixedInWidth() {
    let number = BigInteger(0x0102_03)
    #expect(number.bigEndianBytes(count: 5) == [0, 0, 1, 2, 3])
    #expect(number.bigEndianBytes(count: 3) == [1, 2, 3])
    #expect(number.bigEndianBytes(count: 2) == nil)
    #expect(BigInteger(-1).bigEndianBytes(count: 2) == nil)
    #expect(BigInteger().bigEndianBytes(count: 0) == [])
    #expect(BigInteger().bigEndianBytes(count: 2) == [0, 0])
    #expect(BigInteger(bigEndianBytes: [0, 0, 1, 2, 3]) == number)
    #expect(BigInteger(bigEndianBytes: [UInt8]()).isZero)
    #expect(number.limbs(count: 2) == [0x0102_03, 0])
    #expect((BigInteger(1) << 64).limbs(count: 1) == nil)
  }

  @Test func copiesAreIndependent() {
    var a = BigInteger(40)
    let b = a
    a += 2
    #expect(a == 42)
    #expect(b == 40)
    a += a
    #expect(a == 84)
    a -= a
    #expect(a.isZero)
    a *= b
    #expect(a.isZero)
  }

  @Test func arithmeticObeysItsLaws() throws {
    var source = SeedExpander(seed: [1], domain: "arithmetic")
    for bits in [1, 63, 64, 65, 200, 1000] {
      let a = BigInteger.random(bitCount: bits, using: &source)
      let b = -BigInteger.random(bitCount: 3 * bits, using: &source)
      let c = BigInteger.random(bitCount: bits, using: &source) + 1
      #expect((a + b) * c == a * c + b * c)
      #expect(a - b == -(b - a))
      let (quotient, remainder) = try #require(b.quotientAndRemainder(dividingBy: c))
      #expect(quotient * c + remainder == b)
      #expect(remainder >= 0 && remainder < c)
      #expect(b.reduced(modulo: c) == remainder)
      #expect((b << 77) >> 77 == b)
      #expect(a.lowBits(bits / 2) + ((a >> (bits / 2)) << (bits / 2)) == a)
      #expect(a << -3 == a >> 3)
    }
    #expect(BigInteger(-1) >> 5 == -1)
    #expect(BigInteger(5).reduced(modulo: 0) == nil)
    #expect(BigInteger(5).quotientAndRemainder(dividingBy: -2) == nil)
  }

  @Test func numberTheoryAgreesWithKnownValues() throws {
    #expect(BigInteger(84).greatestCommonDivisor(with: -30) == 6)
    #expect(BigInteger(3).inverse(modulo: 11) == 4)
    #expect(BigInteger(-8).inverse(modulo: 11) == 4)
    #expect(BigInteger(6).inverse(modulo: 9) == nil)
    #expect(BigInteger(6).inverse(modulo: 0) == nil)
    #expect(BigInteger(3).power(variableTime: 200, modulo: 1009) == 985)
    #expect(BigInteger(3).power(variableTime: -1, modulo: 7) == nil)
    #expect(BigInteger(3).power(variableTime: 2, modulo: 0) == nil)
    let mersenne = (BigInteger(1) << 521) - 1
    #expect(mersenne.isProbablePrime)
    #expect(!(mersenne - 2).isProbablePrime)
    // A Carmichael number, and a strong pseudoprime to the bases 2, 3, 5 and 7.
    #expect(!BigInteger(561).isProbablePrime)
    #expect(!BigInteger(3_215_031_751).isProbablePrime)
    #expect(!BigInteger(1).isProbablePrime)
  }

  @Test func powersAndRootsAgreeWithKnownValues() throws {
    #expect(BigInteger(-3).raised(to: 5) == -243)
    #expect(BigInteger(10).raised(to: 40).decimal == "1" + String(repeating: "0", count: 40))
    #expect(BigInteger(7).raised(to: 0) == 1)
    #expect(BigInteger(7).raised(to: -2) == 1)
    #expect(BigInteger(-12).magnitude == 12)
    #expect(BigInteger(12).magnitude == 12)
    for (number, root) in [(0, 0), (1, 1), (15, 3), (16, 4), (17, 4)] {
      #expect(BigInteger(number).squareRoot == BigInteger(root))
    }
    #expect(BigInteger(-1).squareRoot == nil)
    let large = BigInteger(10).raised(to: 50) + 1
    #expect((large * large).squareRoot == large)
    #expect((large * large - 1).squareRoot == large - 1)
  }

  @Test func randomNumbersKeepTheirBounds() throws {
    var source = SeedExpander(seed: [2], domain: "random")
    var seen: Set<BigInteger> = []
    for _ in 0..<200 {
      let number = try #require(BigInteger.randomNonzero(below: 6, using: &source))
      #expect(number >= 1 && number < 6)
      seen.insert(number)
      let short = BigInteger.random(bitCount: 13, using: &source)
      #expect(short.bitCount <= 13)
    }
    #expect(seen.count == 5)
    let impossible = BigInteger.randomNonzero(below: 1, using: &source)
    #expect(impossible == nil)
    let empty = BigInteger.random(bitCount: 0, using: &source)
    #expect(empty.isZero)
    let prime = try #require(BigInteger.randomPrime(bitCount: 130, using: &source))
    #expect(prime.isProbablePrime && prime.bitCount == 130)
    #expect(prime.lowBits(2) == 3)
    #expect(prime >> 128 == 3)
    let tooShort = BigInteger.randomPrime(bitCount: 7, using: &source)
    #expect(tooShort == nil)
  }
}
