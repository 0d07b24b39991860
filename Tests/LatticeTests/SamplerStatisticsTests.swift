import Lattice
import SecureMemory
import Testing
import _TestSupport

/// The samplers at fixed seeds against their distributions; and samplers that are wrong by little, which
/// the same statistics must tell apart.
@Suite struct SamplerStatisticsTests {
  private static let count = 1 << 20
  private static let degree = 8192

  private func source(_ name: String) -> SeedExpander {
    SeedExpander(seed: [7], domain: "sampler statistics, \(name)")
  }

  /// As many coefficients as polynomials of one degree give.
  private func coefficients(
    _ name: String, count: Int = SamplerStatisticsTests.count,
    _ sample: (inout SeedExpander) -> [Int8]
  ) -> [Int] {
    var source = source(name)
    var result: [Int] = []
    result.reserveCapacity(count)
    while result.count < count { result += sample(&source).lazy.map { Int($0) } }
    return result
  }

  // MARK: Ternary

  /// Four times as many, for a bias of one byte in 256 has to show.
  private static let ternaryCount = 1 << 22

  @Test func ternaryCoefficientsAreUniform() {
    let found = coefficients("ternary", count: Self.ternaryCount) {
      Samplers.ternary(degree: Self.degree, using: &$0)
    }
    let fit = SampleFit(found, .uniform(-1...1))
    #expect(fit.rejections.isEmpty, "\(fit)")
  }

  @Test func biasedTernaryCoefficientsAreTold() {
    // The byte 255 is taken as well.
    let found = coefficients("biased ternary", count: Self.ternaryCount) {
      $0.bytes(Self.degree).map { Int8($0 % 3) - 1 }
    }
    #expect(!SampleFit(found, .uniform(-1...1)).rejections.isEmpty)
  }

  // MARK: Centred binomial

  private static let binomial = DiscreteDistribution.centredBinomial(21)

  @Test func errorsAreCentredBinomial() {
    let found = coefficients("centred binomial") {
      Samplers.centredBinomial(degree: Self.degree, using: &$0)
    }
    let fit = SampleFit(found, Self.binomial)
    #expect(fit.rejections.isEmpty, "\(fit)")
    // About 3.24: what the parameters' security assumes.
    #expect(abs(Self.binomial.variance.squareRoot() - 3.2404) < 1e-4)
  }

  /// Differences of coins: so many on each side, of which some stand on both sides.
  private func differences(heads: Int, shared: Int = 0) -> [Int] {
    coefficients("coins, \(heads), \(shared)") { source in
      (0..<Self.degree).map { _ in
        let word = source.nextUInt64()
        let mask = UInt64(1) << UInt64(heads) - 1
        return Int8((word & mask).nonzeroBitCount)
          - Int8((word >> UInt64(heads - shared) & mask).nonzeroBitCount)
      }
    }
  }

  @Test func otherErrorsAreTold() {
    // The same statistics accept the right number of coins from this source.
    #expect(SampleFit(differences(heads: 21), Self.binomial).rejections.isEmpty)
    for heads in [20, 22] {
      #expect(!SampleFit(differences(heads: heads), Self.binomial).rejections.isEmpty, "\(heads)")
    }
    #expect(!SampleFit(differences(heads: 21, shared: 1), Self.binomial).rejections.isEmpty)
    // The same mean and variance, and nearly the same shape: a rounded Gaussian.
    let gaussian = DiscreteDistribution.gaussian(variance: 10.5)
    var generator = SeededGenerator(seed: 4)
    let rounded = (0..<Self.count).map { _ in gaussian.number(&generator) }
    #expect(SampleFit(rounded, gaussian).rejections.isEmpty)
    #expect(!SampleFit(rounded, Self.binomial).rejections.isEmpty)
  }

  // MARK: Uniform

  private func residues(_ basis: RNSBasis, _ name: String) -> [[UInt64]] {
    var source = source(name)
    var limbs = basis.moduli.map { _ in [UInt64]() }
    while limbs[0].count < Self.count {
      let polynomial = Samplers.uniform(basis: basis, form: Evaluation.self, using: &source)
      for limb in limbs.indices {
        limbs[limb] += (0..<basis.degree).map { polynomial[limb: limb, $0] }
      }
    }
    return limbs
  }

  private func basis(_ primes: [UInt64], degree: Int) throws -> RNSBasis {
    try RNSBasis(plans: primes.map { try NTTPlan(degree: degree, modulus: Modulus($0)) })
  }

  @Test func residuesAreUniform() throws {
    // Primes just above and just below powers of two, and the widest.
    let degree = 1024
    let primes = try [
      NTTPrimes.smallest(above: 1 << 20, degree: degree),
      NTTPrimes.largest(count: 1, bits: 45, degree: degree)[0],
      NTTPrimes.smallest(above: (1 << 60) - (1 << 40), degree: degree),
    ]
    let limbs = residues(try basis(primes, degree: degree), "uniform")
    for (limb, prime) in zip(limbs, primes) {
      let fit = SampleFit(uniform: limb, below: prime)
      #expect(fit.rejections.isEmpty, "\(prime): \(fit.rejections)")
    }
    // The limbs of a polynomial have nothing to do with one another.
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      let parities = zip(limbs[a], limbs[b]).map { Int(($0 ^ $1) & 1) }
      #expect(SampleFit(parities, .uniform(0...1)).rejections.isEmpty)
    }
  }

  /// With small primes every residue has its own frequency.
  @Test(arguments: [17, 97, 193, 257] as [UInt64]) func everyResidueComesAsOften(prime: UInt64)
    throws
  {
    let found = residues(try basis([prime], degree: 8), "uniform, \(prime)")[0]
    let fit = SampleFit(found.map { Int($0) }, .uniform(0...Int(prime) - 1))
    #expect(fit.rejections.isEmpty, "\(fit)")
  }

  @Test func biasedResiduesAreTold() throws {
    var source = source("biased uniform")
    // About three quarters of a power of two, where remainders are the most uneven.
    for prime: UInt64 in [97, 12289, try NTTPrimes.smallest(above: 3 << 43, degree: 1024)] {
      let mask = UInt64.max >> UInt64((prime - 1).leadingZeroBitCount)
      let words = (0..<Self.count).map { _ in source.nextUInt64() & mask }
      // A remainder in the place of rejection.
      let remainders = words.map { $0 % prime }
      #expect(!SampleFit(uniform: remainders, below: prime).rejections.isEmpty, "\(prime)")
      // Rejection that lets the modulus itself pass.
      let passing = words.filter { $0 <= prime }
      let nearby = prime < 1 << 20 ? passing : passing + [prime]
      #expect(!SampleFit(uniform: nearby, below: prime).rejections.isEmpty, "\(prime)")
    }
  }

  // MARK: Seeds

  /// The keystream that all of this is made from, and the sources' own uniform numbers.
  @Test func expandedBytesAreUniform() {
    var expander = source("bytes")
    let fit = SampleFit(expander.bytes(Self.count).map { Int($0) }, .uniform(0...255))
    #expect(fit.rejections.isEmpty, "\(fit)")
    for bound: UInt64 in [3, 1000, (1 << 63) + 1] {
      let words = (0..<Self.count / 4).map { _ in expander.uniform(below: bound) }
      let fit = SampleFit(uniform: words, below: bound)
      #expect(fit.rejections.isEmpty, "\(bound): \(fit.rejections)")
    }
  }
}

extension DiscreteDistribution {
  /// A number of the distribution, by inversion.
  fileprivate func number(_ generator: inout SeededGenerator) -> Int {
    var rest = Double(generator.next() >> 11) / 0x1p53
    for (number, chance) in zip(range, chances) {
      rest -= chance
      if rest < 0 { return number }
    }
    return range.upperBound
  }
}
