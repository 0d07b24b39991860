import BigInteger
import SecureMemory
import Testing

@Suite struct MontgomeryTests {
  @Test func theScalarKernelsAreAlwaysThere() {
    let names = IntegerKernels.supported.map(\.name)
    #expect(names.last == "scalar")
    #expect(Set(names).count == names.count)
    #expect(names.contains(IntegerKernels.chosen.name))
  }

  /// Widths around the eight limbs that a kernel takes at a time, and those of real keys.
  @Test(arguments: [1, 2, 7, 8, 9, 15, 16, 17, 33, 64, 96, 128])
  func everyKernelAgreesWithDivision(_ limbCount: Int) throws {
    var source = SeedExpander(seed: [5], domain: "montgomery")
    let bits = limbCount * 64
    let full = BigInteger(1) << bits
    let moduli = [
      full - 1,
      (full >> 1) + 1,
      (full >> 1) + (BigInteger.random(bitCount: bits - 2, using: &source) << 1) + 1,
      (BigInteger.random(bitCount: bits - 9, using: &source) << 1) + (full >> 7) + 1,
    ]
    for modulus in moduli {
      let inverse = try #require(full.inverse(modulo: modulus))
      let other = try #require(BigInteger.randomNonzero(below: modulus, using: &source))
      let wide = BigInteger.random(bitCount: bits, using: &source)
      let pairs = [
        (0, other), (1, 1), (modulus - 1, modulus - 1), (other, modulus - 1), (other, other),
        (full - 1, modulus - 1), (other, wide),
      ]
      for kernels in IntegerKernels.supported {
        let montgomery = try #require(MontgomeryModulus(modulus, kernels: kernels))
        #expect(montgomery.limbCount == limbCount)
        for (a, b) in pairs {
          let expected = (a * b * inverse).reduced(modulo: modulus)
          #expect(try product(a, b, montgomery) == expected, "\(kernels.name)")
        }
      }
    }
  }

  @Test(arguments: [2, 63, 64, 65, 512, 1031])
  func powersModuloSecretsAgree(_ width: Int) throws {
    var source = SeedExpander(seed: [7], domain: "montgomery power")
    let top = BigInteger(1) << (width - 1)
    for modulus in [top + 1, (top << 1) - 1] {
      let secret = try #require(SecretInteger(modulus, bitCount: width))
      for kernels in IntegerKernels.supported {
        let montgomery = MontgomeryModulus(secret: secret, kernels: kernels)
        for exponentWidth in [1, 5, 6, 64, 130] {
          let full = (BigInteger(1) << exponentWidth) - 1
          for exponent in [0, 1, full, BigInteger.random(bitCount: exponentWidth, using: &source)] {
            for base in [0, 1, modulus - 1, BigInteger.random(bitCount: width, using: &source)] {
              let power = montgomery.power(
                try #require(SecretInteger(base, bitCount: width)),
                try #require(SecretInteger(exponent, bitCount: exponentWidth)))
              #expect(
                power.declassified() == base.power(variableTime: exponent, modulo: modulus),
                "\(kernels.name)")
            }
          }
        }
      }
    }
  }

  @Test func evenModuliAreRefused() {
    for modulus in [BigInteger(0), 1, 2, 10, -7] { #expect(MontgomeryModulus(modulus) == nil) }
  }

  @Test(arguments: [0, 1, 2, 3, 50]) func manyFactorsMakeOneProduct(_ count: Int) throws {
    var source = SeedExpander(seed: [6], domain: "product")
    let modulus = (BigInteger.random(bitCount: 600, using: &source) << 1) + 1
    let montgomery = try #require(MontgomeryModulus(modulus))
    var (left, right) = (
      try #require(MontgomeryProduct(modulus: montgomery)),
      try #require(MontgomeryProduct(modulus: montgomery))
    )
    var expected = BigInteger(1)
    for index in 0..<count {
      let factor = try #require(BigInteger.randomNonzero(below: modulus, using: &source))
      expected = try #require((expected * factor).reduced(modulo: modulus))
      let limbs = try #require(factor.limbs(count: montgomery.limbCount))
      let isTaken =
        index.isMultiple(of: 3) ? left.multiply(by: limbs) : right.multiply(by: limbs)
      #expect(isTaken)
    }
    let isTaken = left.multiply(by: right)
    #expect(isTaken)
    #expect(left.value() == expected)
    let takesShortFactor = left.multiply(by: [1])
    #expect(!takesShortFactor)
    let foreign = try #require(MontgomeryModulus(modulus + 2))
    let takesForeignProduct = left.multiply(
      by: try #require(MontgomeryProduct(modulus: foreign)))
    #expect(!takesForeignProduct)
    #expect(left.value() == expected)
  }

  @Test(arguments: [1, 3, 5, 6, 8]) func fixedBasePowersAgree(_ window: Int) throws {
    var source = SeedExpander(seed: [7], domain: "fixed base")
    let modulus = (BigInteger.random(bitCount: 300, using: &source) << 1) + 1
    let montgomery = try #require(MontgomeryModulus(modulus))
    let base = try #require(BigInteger.randomNonzero(below: modulus, using: &source))
    let secretBase = try #require(SecretInteger(base, bitCount: modulus.bitCount))
    for width in [1, 64, 131] {
      let powers = FixedBasePower(
        base: secretBase, modulus: montgomery, exponentBitCount: width, windowBitCount: window)
      var exponents: [BigInteger] = [0, 1, (BigInteger(1) << width) - 1]
      exponents.append(BigInteger.random(bitCount: width, using: &source))
      let factors = [1, modulus - 1, 2, base]
      let secretFactors = factors.compactMap {
        SecretInteger($0, bitCount: modulus.bitCount)
      }
      let secretExponents = exponents.compactMap { SecretInteger($0, bitCount: width) }
      let results = try #require(powers.scaled(secretFactors, by: secretExponents))
      #expect(results.count == 4)
      for (index, result) in results.enumerated() {
        let power = try #require(base.power(variableTime: exponents[index], modulo: modulus))
        #expect(result.declassified() == (power * factors[index]).reduced(modulo: modulus))
      }
      #expect(try #require(powers.scaled([], by: [])).isEmpty)
      #expect(powers.scaled([], by: [SecretInteger.one.resized(bitCount: width)]) == nil)
    }
  }

  private func product(
    _ a: BigInteger, _ b: BigInteger, _ modulus: MontgomeryModulus
  ) throws -> BigInteger {
    let count = modulus.limbCount
    let (left, right) = (LimbBuffer(count: count), LimbBuffer(count: count))
    let scratch = LimbBuffer(count: modulus.scratchCount)
    for (buffer, number) in [(left, a), (right, b)] {
      for (index, limb) in try #require(number.limbs(count: count)).enumerated() {
        buffer.pointer[index] = limb
      }
    }
    for index in 0..<scratch.count { scratch.pointer[index] = UInt.max }
    // In place, as the callers use it.
    modulus.multiply(left.pointer, left.pointer, right.pointer, scratch: scratch.pointer)
    return BigInteger(limbs: left.limbs)
  }
}

extension MontgomeryTests {
  @Test func secretProductsAgree() throws {
    var source = SeedExpander(seed: [8], domain: "secret products")
    for bitCount in [64, 65, 200, 1024] {
      let modulus = (BigInteger.random(bitCount: bitCount - 1, using: &source) << 1) + 1
      let montgomery = try #require(MontgomeryModulus(modulus))
      let numbers = [BigInteger(0), 1, modulus - 1, modulus >> 1]
      for a in numbers {
        for b in numbers {
          let factors = [a, b].compactMap { SecretInteger($0, bitCount: modulus.bitCount) }
          let product = montgomery.multiply(
            factors[0], montgomery.montgomeryForm(factors[1]))
          #expect(product.declassified() == (a * b).reduced(modulo: modulus))
        }
      }
    }
  }
}
