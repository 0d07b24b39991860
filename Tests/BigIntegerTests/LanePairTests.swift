import BigInteger
import SecureMemory
import Testing

@Suite(.enabled(if: !LaneSample.kernels.isEmpty, "no lanes on this processor"))
struct LanePairTests {
  @Test(arguments: LaneSample.digitCounts)
  func productsAndSquaresAgreeWithDivision(_ digitCount: Int) throws {
    var source = SeedExpander(seed: [20], domain: "lanes")
    for m in LaneSample.roots(digitCount: digitCount, using: &source) {
      let square = m * m
      let modulus = try #require(LaneModulus(m, kernels: LaneSample.kernels[0]))
      for round in 0..<4 {
        let a = LaneSample.residues(m, first: round * 3, using: &source)
        let b = LaneSample.residues(m, first: round * 5, using: &source)
        let (x, y) = (try pair(a, modulus), try pair(b, modulus))
        #expect(x.residues().map { $0.declassified() } == a)
        let product = try #require(x.multiplied(by: y))
        #expect(
          product.residues().map { $0.declassified() }
            == zip(a, b).map { ($0 * $1).reduced(modulo: square) })
        #expect(
          x.squared().residues().map { $0.declassified() }
            == a.map { ($0 * $0).reduced(modulo: square) })
      }
    }
  }

  @Test(arguments: LaneSample.digitCounts)
  func powersAgree(_ digitCount: Int) throws {
    var source = SeedExpander(seed: [21], domain: "lanes")
    for m in LaneSample.roots(digitCount: digitCount, using: &source) {
      let modulus = try #require(LaneModulus(m, kernels: LaneSample.kernels[0]))
      let bases = LaneSample.residues(m, first: 0, using: &source)
      let x = try pair(bases, modulus)
      for width in [1, 4, 5, 6, 63, 64, 65, 131] {
        let full = (BigInteger(1) << width) - 1
        var exponents = [0, 1, full, BigInteger(1) << (width - 1)]
        while exponents.count < 8 {
          exponents.append(BigInteger.random(bitCount: width, using: &source))
        }
        let power = try #require(x.power(LaneSample.secrets(exponents, bitCount: width)))
        let expected = zip(bases, exponents).map { base, exponent in
          base.power(variableTime: exponent, modulo: m * m)
        }
        #expect(power.residues().map { $0.declassified() } == expected, "\(width) bits")
        let shared = try #require(x.power(LaneSample.secrets([exponents[5]], bitCount: width)[0]))
        #expect(
          shared.residues().map { $0.declassified() }
            == bases.map { $0.power(variableTime: exponents[5], modulo: m * m) })
      }
    }
  }

  /// Long chains of products keep their parts in range.
  @Test(arguments: LaneSample.digitCounts)
  func longChainsAgree(_ digitCount: Int) throws {
    var source = SeedExpander(seed: [22], domain: "lanes")
    for m in LaneSample.roots(digitCount: digitCount, using: &source) {
      let modulus = try #require(LaneModulus(m, kernels: LaneSample.kernels[0]))
      var expected = LaneSample.residues(m, first: 2, using: &source)
      let first = try pair(expected, modulus)
      let factors = expected
      var running = first
      for _ in 0..<20 {
        running = try #require(running.squared().multiplied(by: first))
        expected = try zip(expected, factors).map { value, factor in
          try #require((value * value * factor).reduced(modulo: m * m))
        }
      }
      #expect(running.residues().map { $0.declassified() } == expected)
    }
  }

  @Test func partsAreReduced() throws {
    var source = SeedExpander(seed: [23], domain: "lanes")
    for m in [3, 5, 7, (BigInteger(1) << 204) - 1, (BigInteger(1) << 203) + 1] {
      let modulus = try #require(LaneModulus(m, kernels: LaneSample.kernels[0]))
      for round in 0..<4 {
        let residues = LaneSample.residues(m, first: round * 4, using: &source)
        for (part, residue) in zip(try pair(residues, modulus).parts(), residues) {
          let expected = try #require(residue.quotientAndRemainder(dividingBy: m))
          #expect(part.low.declassified() == expected.remainder)
          #expect(part.high.declassified() == expected.quotient)
          #expect(part.low.bitCount == m.bitCount)
          #expect(part.high.bitCount == m.bitCount)
        }
      }
    }
  }

  @Test func secretAndPublicModuliAgree() throws {
    var source = SeedExpander(seed: [24], domain: "lanes")
    let m = (BigInteger(3) << 1022) + (BigInteger.random(bitCount: 1020, using: &source) << 1) + 1
    let secret = try #require(SecretInteger(m, bitCount: m.bitCount))
    let modulus = try #require(LaneModulus(secret, kernels: LaneSample.kernels[0]))
    #expect(modulus.rootBitCount == 1024)
    #expect(modulus.residueLimbCount == 32)
    let residues = LaneSample.residues(m, first: 0, using: &source)
    let squares = try pair(residues, modulus).squared().residues().map { $0.declassified() }
    #expect(squares == residues.map { ($0 * $0).reduced(modulo: m * m) })
  }

  @Test(arguments: 1...8) func fewerThanEightAreTaken(_ count: Int) throws {
    let m = (BigInteger(1) << 100) + 1
    let modulus = try #require(LaneModulus(m, kernels: LaneSample.kernels[0]))
    let residues = (1...count).map { BigInteger($0) << 180 }
    let limbs = residues.compactMap { $0.limbs(count: modulus.residueLimbCount) }
    let x = try #require(LanePair(limbs: limbs, modulus: modulus))
    #expect(x.count == count)
    let squares = x.squared().residues().map { $0.declassified() }
    #expect(squares == residues.map { ($0 * $0).reduced(modulo: m * m) })
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let kernels = LaneSample.kernels[0]
    for m in [0, 1, 2, 4, -3, BigInteger(1) << 100, (BigInteger(1) << 4157) - 1] {
      #expect(LaneModulus(m, kernels: kernels) == nil)
    }
    #expect(LaneModulus.maximumBitCount == 4156)
    for narrow in IntegerKernels.supported where !narrow.hasLanes {
      #expect(LaneModulus(3, kernels: narrow) == nil)
    }
    let wideOne = SecretInteger.one.resized(bitCount: 2)
    #expect(LaneModulus(wideOne, kernels: kernels) == nil)
    let wideThree = try #require(SecretInteger(3, bitCount: 100))
    #expect(LaneModulus(wideThree, kernels: kernels) == nil)

    let modulus = try #require(LaneModulus(BigInteger(101), kernels: kernels))
    let other = try #require(LaneModulus(BigInteger(103), kernels: kernels))
    #expect(LanePair([], modulus: modulus) == nil)
    #expect(LanePair([SecretInteger](repeating: .one, count: 9), modulus: modulus) == nil)
    #expect(LanePair([wideThree], modulus: modulus) == nil)
    #expect(LanePair(limbs: [[1, 0]], modulus: modulus) == nil)
    let one = try #require(LanePair([.one], modulus: modulus))
    let two = try #require(LanePair([.one, .two], modulus: modulus))
    let foreign = try #require(LanePair([.one], modulus: other))
    #expect(one.multiplied(by: two) == nil)
    #expect(one.multiplied(by: foreign) == nil)
    #expect(one.power([]) == nil)
    #expect(two.power([.one, .two]) == nil)
  }

  private func pair(_ residues: [BigInteger], _ modulus: LaneModulus) throws -> LanePair {
    let secrets = LaneSample.secrets(residues, bitCount: modulus.residueBitCount)
    return try #require(LanePair(secrets, modulus: modulus))
  }
}
