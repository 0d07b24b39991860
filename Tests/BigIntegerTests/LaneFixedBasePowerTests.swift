import BigInteger
import SecureMemory
import Testing

@Suite(.enabled(if: !LaneSample.kernels.isEmpty, "no lanes on this processor"))
struct LaneFixedBasePowerTests {
  @Test(arguments: 1...8) func powersAgree(_ window: Int) throws {
    var source = SeedExpander(seed: [30], domain: "lane powers")
    for bits in [150, 400] {
      let m = (BigInteger.random(bitCount: bits, using: &source) << 1) + 1
      let square = m * m
      let secret = try #require(SecretInteger(m, bitCount: m.bitCount))
      let moduli = [
        try #require(LaneModulus(m, kernels: LaneSample.kernels[0])),
        try #require(LaneModulus(secret, kernels: LaneSample.kernels[0])),
      ]
      let base = try #require(BigInteger.randomNonzero(below: square, using: &source))
      let montgomery = try #require(MontgomeryModulus(square))
      for (modulus, width) in zip(moduli + moduli, [1, 64, 131, 600]) {
        let powers = try #require(
          LaneFixedBasePower(
            base: LaneSample.secrets([base], bitCount: modulus.residueBitCount)[0],
            modulus: modulus, exponentBitCount: width, windowBitCount: window))
        let peer = FixedBasePower(
          base: LaneSample.secrets([base], bitCount: montgomery.bitCount)[0], modulus: montgomery,
          exponentBitCount: width)
        var exponents: [BigInteger] = [0, 1, (BigInteger(1) << width) - 1]
        for _ in 3..<19 { exponents.append(BigInteger.random(bitCount: width, using: &source)) }
        for count in [0, 1, 3, 4, 8, 9, 19] {
          let factors = (0..<count).map { index in
            (BigInteger(index) * base + 1).reduced(modulo: square) ?? 0
          }
          let secretFactors = LaneSample.secrets(factors, bitCount: modulus.residueBitCount)
          let secretExponents = LaneSample.secrets(Array(exponents[..<count]), bitCount: width)
          let results = try #require(powers.scaled(secretFactors, by: secretExponents))
          let expected = try zip(factors, exponents).map { factor, exponent in
            let power = try #require(base.power(variableTime: exponent, modulo: square))
            return (power * factor).reduced(modulo: square)
          }
          #expect(results.map { $0.declassified() } == expected)
          let peerFactors = LaneSample.secrets(factors, bitCount: montgomery.limbCount * 64)
          let peerResults = try #require(peer.scaled(peerFactors, by: secretExponents))
          #expect(
            zip(results, peerResults).allSatisfy { $0.declassified() == $1.declassified() })
        }
      }
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let modulus = try #require(LaneModulus(101, kernels: LaneSample.kernels[0]))
    let wide = try #require(SecretInteger(3, bitCount: 15))
    #expect(LaneFixedBasePower(base: wide, modulus: modulus, exponentBitCount: 10) == nil)
    let powers = try #require(
      LaneFixedBasePower(base: .two, modulus: modulus, exponentBitCount: 10))
    let exponent = SecretInteger.one.resized(bitCount: 10)
    #expect(powers.scaled([.one], by: []) == nil)
    #expect(powers.scaled([.one], by: [.one]) == nil)
    #expect(powers.scaled([wide], by: [exponent]) == nil)
    #expect(powers.scaled([.one], by: [exponent])?.first?.declassified() == 2)
  }
}
