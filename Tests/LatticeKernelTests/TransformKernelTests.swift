import CLatticeKernels
import Testing
import _TestSupport

/// The transforms, for every degree, with the largest prime of each width and all patterns of
/// residues, and with the smallest primes and random residues.
///
/// What is right is found without a transform: up to n = 256 by evaluating at every point and by
/// schoolbook products, beyond by evaluating at some points, by the transforms of single powers of X
/// and by linearity. All paths are then compared with the first one that was found right.
@Suite struct TransformKernelTests {
  private struct Case {
    let degree: Int
    let modulus: KernelModulus
    let root: UInt64
    let transforms: [PreparedTransform]
    var generator: SeededGenerator

    init(degree: Int, modulus: KernelModulus) {
      self.degree = degree
      self.modulus = modulus
      let root = modulus.root(degree: degree)
      self.root = root
      transforms = KernelPath.all.map {
        PreparedTransform($0, modulus, degree: degree, root: root)
      }
      generator = SeededGenerator(seed: modulus.q ^ UInt64(degree))
    }

    func name(_ transform: PreparedTransform, _ what: String) -> String {
      "\(transform.path.name), n = \(degree), q = \(modulus.q): \(what)"
    }

    mutating func residues(_ pattern: ResiduePattern) -> [UInt64] {
      pattern.residues(degree, below: modulus.q, using: &generator)
    }

    /// The point whose value stands at a position.
    func point(_ position: Int) -> UInt64 {
      modulus.power(root, KernelReference.exponent(position: position, degree: degree))
    }
  }

  private static func cases(degree: Int) -> [Case] {
    let primes =
      KernelModuli.largestPrimes[degree, default: []]
      + KernelModuli.smallestPrimes[degree, default: []]
    return primes.map { Case(degree: degree, modulus: $0) }
  }

  /// Every prime width of the list is there for every degree.
  @Test func thereIsAPrimeOfEachWidth() {
    for degree in KernelModuli.degrees {
      #expect(
        KernelModuli.largestPrimes[degree]?.map { UInt64.bitWidth - $0.q.leadingZeroBitCount }
          == KernelModuli.widths)
    }
  }

  @Test(arguments: KernelModuli.degrees)
  func valuesAreThoseAtTheRootsInBitReversedOrder(degree: Int) {
    let out = Operand<UInt64>(count: degree)
    let input = Operand<UInt64>(count: degree)
    for var testCase in Self.cases(degree: degree) {
      let positions = degree <= 256 ? Array(0..<degree) : [0, 1, degree / 2 + 3, degree - 1]
      let points = positions.map { testCase.point($0) }
      let coefficients = testCase.residues(.random)
      let values = points.map {
        KernelReference.value(of: coefficients, at: $0, testCase.modulus)
      }
      for transform in testCase.transforms {
        input.fill(coefficients)
        out.forget()
        transform.forward(out, input)
        let found = out.elements
        #expect(
          positions.map { found[$0] } == values, "\(testCase.name(transform, "values"))")
        transform.expectTable(testCase.name(transform, "table"))
      }
    }
  }

  @Test(arguments: [8, 16, 32, 64, 128, 256])
  func productsOfValuesAreNegacyclicProducts(degree: Int) {
    let a = Operand<UInt64>(count: degree, .element)
    let b = Operand<UInt64>(count: degree)
    for var testCase in Self.cases(degree: degree) {
      let modulus = testCase.modulus
      var kernelModulus = modulus.kernelModulus
      let scale = modulus.inverse(UInt64(degree) % modulus.q)
      for pattern in [ResiduePattern.random, .largest, .alternating] {
        let left = testCase.residues(pattern)
        let right = testCase.residues(pattern.partner)
        let product = KernelReference.negacyclicProduct(left, right, modulus)
        for transform in testCase.transforms {
          a.fill(left)
          b.fill(right)
          transform.forward(a, a)
          transform.forward(b, b)
          transform.path.kernels.multiply(
            a.pointer, a.pointer, b.pointer, degree, &kernelModulus)
          transform.inverse(a, a, scale: scale)
          a.expect(product, testCase.name(transform, "product of \(pattern)"))
        }
      }
    }
  }

  /// X^k has the value psi^(e k) where psi^e is the point: known for every degree and position.
  @Test(arguments: KernelModuli.degrees)
  func powersOfXHaveKnownValues(degree: Int) {
    let out = Operand<UInt64>(count: degree)
    let input = Operand<UInt64>(count: degree)
    for testCase in Self.cases(degree: degree) {
      let modulus = testCase.modulus
      let powers = (1..<2 * degree).reduce(into: [UInt64(1)]) { powers, _ in
        powers.append(modulus.multiply(powers[powers.count - 1], testCase.root))
      }
      for power in [0, 1, degree / 2, degree - 1] {
        var coefficients = [UInt64](repeating: 0, count: degree)
        coefficients[power] = 1
        let values = (0..<degree).map { position in
          let exponent = KernelReference.exponent(position: position, degree: degree)
          return powers[Int(exponent) * power % (2 * degree)]
        }
        for transform in testCase.transforms {
          input.fill(coefficients)
          out.forget()
          transform.forward(out, input)
          out.expect(values, testCase.name(transform, "values of X^\(power)"))
        }
      }
    }
  }

  @Test(arguments: KernelModuli.degrees)
  func theTransformIsLinear(degree: Int) {
    let a = Operand<UInt64>(count: degree)
    let b = Operand<UInt64>(count: degree)
    let combination = Operand<UInt64>(count: degree)
    for var testCase in Self.cases(degree: degree) {
      let modulus = testCase.modulus
      let factor = testCase.generator.next() % modulus.q
      let left = testCase.residues(.random)
      let right = testCase.residues(.extremes)
      let combined = zip(left, right).map { modulus.add($0, modulus.multiply(factor, $1)) }
      for transform in testCase.transforms {
        a.fill(left)
        b.fill(right)
        combination.fill(combined)
        transform.forward(a, a)
        transform.forward(b, b)
        transform.forward(combination, combination)
        combination.expect(
          zip(a.elements, b.elements).map { modulus.add($0, modulus.multiply(factor, $1)) },
          testCase.name(transform, "values of a sum"))
      }
    }
  }

  /// Both directions and there and back, for every pattern, in place and out of place, aligned and
  /// not; the same bits on all paths.
  @Test(arguments: KernelModuli.degrees)
  func pathsAgreeAndTheInverseTakesValuesBack(degree: Int) {
    let largest = KernelModuli.largestPrimes[degree, default: []]
    for var testCase in Self.cases(degree: degree) {
      let patterns =
        largest.contains(testCase.modulus)
        ? ResiduePattern.allCases : [.random, .largest, .extremes]
      for (index, pattern) in patterns.enumerated() {
        // Patterns take turns in being unaligned, one width one way, the next the other.
        let width = UInt64.bitWidth - testCase.modulus.q.leadingZeroBitCount
        let alignment = OperandAlignment.allCases[(index + width) % 2]
        checkAgreement(&testCase, pattern, alignment)
      }
    }
  }

  private func checkAgreement(
    _ testCase: inout Case, _ pattern: ResiduePattern, _ alignment: OperandAlignment
  ) {
    let degree = testCase.degree
    let modulus = testCase.modulus
    let residues = testCase.residues(pattern)
    let input = Operand(residues, alignment)
    let out = Operand<UInt64>(count: degree, alignment)
    let inverseDegree = modulus.inverse(UInt64(degree) % modulus.q)
    // Any factor, 0 and 1 among them, may come with the way back.
    let factor = [0, 1, modulus.q - 1, testCase.generator.next() % modulus.q][
      degree.trailingZeroBitCount % 4]
    let scaled = residues.map { modulus.multiply($0, factor) }
    let scale = modulus.multiply(inverseDegree, factor)
    var values: [UInt64]?
    var coefficients: [UInt64]?
    for transform in testCase.transforms {
      out.forget()
      transform.forward(out, input)
      let expectedValues = values ?? out.elements
      values = expectedValues
      out.expect(expectedValues, testCase.name(transform, "forward of \(pattern)"))
      #expect(expectedValues.allSatisfy { $0 < modulus.q })
      transform.inverse(out, out, scale: scale)
      out.expect(scaled, testCase.name(transform, "and back, in place, times \(factor)"))
      out.fill(residues)
      transform.forward(out, out)
      out.expect(expectedValues, testCase.name(transform, "forward of \(pattern) in place"))

      out.forget()
      transform.inverse(out, input, scale: inverseDegree)
      let expectedCoefficients = coefficients ?? out.elements
      coefficients = expectedCoefficients
      out.expect(expectedCoefficients, testCase.name(transform, "inverse of \(pattern)"))
      #expect(expectedCoefficients.allSatisfy { $0 < modulus.q })
      transform.forward(out, out)
      out.expect(residues, testCase.name(transform, "inverse of \(pattern) and back"))
      input.expect(residues, testCase.name(transform, "input"))
    }
  }

  /// Representatives of other moduli, smaller and larger, even and odd, with their middles.
  @Test(arguments: KernelModuli.degrees)
  func centredRepresentativesAreTransformed(degree: Int) {
    let out = Operand<UInt64>(count: degree)
    let input = Operand<UInt64>(count: degree)
    let fixed: [UInt64] = [2, 3, 65536, 65537, (1 << 45) - 55, 1 << 52, (1 << 61) - 1]
    for (index, var testCase) in Self.cases(degree: degree).enumerated() {
      let q = testCase.modulus.q
      let near = [q - 1, q, min(q + 1, (1 << 61) - 1), min(2 * q - 1, (1 << 61) - 1)]
      // Large degrees take two of the moduli each, so that all are taken.
      let froms =
        degree <= 512 ? fixed + near : [fixed[index % fixed.count], near[index % near.count]]
      for from in froms {
        var residues = ResiduePattern.random.residues(
          degree, below: from, using: &testCase.generator)
        let edges = [0, from - 1, from / 2, min(from / 2 + 1, from - 1)]
        residues.replaceSubrange(0..<4, with: edges)
        let centred = residues.map { testCase.modulus.residue(centred: $0, from: from) }
        var values: [UInt64]?
        for transform in testCase.transforms {
          input.fill(centred)
          transform.forward(input, input)
          let expected = values ?? input.elements
          values = expected
          input.fill(residues)
          out.forget()
          transform.forward(out, centred: input, from: from)
          out.expect(expected, testCase.name(transform, "centred from \(from)"))
          transform.forward(input, centred: input, from: from)
          input.expect(expected, testCase.name(transform, "centred from \(from) in place"))
        }
      }
    }
  }
}
