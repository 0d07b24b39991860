import Lattice
import Testing
import Wire
import _TestSupport

/// What makes polynomials a ring, over random degrees, primes and residues.
@Suite struct RingLawTests {
  @Test func additionMakesAGroup() throws {
    try Property("polynomials are a commutative group under addition") { choices in
      try RingCase(&choices, operands: 3)
    } holds: { ring in
      let (a, b, c) = (ring.coefficients(0), ring.coefficients(1), ring.coefficients(2))
      try agree((a + b).residues, (b + a).residues, "a + b")
      try agree(((a + b) + c).residues, (a + (b + c)).residues, "a + b + c")
      try agree((a - b).residues, (a + b.negated).residues, "a - b")
      try agree((a + a.negated).residues, zeros(ring.basis), "a - a")
      try agree((a + RNSPolynomial(basis: ring.basis)).residues, a.residues, "a + 0")
      try agree(
        (a + b).residues,
        ring.residues { modulus, operands in
          zip(operands[0], operands[1]).map { UInt64((UInt128($0) + UInt128($1)) % modulus.wide) }
        }, "the sum of residues")
    }.check()
  }

  @Test func multiplicationMakesARing() throws {
    try Property("polynomials are a commutative ring") { choices in
      try RingCase(&choices, operands: 3)
    } holds: { ring in
      let (a, b, c) = (ring.values(0), ring.values(1), ring.values(2))
      let one = RNSPolynomial<Evaluation>.monomial(0, basis: ring.basis)
      try agree((a * b).residues, (b * a).residues, "a · b")
      try agree(((a * b) * c).residues, (a * (b * c)).residues, "a · b · c")
      try agree((a * (b + c)).residues, (a * b + a * c).residues, "a · (b + c)")
      try agree((a * one).residues, a.residues, "a · 1")
      try agree((a.negated * b).residues, (a * b).negated.residues, "-a · b")
    }.check()
  }

  @Test func transformIsAnIsomorphism() throws {
    try Property("the transform and its inverse are ring isomorphisms") { choices in
      try RingCase(&choices, operands: 2)
    } holds: { ring in
      let (a, b) = (ring.coefficients(0), ring.coefficients(1))
      try agree(a.evaluation().coefficients().residues, a.residues, "there and back")
      let values = RNSPolynomial<Evaluation>(
        basis: ring.basis, reducedResidues: ring.operands[0])
      try agree(values.coefficients().evaluation().residues, values.residues, "back and there")
      try agree(
        (a + b).evaluation().residues, (a.evaluation() + b.evaluation()).residues, "of a sum")
      try agree(
        (a.evaluation() * b.evaluation()).coefficients().residues,
        ring.residues { negacyclicProduct($1[0], $1[1], $0.value) }, "of a product")
    }.check()
  }

  /// Operations that do several of the ring's at once.
  @Test func joinedOperationsAreTheirParts() throws {
    struct Case: CustomStringConvertible {
      let ring: RingCase
      let scalar: Int64
      let exponent: Int
      var description: String { "\(ring), scalar \(scalar), exponent \(exponent)" }
    }
    try Property("joined operations are their parts") { choices in
      let ring = try RingCase(&choices, operands: 5)
      return Case(
        ring: ring, scalar: choices.integer(in: Int64.min...Int64.max),
        exponent: choices.integer(in: 0...ring.basis.degree - 1))
    } holds: { made in
      let operands = (0..<5).map { made.ring.values($0) }
      let (a, b, c, d) = (operands[0], operands[1], operands[2], operands[3])
      var result = a
      result.addSum(count: 3) { operands[$0 + 1] }
      try agree(result.residues, (a + b + c + d).residues, "addSum")
      result = a
      result.addProducts(count: 2, of: { operands[$0 + 1] }, { operands[$0 + 3] })
      try agree(result.residues, (a + b * d + c * operands[4]).residues, "addProducts")
      result.setProductSum(a, b, c, d)
      try agree(result.residues, (a * b + c * d).residues, "setProductSum")
      result.setProduct(a, b)
      try agree(result.residues, (a * b).residues, "setProduct")
      result = a
      result.multiply(by: made.scalar)
      try agree(
        result.coefficients().residues,
        made.ring.residues { modulus, operands in
          operands[0].map { modulus.multiply($0, modulus.reduce(made.scalar)) }
        }, "an integer's product")
      // X^k times a moves the coefficients by k; those that go round change their signs.
      result = a * .monomial(made.exponent, basis: made.ring.basis)
      try agree(
        result.coefficients().residues,
        made.ring.residues { modulus, operands in
          let (high, low) = (
            operands[0].suffix(made.exponent), operands[0].dropLast(made.exponent)
          )
          return high.map { modulus.negate($0) } + low
        }, "a monomial's product")
    }.check()
  }

  @Test func automorphismsComposeAndKeepTheRing() throws {
    struct Case: CustomStringConvertible {
      let ring: RingCase
      let elements: [Int]
      var description: String { "\(ring), X to X^\(elements)" }
    }
    try Property("automorphisms are homomorphisms that compose") { choices in
      let ring = try RingCase(&choices, operands: 2)
      return Case(
        ring: ring, elements: (0..<2).map { _ in 2 * choices.pick(ring.basis.degree) + 1 })
    } holds: { made in
      let degree = made.ring.basis.degree
      let (g, h) = (made.elements[0], made.elements[1])
      func image(_ a: RNSPolynomial<Evaluation>, _ element: Int) -> RNSPolynomial<Evaluation> {
        a.permuted(GaloisPermutation(element: element, degree: degree))
      }
      let (a, b) = (made.ring.values(0), made.ring.values(1))
      try agree(image(a * b, g).residues, (image(a, g) * image(b, g)).residues, "of a product")
      try agree(image(a + b, g).residues, (image(a, g) + image(b, g)).residues, "of a sum")
      try agree(image(a, 1).residues, a.residues, "the identity")
      try agree(
        image(image(a, g), h).residues, image(a, g * h % (2 * degree)).residues, "one by one")
      // What X → X^g says about coefficients.
      try agree(
        image(a, g).coefficients().residues,
        made.ring.residues { modulus, operands in
          var result = [UInt64](repeating: 0, count: degree)
          for (exponent, coefficient) in operands[0].enumerated() {
            let power = exponent * g % (2 * degree)
            result[power % degree] = power < degree ? coefficient : modulus.negate(coefficient)
          }
          return result
        }, "the coefficients")
    }.check()
  }

  @Test func bytesGoBothWays() throws {
    try Property("packed residues are read as they were written") { choices in
      try RingCase(&choices, operands: 1)
    } holds: { ring in
      let polynomial = ring.coefficients(0)
      let size = RNSPolynomial<Coefficient>.serializedByteCount(basis: ring.basis)
      var writer = BoundedWriter()
      polynomial.write(to: &writer)
      try agree(writer.bytes.count, size, "the announced size")
      var reader = BoundedReader(writer.bytes[...], source: "polynomial")
      let read = try RNSPolynomial<Coefficient>(
        basis: ring.basis, from: &reader, field: "residues")
      try agree(read.residues, polynomial.residues, "the residues")
      try reader.finish()
    }.check()
  }
}

private func zeros(_ basis: RNSBasis) -> [UInt64] {
  [UInt64](repeating: 0, count: basis.count * basis.degree)
}

extension Modulus {
  fileprivate var wide: UInt128 { UInt128(value) }
}

extension RNSPolynomial {
  fileprivate static func + (a: RNSPolynomial, b: RNSPolynomial) -> RNSPolynomial {
    var sum = a
    sum.add(b)
    return sum
  }

  fileprivate static func - (a: RNSPolynomial, b: RNSPolynomial) -> RNSPolynomial {
    var difference = a
    difference.subtract(b)
    return difference
  }

  fileprivate var negated: RNSPolynomial {
    var negative = self
    negative.negate()
    return negative
  }
}

extension RNSPolynomial where Form == Evaluation {
  fileprivate static func * (a: RNSPolynomial, b: RNSPolynomial) -> RNSPolynomial {
    var product = a
    product.multiply(b)
    return product
  }
}
