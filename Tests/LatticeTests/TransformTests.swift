import CLatticeKernels
import Lattice
import Testing

private func residues(_ count: Int, below q: UInt64, seed: UInt64) -> [UInt64] {
  var state = seed
  var values = (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 3) % q
  }
  // The edges belong in every test.
  for (index, edge) in [0, 1, q - 1, q / 2, q / 2 + 1].enumerated() where index < count {
    values[index] = edge
  }
  return values
}

@Suite struct TransformTests {
  @Test(arguments: [8, 16, 64, 256], [20, 30, 45, 50, 60])
  func productIsNegacyclic(degree: Int, bits: Int) throws {
    let q = try NTTPrimes.largest(count: 1, bits: bits, degree: degree)[0]
    let basis = try RNSBasis(plans: [NTTPlan(degree: degree, modulus: Modulus(q))])
    let a = residues(degree, below: q, seed: 1)
    let b = residues(degree, below: q, seed: 2)
    var product = RNSPolynomial<Coefficient>(basis: basis, reducedResidues: a).evaluation()
    product.multiply(RNSPolynomial<Coefficient>(basis: basis, reducedResidues: b).evaluation())
    #expect(product.coefficients().residues == negacyclicProduct(a, b, q))
  }

  @Test(arguments: [8, 1024, 2048, 4096, 8192, 16384, 32768])
  func evaluationsAreAtOddPowersInBitReversedOrder(degree: Int) throws {
    let q = try NTTPrimes.largest(count: 1, bits: 45, degree: degree)[0]
    let modulus = try Modulus(q)
    let plan = try NTTPlan(degree: degree, modulus: modulus)
    let basis = try RNSBasis(plans: [plan])
    let a = residues(degree, below: q, seed: 3)
    let polynomial = RNSPolynomial<Coefficient>(basis: basis, reducedResidues: a)
    let values = polynomial.evaluation()
    for position in [0, 1, degree / 2, degree - 1] {
      let exponent = 2 * bitReversed(position, width: degree.trailingZeroBitCount) + 1
      let point = modulus.power(plan.root, UInt64(exponent))
      let value = a.reversed().reduce(UInt64(0)) { modulus.add(modulus.multiply($0, point), $1) }
      #expect(values.residues[position] == value)
    }
    #expect(values.coefficients().residues == a)
  }

  @Test func rootIsTheSmallest() throws {
    let degree = 16
    let q = try NTTPrimes.largest(count: 1, bits: 12, degree: degree)[0]
    let modulus = try Modulus(q)
    let plan = try NTTPlan(degree: degree, modulus: modulus)
    let roots = (2..<q).filter { modulus.power($0, UInt64(degree)) == q - 1 }
    #expect(plan.root == roots.min())
  }

  @Test func primesAreAsAsked() throws {
    let primes = try NTTPrimes.largest(count: 5, bits: 40, degree: 4096)
    #expect(Set(primes).count == 5)
    for p in primes { #expect(p % 8192 == 1 && p >> 39 == 1 && NTTPrimes.isPrime(p)) }
    #expect(!NTTPrimes.isPrime(3_215_031_751))  // a strong pseudoprime to 2, 3, 5 and 7
    #expect(!NTTPrimes.isPrime(1) && NTTPrimes.isPrime(2))
    #expect(throws: LatticeError.self) { try NTTPrimes.largest(count: 1, bits: 40, degree: 1000) }
    #expect(throws: LatticeError.self) { try NTTPlan(degree: 16, modulus: Modulus(97 * 97)) }
    #expect(throws: LatticeError.self) { try Modulus(1) }
    #expect(throws: LatticeError.self) { try Modulus(1 << 61) }
  }
}

@Suite struct PolynomialTests {
  private func basis(degree: Int, bits: Int, count: Int) throws -> RNSBasis {
    try RNSBasis(
      plans: NTTPrimes.largest(count: count, bits: bits, degree: degree).map {
        try NTTPlan(degree: degree, modulus: Modulus($0))
      })
  }

  @Test(arguments: [20, 45, 60])
  func pointwiseOperationsMatchWideArithmetic(bits: Int) throws {
    let basis = try basis(degree: 64, bits: bits, count: 2)
    var a = RNSPolynomial<Evaluation>(basis: basis)
    var b = a
    for limb in 0..<2 {
      let q = basis.moduli[limb].value
      a.residues.replaceSubrange(limb * 64..<limb * 64 + 64, with: residues(64, below: q, seed: 5))
      b.residues.replaceSubrange(
        limb * 64..<limb * 64 + 64, with: residues(64, below: q, seed: 6).reversed())
    }
    var sum = a
    sum.add(b)
    var difference = a
    difference.subtract(b)
    var product = a
    product.multiply(b)
    var negated = a
    negated.negate()
    var accumulated = a
    accumulated.addProduct(a, b)
    var scaled = a
    scaled.multiply(by: -7)
    for k in a.residues.indices {
      let q = UInt128(basis.moduli[k / 64].value)
      let (x, y) = (UInt128(a.residues[k]), UInt128(b.residues[k]))
      #expect(UInt128(sum.residues[k]) == (x + y) % q)
      #expect(UInt128(difference.residues[k]) == (x + q - y) % q)
      #expect(UInt128(product.residues[k]) == x * y % q)
      #expect(UInt128(negated.residues[k]) == (q - x) % q)
      #expect(UInt128(accumulated.residues[k]) == (x + x * y) % q)
      #expect(UInt128(scaled.residues[k]) == (q - x * 7 % q) % q)
    }
  }

  @Test func baseConversionTakesTheCentredRepresentative() throws {
    let basis = try basis(degree: 64, bits: 30, count: 3)
    let targets = try [Modulus(1_000_003), Modulus((1 << 45) - 55), Modulus(257)]
    let product = basis.moduli.reduce(UInt128(1)) { $0 * UInt128($1.value) }
    var polynomial = RNSPolynomial<Coefficient>(basis: basis)
    var values: [Int128] = []
    for position in 0..<64 {
      var value = Int128(UInt64(position) &* 0x9E37_79B9_7F4A_7C15) << 20
      value = value % Int128(product / 2)
      if position.isMultiple(of: 2) { value = -value }
      if position == 0 { value = 0 }
      if position == 1 { value = -1 }
      values.append(value)
      for (limb, modulus) in basis.moduli.enumerated() {
        let q = Int128(modulus.value)
        polynomial.residues[limb * 64 + position] = UInt64((value % q + q) % q)
      }
    }
    let converted = converted(polynomial, to: targets)
    for (index, target) in targets.enumerated() {
      let m = Int128(target.value)
      for position in 0..<64 {
        #expect(Int128(converted[index * 64 + position]) == (values[position] % m + m) % m)
      }
    }
  }

  @Test func centredFractionIsTheQuotient() throws {
    let basis = try basis(degree: 8, bits: 40, count: 2)
    let product = Double(basis.moduli[0].value) * Double(basis.moduli[1].value)
    var polynomial = RNSPolynomial<Coefficient>(basis: basis)
    let values: [Int64] = [0, 1, -1, 1 << 60, -(1 << 60), 1 << 62, -(1 << 62), 12345]
    for (position, value) in values.enumerated() {
      for (limb, modulus) in basis.moduli.enumerated() {
        polynomial.residues[limb * 8 + position] = modulus.reduce(value)
      }
    }
    let converter = BaseConverter(from: basis, to: [try Modulus(257)], factor: 1000)
    converter.makeDigits(&polynomial)
    for (position, value) in values.enumerated() {
      let expected = Double(value) * 1000 / product
      let found = Double(converter.centredFraction(ofDigits: polynomial, at: position))
      #expect(abs(found / 0x1p64 - expected) < 1e-15)
    }
  }

  @Test(arguments: [20, 45, 60])
  func fixedTimeReductionMatchesDivision(bits: Int) throws {
    let modulus = try Modulus(NTTPrimes.largest(count: 1, bits: bits, degree: 8)[0])
    let q = modulus.value
    for high in residues(16, below: q, seed: 21) {
      for low in [0, 1, q - 1, q, UInt64.max, 1 << 63] {
        #expect(
          modulus.reduceFixedTime(high: high, low: low)
            == q.dividingFullWidth((high, low)).remainder)
      }
    }
  }

  @Test func divisionByTheLastPrimeRounds() throws {
    let basis = try basis(degree: 64, bits: 30, count: 3)
    let prefix = try basis.prefix(2)
    let last = Int128(basis.moduli[2].value)
    var polynomial = RNSPolynomial<Coefficient>(basis: basis)
    var values: [Int128] = []
    for position in 0..<64 {
      let value = (Int128(position) - 32) * 123_456_789_012_345_678 + Int128(position)
      values.append(value)
      for (limb, modulus) in basis.moduli.enumerated() {
        let q = Int128(modulus.value)
        polynomial.residues[limb * 64 + position] = UInt64((value % q + q) % q)
      }
    }
    let expected = values.map { value -> Int128 in
      var remainder = (value % last + last) % last
      if remainder > last / 2 { remainder -= last }
      return (value - remainder) / last
    }
    let inCoefficients = polynomial.dividedByLastPrime(onto: prefix)
    let inEvaluations = polynomial.evaluation().dividedByLastPrime(onto: prefix).coefficients()
    #expect(inCoefficients.residues == inEvaluations.residues)
    for position in 0..<64 {
      for (limb, modulus) in prefix.moduli.enumerated() {
        let q = Int128(modulus.value)
        #expect(
          Int128(inCoefficients.residues[limb * 64 + position])
            == (expected[position] % q + q) % q)
      }
    }
  }

  @Test func automorphismPermutesEvaluations() throws {
    let basis = try basis(degree: 16, bits: 30, count: 1)
    let q = basis.moduli[0].value
    let a = residues(16, below: q, seed: 11)
    for element in [3, 5, 17, 31] {
      var image = [UInt64](repeating: 0, count: 16)
      for (exponent, coefficient) in a.enumerated() {
        let power = exponent * element % 32
        if power < 16 {
          image[power] = coefficient
        } else {
          image[power - 16] = coefficient == 0 ? 0 : q - coefficient
        }
      }
      let polynomial = RNSPolynomial<Coefficient>(basis: basis, reducedResidues: a).evaluation()
      let permuted = polynomial.permuted(GaloisPermutation(element: element, degree: 16))
      #expect(permuted.coefficients().residues == image)
    }
  }

  @Test func magnitudeIsThatOfTheLargestCentredCoefficient() throws {
    let basis = try basis(degree: 16, bits: 30, count: 3)
    var polynomial = RNSPolynomial<Coefficient>(basis: basis)
    #expect(polynomial.log2LargestCoefficient() == -.infinity)
    for (limb, modulus) in basis.moduli.enumerated() {
      polynomial.residues[limb * 16 + 3] = modulus.reduce(Int64(-(1 << 50)))
      polynomial.residues[limb * 16 + 4] = modulus.reduce(Int64(1 << 49))
    }
    #expect(abs(polynomial.log2LargestCoefficient() - 50) < 1e-6)
  }
}
