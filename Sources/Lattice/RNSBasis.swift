import CLatticeKernels

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
  let kernelModuli: [clk_modulus]

  package var count: Int { moduli.count }

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
    kernelModuli = moduli.map(\.kernelModulus)
  }

  /// The basis of the first `count` primes.
  package func prefix(_ count: Int) throws(LatticeError) -> RNSBasis {
    try RNSBasis(plans: Array(plans.prefix(count)))
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
