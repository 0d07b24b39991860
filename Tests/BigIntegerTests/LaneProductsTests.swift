import BigInteger
import SecureMemory
import Testing

@Suite(.enabled(if: !LaneSample.kernels.isEmpty, "no lanes on this processor"))
struct LaneProductsTests {
  @Test(arguments: [0, 1, 7, 8, 9, 1_000])
  func groupedProductsAgree(_ count: Int) throws {
    var source = SeedExpander(seed: [40], domain: "lane products")
    for bits in [190, 1_000] {
      let sample = try Sample(bitCount: bits, residueCount: count, using: &source)
      let one = [Int](repeating: 0, count: count)
      try sample.check(groups: one, groupCount: 1)
      try sample.check(groups: Array(0..<count), groupCount: max(1, count))
      for groupCount in [2, 3, 10, 300] {
        let groups = (0..<count).map { _ in
          Int(BigInteger.random(bitCount: 40, using: &source).lowLimb) % groupCount
        }
        try sample.check(groups: groups, groupCount: groupCount)
      }
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let kernels = LaneSample.kernels[0]
    let modulus = try #require(LaneModulus(101, kernels: kernels))
    let other = try #require(LaneModulus(103, kernels: kernels))
    let secret = try #require(SecretInteger(101, bitCount: 7))
    let secretModulus = try #require(LaneModulus(secret, kernels: kernels))
    #expect(LaneProducts(modulus: modulus, groupCount: -1) == nil)
    #expect(LaneProducts(modulus: secretModulus, groupCount: 1) == nil)
    var products = try #require(LaneProducts(modulus: modulus, groupCount: 2))
    let refused = [
      products.add([1, 0], to: 0), products.add([], to: 0), products.add([1], to: 2),
      products.add([1], to: -1),
      products.merge(try #require(LaneProducts(modulus: other, groupCount: 2))),
      products.merge(try #require(LaneProducts(modulus: modulus, groupCount: 3))),
    ]
    #expect(!refused.contains(true))
    #expect(products.value(of: 0) == 1)
    #expect(products.value(of: 2) == nil)
    #expect(products.value(of: -1) == nil)
  }

  /// Residues of one modulus and what their products are.
  private struct Sample {
    let modulus: LaneModulus
    let square: BigInteger
    let residues: [BigInteger]

    init(bitCount: Int, residueCount: Int, using source: inout some RandomSource) throws {
      let m =
        (BigInteger(1) << (bitCount - 1))
        + (BigInteger.random(bitCount: bitCount - 2, using: &source) << 1) + 1
      square = m * m
      modulus = try #require(LaneModulus(m, kernels: LaneSample.kernels[0]))
      var residues: [BigInteger] = []
      for index in 0..<residueCount {
        let random = try #require(BigInteger.randomNonzero(below: m * m, using: &source))
        residues.append(index == 5 ? m * m - 1 : random)
      }
      self.residues = residues
    }

    /// In one run, and in two whose products are merged and then go on.
    func check(groups: [Int], groupCount: Int) throws {
      var expected = [BigInteger](repeating: 1, count: groupCount)
      var whole = try #require(LaneProducts(modulus: modulus, groupCount: groupCount))
      var (left, right) = (whole, whole)
      let cuts = (groups.count / 3, groups.count * 4 / 5)
      for (index, (residue, group)) in zip(residues, groups).enumerated() {
        if index == cuts.1 {
          let isTaken = left.merge(right)
          #expect(isTaken)
        }
        let limbs = try #require(residue.limbs(count: modulus.residueLimbCount))
        let isTakenWhole = whole.add(limbs, to: group)
        let isTaken =
          index < cuts.0 || index >= cuts.1
          ? left.add(limbs, to: group) : right.add(limbs, to: group)
        #expect(isTakenWhole && isTaken)
        expected[group] = try #require((expected[group] * residue).reduced(modulo: square))
      }
      for group in 0..<groupCount {
        #expect(whole.value(of: group) == expected[group])
        #expect(left.value(of: group) == expected[group])
      }
    }
  }
}
