import BFV
import Lattice
import SecureMemory
import Testing
import _TestSupport

/// The noise that floods what an answer sends, at fixed seeds: uniform in [−2^bits, 2^bits).
@Suite struct FloodingTests {
  /// A ring whose modulus is far above what is sampled, of three primes.
  private func basis() throws -> RNSBasis {
    try RNSBasis(
      plans: NTTPrimes.largest(count: 3, bits: 40, degree: 8).map {
        try NTTPlan(degree: 8, modulus: Modulus($0))
      })
  }

  /// What was added to zero, by the Chinese remainder theorem.
  private func noise(bits: Int, count: Int) throws -> [Int128] {
    let basis = try basis()
    let moduli = basis.moduli.map { Int128($0.value) }
    let product = moduli.reduce(1, *)
    let weights = basis.moduli.indices.map { index in
      let modulus = basis.moduli[index]
      let cofactor = modulus.inverse(basis.cofactor(index, modulo: modulus))
      return (cofactor: product / moduli[index], inverse: Int128(cofactor))
    }
    var source = SeedExpander(seed: [3], domain: "flooding, \(bits)")
    return (0..<count).map { _ in
      var polynomial = RNSPolynomial<Coefficient>(basis: basis)
      polynomial.flood(coefficient: 5, bits: bits, using: &source)
      let sum = weights.indices.reduce(Int128(0)) { sum, limb in
        let digit =
          Int128(polynomial[limb: limb, 5]) * weights[limb].inverse % moduli[limb]
        return (sum + digit * weights[limb].cofactor) % product
      }
      return sum > product / 2 ? sum - product : sum
    }
  }

  @Test(arguments: [0, 1, 3, 6, 8]) func everyValueComesAsOften(bits: Int) throws {
    let found = try noise(bits: bits, count: 200_000).map { Int($0) }
    let bound = 1 << bits
    let fit = SampleFit(found, .uniform(-bound...bound - 1))
    #expect(fit.rejections.isEmpty, "\(fit)")
    // Ranges that are off by one, on either side or on both.
    for range in [-bound...bound, -bound + 1...bound, -bound + 1...bound - 1] {
      #expect(!SampleFit(found, .uniform(range)).rejections.isEmpty, "\(range)")
    }
    // Sign and magnitude apart, which gives zero twice.
    let doubled = found.map { $0 == -bound ? 0 : $0 }
    #expect(!SampleFit(doubled, .uniform(-bound...bound - 1)).rejections.isEmpty)
  }

  /// As wide as answers have it, in one word, at a word's border and in two.
  @Test(arguments: [40, 62, 63, 64, 100]) func everyBitIsFair(bits: Int) throws {
    let found = try noise(bits: bits, count: 4000)
    let bound = Int128(1) << Int128(bits)
    #expect(found.allSatisfy { (-bound..<bound).contains($0) })
    func rows(_ width: Int) -> [[Bool]] {
      found.map { value in (0..<width).map { (value + bound) >> Int128($0) & 1 == 1 } }
    }
    #expect(SampleFit(bits: rows(bits + 1)).rejections.isEmpty)
    #expect(!SampleFit(bits: rows(bits + 2)).rejections.isEmpty)
    // Positive and negative alike, beyond half the bound as often as below.
    let quarters = found.map { Int(($0 + bound) * 2 / bound) }
    #expect(SampleFit(quarters, .uniform(0...3)).rejections.isEmpty)
    // A bound of half the size.
    let halves = found.map { Int(($0 / 2 + bound) * 2 / bound) }
    #expect(!SampleFit(halves, .uniform(0...3)).rejections.isEmpty)
  }
}
