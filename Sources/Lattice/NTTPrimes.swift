/// Primes that have a primitive 2N-th root of unity.
package enum NTTPrimes {
  /// The degrees that the package supports.
  package static let degrees = 8...32768

  /// Whether `degree` is a power of two in `degrees`.
  package static func isSupported(degree: Int) -> Bool {
    degrees.contains(degree) && degree & (degree - 1) == 0
  }

  /// The `count` largest primes of exactly `bits` bits that are 1 modulo 2·`degree` and not in
  /// `excluded`, descending.
  ///
  /// - Throws: `LatticeError.unsupportedDegree`; `.modulusOutOfRange`, of 2^`bits`, unless `bits` is 2
  ///   to 61; `.tooFewPrimes`.
  package static func largest(
    count: Int, bits: Int, degree: Int, excluding excluded: Set<UInt64> = []
  ) throws(LatticeError) -> [UInt64] {
    guard isSupported(degree: degree) else { throw .unsupportedDegree(degree) }
    let step = UInt64(2 * degree)
    var found: [UInt64] = []
    guard (2...61).contains(bits) else {
      throw .modulusOutOfRange(1 << UInt64(min(max(bits, 0), 63)))
    }
    let top = UInt64(1) << UInt64(bits)
    var candidate = (top - 1) / step * step + 1
    while found.count < count, candidate > step, candidate > top / 2 {
      if candidate < top, !excluded.contains(candidate), isPrime(candidate) {
        found.append(candidate)
      }
      candidate -= step
    }
    guard found.count == count else {
      throw .tooFewPrimes(bits: bits, degree: degree, wanted: count)
    }
    return found
  }

  /// The smallest prime above `bound` that is 1 modulo 2·`degree` and below 2^61.
  ///
  /// - Throws: `LatticeError.unsupportedDegree`; `.modulusOutOfRange` for a bound of 2^60 or more.
  package static func smallest(above bound: UInt64, degree: Int) throws(LatticeError) -> UInt64 {
    guard isSupported(degree: degree) else { throw .unsupportedDegree(degree) }
    let step = UInt64(2 * degree)
    guard bound < 1 << 60 else { throw .modulusOutOfRange(bound) }
    var candidate = bound / step * step + 1
    while candidate < 1 << 61 {
      if candidate > bound, isPrime(candidate) { return candidate }
      candidate += step
    }
    throw .modulusOutOfRange(bound)
  }

  /// Whether `n` is a prime that can be a modulus, below 2^61.
  ///
  /// Miller–Rabin with the first twelve primes as bases, which decides every 64-bit number
  /// (Sorenson and Webster 2015).
  package static func isPrime(_ n: UInt64) -> Bool {
    let bases: [UInt64] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    if n < 2 { return false }
    for p in bases where n.isMultiple(of: p) { return n == p }
    guard let modulus = try? Modulus(n) else { return false }
    let twos = (n - 1).trailingZeroBitCount
    let odd = (n - 1) >> UInt64(twos)
    for base in bases {
      var x = modulus.power(base, odd)
      if x == 1 || x == n - 1 { continue }
      var isWitness = true
      for _ in 1..<max(twos, 1) {
        x = modulus.multiply(x, x)
        if x == n - 1 {
          isWitness = false
          break
        }
      }
      if isWitness { return false }
    }
    return true
  }
}
