import CLatticeKernels

/// A modulus of at most 61 bits with what its kernels need.
public struct Modulus: Hashable, Sendable {
  /// 2 to 2^61 − 1.
  public let value: UInt64
  package let kernelModulus: clk_modulus

  /// - Throws: `LatticeError.modulusOutOfRange`.
  public init(_ value: UInt64) throws(LatticeError) {
    guard value >= 2, value < 1 << 61 else { throw .modulusOutOfRange(value) }
    self.value = value
    // floor(2^128 / q) = floor((2^128 − 1) / q), unless q divides 2^128: then one more.
    let high = UInt64.max / value
    let remainder = UInt64.max % value
    let (low, rest) = value.dividingFullWidth((remainder, UInt64.max))
    var ratio = (high: high, low: low)
    if rest == value - 1 {
      ratio.low &+= 1
      if ratio.low == 0 { ratio.high += 1 }
    }
    kernelModulus = clk_modulus(q: value, ratio_high: ratio.high, ratio_low: ratio.low)
  }

  /// The number of bits of the largest residue.
  public var bitWidth: Int { UInt64.bitWidth - (value - 1).leadingZeroBitCount }

  /// Whether both have the same value.
  public static func == (a: Modulus, b: Modulus) -> Bool { a.value == b.value }
  /// Hashes the value.
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

// Arithmetic on single residues, for setting up tables. Operands are public: it may branch.
extension Modulus {
  package func reduce(_ x: UInt64) -> UInt64 { x % value }

  package func reduce(_ x: Int64) -> UInt64 {
    let magnitude = x.magnitude % value
    return x < 0 && magnitude != 0 ? value - magnitude : magnitude
  }

  package func add(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let sum = a + b
    return sum >= value ? sum - value : sum
  }

  package func subtract(_ a: UInt64, _ b: UInt64) -> UInt64 {
    a >= b ? a - b : a + value - b
  }

  package func negate(_ a: UInt64) -> UInt64 { a == 0 ? 0 : value - a }

  package func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
    value.dividingFullWidth(a.multipliedFullWidth(by: b)).remainder
  }

  /// high · 2^64 + low modulo q by Barrett's reduction, without division or branch: for secrets.
  package func reduceFixedTime(high: UInt64, low: UInt64) -> UInt64 {
    let ratio = kernelModulus
    let carry = low.multipliedFullWidth(by: ratio.ratio_low).high
    let a = low.multipliedFullWidth(by: ratio.ratio_high)
    let b = high.multipliedFullWidth(by: ratio.ratio_low)
    let middle = UInt128(a.low) &+ UInt128(carry) &+ UInt128(b.low)
    let quotient =
      high &* ratio.ratio_high &+ a.high &+ b.high &+ UInt64(truncatingIfNeeded: middle >> 64)
    let remainder = low &- quotient &* value
    let difference = remainder &- value
    return difference &+ (value & (0 &- (difference >> 63)))
  }

  package func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
    var result: UInt64 = 1 % value
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      square = multiply(square, square)
      rest >>= 1
    }
    return result
  }

  /// The inverse modulo a prime (Fermat).
  package func inverse(_ a: UInt64) -> UInt64 { power(a, value - 2) }

  /// The constant with Shoup's quotient.
  package func constant(_ w: UInt64) -> clk_constant {
    clk_constant(value: w, quotient: value.dividingFullWidth((w, 0)).quotient)
  }
}
