import CLatticeKernels

/// A modulus that an input chooses, with what kernels need of it.
struct FuzzedModulus: Sendable {
  let q: UInt64

  init(_ q: UInt64) { self.q = q }

  /// Any modulus from `least` to 2^61 − 1, near a power of two as often as not.
  init(_ numbers: inout FuzzedNumbers, least: UInt64 = 2) {
    let bits = UInt64(numbers.byte() % 61) + 1
    let top = UInt64(1) << bits
    let distance = numbers.byte()
    let q =
      distance < 128
      ? (distance < 64 ? top &+ UInt64(distance) : top &- UInt64(distance - 63))
      : top | numbers.word() & (top - 1)
    self.q = min(max(q, least), 1 << 61 - 1)
  }

  /// The same with its lowest bit set.
  var odd: FuzzedModulus { FuzzedModulus(q | 1) }

  var kernelModulus: clk_modulus {
    // 2^128 − 1 has the same quotient unless q divides 2^128.
    let ratio = UInt128.max / UInt128(q) + (q.nonzeroBitCount == 1 ? 1 : 0)
    return clk_modulus(
      q: q, ratio_high: UInt64(ratio >> 64), ratio_low: UInt64(truncatingIfNeeded: ratio))
  }

  func constant(_ w: UInt64) -> clk_constant {
    clk_constant(value: w, quotient: UInt64((UInt128(w) << 64) / UInt128(q)))
  }

  func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
    var (result, square, rest) = (1 % q, base % q, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, square) }
      square = product(square, square)
      rest >>= 1
    }
    return result
  }

  func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
    UInt64(UInt128(a) * UInt128(b) % UInt128(q))
  }

  /// A primitive root of unity of order 2·degree, if q is a prime that has one and is not the
  /// unlikely one that none of a few candidates gives a root of.
  func root(degree: Int) -> UInt64? {
    guard q % UInt64(2 * degree) == 1, power(2, q - 1) == 1, power(3, q - 1) == 1 else {
      return nil
    }
    return (2..<40).lazy.map { power($0, (q - 1) / UInt64(2 * degree)) }
      .first { power($0, UInt64(degree)) == q - 1 }
  }
}

/// A prime with a transform of some degree.
struct TransformPrime: Sendable {
  let degree: Int
  let modulus: FuzzedModulus
  let root: UInt64

  private static let widths = [20, 30, 42, 45, 46, 48, 49, 50, 51, 52, 59, 60]

  /// The largest and the smallest primes of the widths, for degrees from 8 to 2048.
  static func all() -> [TransformPrime] {
    (3...11).flatMap { exponent -> [TransformPrime] in
      let degree = 1 << exponent
      return widths.flatMap { width -> [TransformPrime] in
        let (step, top) = (2 * degree, 1 << width)
        let downward = stride(from: (top - 1) / step * step + 1, to: top / 2, by: -step)
        let upward = stride(from: (top / 2 / step + 1) * step + 1, to: top, by: step)
        return [downward, upward].compactMap { first(of: $0, degree: degree) }
      }
    }
  }

  private static func first(of candidates: StrideTo<Int>, degree: Int) -> TransformPrime? {
    for q in candidates {
      if let prime = TransformPrime(degree: degree, q: UInt64(q)) { return prime }
    }
    return nil
  }

  private init?(degree: Int, q: UInt64) {
    let modulus = FuzzedModulus(q)
    guard let root = modulus.root(degree: degree) else { return nil }
    (self.degree, self.modulus, self.root) = (degree, modulus, root)
  }
}
