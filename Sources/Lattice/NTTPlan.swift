import CLatticeKernels

/// The tables of the negacyclic number-theoretic transform for one prime and degree.
///
/// The evaluation form is canonical: position i holds the value at ψ^(2·bitrev(i) + 1), fully
/// reduced, where ψ is the smallest primitive 2N-th root of unity.
package final class NTTPlan: Sendable {
  package let degree: Int
  package let modulus: Modulus
  /// ψ.
  package let root: UInt64
  let roots: [clk_constant]
  let inverseRoots: [clk_constant]
  let inverseDegree: clk_constant

  package init(degree: Int, modulus: Modulus) throws(LatticeError) {
    guard NTTPrimes.isSupported(degree: degree) else { throw .unsupportedDegree(degree) }
    let q = modulus.value
    guard q % UInt64(2 * degree) == 1, NTTPrimes.isPrime(q) else {
      throw .notAnNTTPrime(modulus: q, degree: degree)
    }
    self.degree = degree
    self.modulus = modulus
    root = NTTPlan.smallestPrimitiveRoot(order: UInt64(2 * degree), modulus)
    let inverseRoot = modulus.inverse(root)
    let levels = degree.trailingZeroBitCount
    var forward = [clk_constant](repeating: clk_constant(), count: degree)
    var inverse = forward
    var power: UInt64 = 1
    var inversePower: UInt64 = 1
    for exponent in 0..<degree {
      let position = bitReversed(exponent, width: levels)
      forward[position] = modulus.constant(power)
      inverse[position] = modulus.constant(inversePower)
      power = modulus.multiply(power, root)
      inversePower = modulus.multiply(inversePower, inverseRoot)
    }
    roots = forward
    inverseRoots = inverse
    inverseDegree = modulus.constant(modulus.inverse(UInt64(degree) % q))
  }

  private static func smallestPrimitiveRoot(order: UInt64, _ modulus: Modulus) -> UInt64 {
    let q = modulus.value
    var candidate: UInt64 = 2
    var root = modulus.power(candidate, (q - 1) / order)
    // ψ has order 2N exactly when ψ^N = −1.
    while modulus.power(root, order / 2) != q - 1 {
      candidate += 1
      root = modulus.power(candidate, (q - 1) / order)
    }
    let square = modulus.multiply(root, root)
    var smallest = root
    for _ in 0..<(order / 2) {
      root = modulus.multiply(root, square)
      smallest = min(smallest, root)
    }
    return smallest
  }
}

/// The lowest `width` bits of `x` in reverse order.
package func bitReversed(_ x: Int, width: Int) -> Int {
  var result = 0
  for bit in 0..<width where x >> bit & 1 == 1 { result |= 1 << (width - 1 - bit) }
  return result
}
