/// What kernels compute, by definition and in 128-bit arithmetic.
enum KernelReference {
  /// The product of two polynomials modulo X^n + 1.
  static func negacyclicProduct(
    _ a: [UInt64], _ b: [UInt64], _ modulus: KernelModulus
  ) -> [UInt64] {
    let q = UInt128(modulus.q)
    let degree = a.count
    // Coefficients of X^n and beyond come back with the opposite sign: sums of either sign apart,
    // reduced before 2^122 · 32 could grow beyond a word.
    return (0..<degree).map { k in
      var plus: UInt128 = 0
      var minus: UInt128 = 0
      for i in 0..<degree {
        if i <= k {
          plus += UInt128(a[i]) * UInt128(b[k - i])
        } else {
          minus += UInt128(a[i]) * UInt128(b[degree + k - i])
        }
        if i % 32 == 31 {
          plus %= q
          minus %= q
        }
      }
      return UInt64((plus % q + q - minus % q) % q)
    }
  }

  /// The value of a polynomial at a point (Horner).
  static func value(
    of coefficients: [UInt64], at point: UInt64, _ modulus: KernelModulus
  ) -> UInt64 {
    let q = UInt128(modulus.q)
    var value: UInt128 = 0
    for coefficient in coefficients.reversed() {
      value = (value * UInt128(point) + UInt128(coefficient)) % q
    }
    return UInt64(value)
  }

  /// The exponent of the root of unity whose value stands at a position of a transform.
  static func exponent(position: Int, degree: Int) -> UInt64 {
    var reversed = 0
    var rest = position
    for _ in 0..<degree.trailingZeroBitCount {
      reversed = reversed << 1 | rest & 1
      rest >>= 1
    }
    return UInt64(2 * reversed + 1)
  }

  /// x / q in units of 2^-51 as base conversion rounds it: x is brought to 52 bits and multiplied by
  /// floor(2^(51 + bits) / q).
  static func fraction(_ x: UInt64, _ modulus: KernelModulus) -> UInt64 {
    let bits = UInt64.bitWidth - modulus.q.leadingZeroBitCount
    let ratio = (UInt128(1) << UInt128(51 + bits)) / UInt128(modulus.q)
    let digit = bits <= 52 ? x << UInt64(52 - bits) : x >> UInt64(bits - 52)
    return UInt64((UInt128(digit) * ratio) >> 52)
  }

  /// The multiple of the product of all primes that digits stand for too much.
  static func overflow(_ digits: [UInt64], _ sources: [KernelModulus]) -> UInt64 {
    zip(digits, sources).reduce(1 << 50) { $0 + fraction($1.0, $1.1) } >> 51
  }

  /// Consecutive fields of `bits` bits, bit after bit.
  static func packed(_ fields: [UInt64], bits: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: fields.count * bits / 8)
    for (index, field) in fields.enumerated() {
      for bit in 0..<bits where field >> UInt64(bit) & 1 == 1 {
        let position = index * bits + bit
        bytes[position / 8] |= 1 << UInt8(position % 8)
      }
    }
    return bytes
  }
}
