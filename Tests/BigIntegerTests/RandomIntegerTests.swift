import BigInteger
import SecureMemory
import Testing
import _TestSupport

/// Random integers at fixed seeds: those that nonces, exponents and masks are made of, at small bounds
/// where every number has its frequency and at the widths of keys, bit by bit. What is wrong by little is
/// told by the same statistics.
@Suite struct RandomIntegerTests {
  private func source(_ name: String) -> SeedExpander {
    SeedExpander(seed: [9], domain: "random integers, \(name)")
  }

  private func numbers(
    _ name: String, count: Int = 100_000, _ draw: (inout SeedExpander) -> BigInteger?
  ) throws -> [Int] {
    var source = source(name)
    return try (0..<count).map { _ in
      let number = try #require(draw(&source))
      return Int(try #require(Int64(exactly: number)))
    }
  }

  @Test(arguments: [2, 3, 97, 129, 400]) func numbersBelowABoundAreUniform(bound: Int) throws {
    let wide = BigInteger(bound)
    let any = try numbers("below \(bound)") { BigInteger.random(below: wide, using: &$0) }
    let fit = SampleFit(any, .uniform(0...bound - 1))
    #expect(fit.rejections.isEmpty, "\(fit)")
    let nonzero = try numbers("nonzero below \(bound)") {
      BigInteger.randomNonzero(below: wide, using: &$0)
    }
    #expect(SampleFit(nonzero, .uniform(1...bound - 1)).rejections.isEmpty)
    let secret = try #require(SecretInteger(wide, bitCount: wide.bitCount))
    let hidden = try numbers("secret below \(bound)") {
      SecretInteger.randomNonzero(below: secret, using: &$0).declassified()
    }
    #expect(SampleFit(hidden, .uniform(1...bound - 1)).rejections.isEmpty)
    guard bound > 2 else { return }
    // One number too many or too few, and a remainder in the place of rejection.
    for range in [0...bound, 0...bound - 2, 1...bound - 1] {
      #expect(!SampleFit(any, .uniform(range)).rejections.isEmpty)
    }
    let remainders = try numbers("remainders below \(bound)") { source in
      BigInteger.random(bitCount: wide.bitCount, using: &source).reduced(modulo: wide)
    }
    #expect(!SampleFit(remainders, .uniform(0...bound - 1)).rejections.isEmpty)
  }

  /// The widths of exponents, moduli and masks of a key of 3072 bits, and odd ones.
  @Test(arguments: [61, 1536, 3071]) func everyBitIsFair(width: Int) {
    var source = source("bits, \(width)")
    func row(_ number: BigInteger) -> [Bool] {
      let limbs = number.limbs(count: (width + 63) / 64) ?? []
      return (0..<width).map { limbs[$0 / 64] >> UInt($0 % 64) & 1 == 1 }
    }
    let plain = (0..<1000).map { _ in row(BigInteger.random(bitCount: width, using: &source)) }
    #expect(SampleFit(bits: plain).rejections.isEmpty)
    let secret = (0..<1000).map { _ in
      row(SecretInteger.random(bitCount: width, using: &source).declassified())
    }
    #expect(SampleFit(bits: secret).rejections.isEmpty)
    // A bit less of randomness.
    let shorter = (0..<1000).map { _ in
      row(SecretInteger.random(bitCount: width - 1, using: &source).declassified())
    }
    #expect(!SampleFit(bits: shorter).rejections.isEmpty)
  }

  /// A bound of three quarters of a power of two, as wide as n: the highest bits have their frequencies.
  @Test func wideNumbersAreUniform() throws {
    let bound = BigInteger(3) << 1534
    let high = try numbers("wide", count: 20_000) {
      BigInteger.random(below: bound, using: &$0).map { $0 >> 1530 }
    }
    #expect(SampleFit(high, .uniform(0...47)).rejections.isEmpty)
    let secret = try #require(SecretInteger(bound, bitCount: 1536))
    let hidden = try numbers("secret wide", count: 20_000) {
      SecretInteger.randomNonzero(below: secret, using: &$0).declassified() >> 1530
    }
    #expect(SampleFit(hidden, .uniform(0...47)).rejections.isEmpty)
  }

  /// Candidates are drawn afresh, so that a prime does not come the more often the longer the gap below
  /// it is, as it would with counting up to the next one.
  @Test func primesComeAsOftenAsOneAnother() throws {
    let primes = (192...255).filter { number in
      number % 4 == 3 && (2..<number).allSatisfy { !number.isMultiple(of: $0) }
    }
    let found = try numbers("primes", count: 20_000) {
      BigInteger.randomPrime(bitCount: 8, using: &$0)
    }.map { prime in primes.firstIndex(of: prime) ?? -1 }
    let fit = SampleFit(found, .uniform(0...primes.count - 1))
    #expect(fit.rejections.isEmpty, "\(primes): \(fit)")
  }
}
