#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Pairwise different primes whose product is a ring's modulus, with their transforms.
package final class RNSBasis: Sendable {
  package let degree: Int
  package let plans: [NTTPlan]
  package let moduli: [Modulus]
  /// The scales that leave coefficients as they are.
  let unscaled: TransformScales
  /// Words from one limb to the next.
  let stride: Int

  package var count: Int { moduli.count }
  /// The words of a polynomial over the basis.
  var wordCount: Int { count * stride }

  package init(plans: [NTTPlan]) throws(LatticeError) {
    var seen: Set<UInt64> = []
    for plan in plans where !seen.insert(plan.modulus.value).inserted {
      throw .repeatedModulus(plan.modulus.value)
    }
    guard let first = plans.first, plans.allSatisfy({ $0.degree == first.degree }) else {
      throw .unsupportedDegree(0)
    }
    degree = first.degree
    self.plans = plans
    moduli = plans.map(\.modulus)
    unscaled = TransformScales(plans)
    stride = RNSBasis.stride(degree: degree)
  }

  /// Large limbs are five cache lines apart from a power of two, so that the limbs' equal positions
  /// do not fall on the same lines of the first-level cache.
  private static func stride(degree: Int) -> Int { degree >= 1024 ? degree + 40 : degree }

  /// The basis of the first `count` primes.
  package func prefix(_ count: Int) throws(LatticeError) -> RNSBasis {
    try RNSBasis(plans: Array(plans.prefix(count)))
  }

  /// Whether the other basis begins with these primes.
  func isPrefix(of other: RNSBasis) -> Bool {
    self === other || (degree == other.degree && other.moduli.starts(with: moduli))
  }

  /// log2 of the product.
  package var log2Product: Double { moduli.reduce(0) { $0 + log2(Double($1.value)) } }

  /// The product modulo a further modulus.
  package func product(modulo modulus: Modulus) -> UInt64 {
    moduli.reduce(1 % modulus.value) { modulus.multiply($0, modulus.reduce($1.value)) }
  }

  /// The product of all primes but the one at `index`, modulo a further modulus.
  package func cofactor(_ index: Int, modulo modulus: Modulus) -> UInt64 {
    moduli.indices.reduce(1 % modulus.value) {
      $1 == index ? $0 : modulus.multiply($0, modulus.reduce(moduli[$1].value))
    }
  }
}
