import CLatticeKernels
import _TestSupport

/// A modulus with what kernels need of it, by division.
struct KernelModulus: Hashable, Sendable {
  let q: UInt64

  /// floor(2^128 / q).
  var kernelModulus: clk_modulus {
    // 2^128 − 1 has the same quotient unless q divides 2^128.
    let ratio = UInt128.max / UInt128(q) + (q.nonzeroBitCount == 1 ? 1 : 0)
    return clk_modulus(
      q: q, ratio_high: UInt64(ratio >> 64), ratio_low: UInt64(truncatingIfNeeded: ratio))
  }

  /// The constant w with floor(2^64 w / q).
  func constant(_ w: UInt64) -> clk_constant {
    clk_constant(value: w, quotient: UInt64((UInt128(w) << 64) / UInt128(q)))
  }

  func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
    UInt64(UInt128(a) * UInt128(b) % UInt128(q))
  }

  func add(_ a: UInt64, _ b: UInt64) -> UInt64 { UInt64((UInt128(a) + UInt128(b)) % UInt128(q)) }

  func negate(_ a: UInt64) -> UInt64 { a == 0 ? 0 : q - a }

  func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
    var result = 1 % q
    var square = base % q
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      square = multiply(square, square)
      rest >>= 1
    }
    return result
  }

  /// The inverse modulo a prime.
  func inverse(_ a: UInt64) -> UInt64 { power(a, q - 2) }

  /// A primitive root of unity of order 2·degree modulo a prime that has one.
  func root(degree: Int) -> UInt64 {
    var candidate: UInt64 = 2
    while true {
      let root = power(candidate, (q - 1) / UInt64(2 * degree))
      if power(root, UInt64(degree)) == q - 1 { return root }
      candidate += 1
    }
  }

  /// An integer modulo q.
  func residue(_ x: Int64) -> UInt64 {
    let rest = x.magnitude % q
    return x < 0 ? negate(rest) : rest
  }

  /// The residue modulo q of the centred representative of `a` modulo `from`.
  func residue(centred a: UInt64, from: UInt64) -> UInt64 {
    a > from / 2 ? negate((from - a) % q) : a % q
  }

  /// Miller–Rabin with the bases that decide every 64-bit number (Sorenson and Webster 2015).
  var isPrime: Bool {
    let bases: [UInt64] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    if q < 2 { return false }
    for p in bases where q.isMultiple(of: p) { return q == p }
    let twos = (q - 1).trailingZeroBitCount
    for base in bases {
      var x = power(base, (q - 1) >> UInt64(twos))
      var passes = x == 1 || x == q - 1
      for _ in 1..<max(twos, 1) where !passes {
        x = multiply(x, x)
        passes = x == q - 1
      }
      if !passes { return false }
    }
    return true
  }
}

/// The moduli that tests go through, found once.
enum KernelModuli {
  static let degrees = (3...15).map { 1 << $0 }

  /// Widths on both sides of what a path may take for itself, the least and the largest among them.
  static let widths = [20, 30, 36, 42, 44, 45, 46, 47, 48, 49, 50, 51, 52, 60, 61]

  /// For each degree the largest prime of each width that is 1 modulo 2·degree.
  static let largestPrimes = primes { top, step in
    stride(from: (top - 1) / step * step + 1, to: top / 2, by: -Int(step))
  }

  /// For each degree the smallest prime of each width, just above a power of two, and the smallest of
  /// all.
  static let smallestPrimes: [Int: [KernelModulus]] = {
    var result = primes { top, step in
      stride(from: top / 2 / step * step + 1, to: top, by: Int(step))
    }
    for degree in degrees {
      let step = UInt64(2 * degree)
      let all = stride(from: step + 1, to: 1 << 40, by: Int(step))
      if let smallest = all.lazy.map(KernelModulus.init).first(where: \.isPrime) {
        result[degree, default: []].append(smallest)
      }
    }
    return result
  }()

  private static func primes(
    candidates: (_ top: UInt64, _ step: UInt64) -> StrideTo<UInt64>
  ) -> [Int: [KernelModulus]] {
    var result: [Int: [KernelModulus]] = [:]
    for degree in degrees {
      for width in widths {
        let top = UInt64(1) << UInt64(width)
        let prime = candidates(top, UInt64(2 * degree)).lazy.map(KernelModulus.init)
          .first { $0.q > top / 2 && $0.q < top && $0.isPrime }
        if let prime { result[degree, default: []].append(prime) }
      }
    }
    return result
  }

  /// The primes of pointwise kernels: both ends of each width.
  static let primes =
    (largestPrimes[8] ?? []) + (smallestPrimes[1024] ?? []) + (largestPrimes[32768] ?? [])

  /// Moduli that are no primes of a transform: the smallest, powers of two and their neighbours.
  static let others: [KernelModulus] = {
    let small: [UInt64] = [2, 3, 4, 5, 7, 8, 17, 127, 128, 129, 255, 256, 257, 1000, 65537]
    let exponents: [UInt64] = [13, 14, 15, 20, 31, 32, 33, 46, 47, 48, 49, 50, 51, 52, 53, 60]
    let powers = exponents.flatMap { exponent -> [UInt64] in
      let power = UInt64(1) << exponent
      return [power - 1, power, power + 1]
    }
    return (small + powers + [(1 << 61) - 1]).map(KernelModulus.init)
  }()

  static let all = primes + others
}
