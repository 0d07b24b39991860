public import BigInteger

/// A number as python-paillier encodes it: mantissa · 16^exponent. The mantissa is encrypted, the
/// exponent travels beside the ciphertext in clear.
///
/// Only what is exact is encoded: integers with the exponent 0, and decimals that end in binary too,
/// such as 2.5 or 0.0625. (python-paillier takes 0.1 for the binary fraction nearest to it; such a
/// number can be read and is written out with all its digits.)
public struct EncodedNumber: Hashable, Sendable {
  /// The exponents that are admitted: −1024 to 1024. Those of floating-point numbers of 64 bits are
  /// within ±300.
  public static let admittedExponents = -1024...1024

  /// The whole number before scaling.
  public let mantissa: BigInteger
  /// The power of 16 that scales it.
  public let exponent: Int

  /// - Throws: ``PaillierError/exponentOutOfRange(exponent:)``.
  public init(mantissa: BigInteger, exponent: Int) throws(PaillierError) {
    try EncodedNumber.check(exponent)
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// The number in decimal text, with the largest exponent up to 0 that it is exact with.
  ///
  /// - Throws: ``PaillierError/invalidDecimal(problem:)`` for text that is no decimal of at most 38
  ///   digits after the point, or has no exact binary fraction.
  public init(exactly text: String) throws(PaillierError) {
    let point = text.utf8.firstIndex(of: UInt8(ascii: "."))
    let digits = point.map { text.utf8.distance(from: $0, to: text.utf8.endIndex) - 1 } ?? 0
    guard let scale = try? DecimalScale(digits: max(0, digits)) else {
      throw .invalidDecimal(
        problem: "more than \(DecimalScale.admittedDigits.upperBound) digits after the point")
    }
    // u / 10^k = (u / 5^k) / 2^k.
    let units = try scale.integer(of: text)
    let division = units.quotientAndRemainder(dividingBy: EncodedNumber.powerOfFive(digits))
    guard let division, division.remainder.isZero else {
      throw .invalidDecimal(
        problem: "it has no exact binary fraction: 2.5 and 0.0625 have one, 0.1 has none")
    }
    var exponent = -((digits + 3) / 4)
    var mantissa = division.quotient << (-4 * exponent - digits)
    while exponent < 0, mantissa.lowBits(4).isZero {
      mantissa = mantissa >> 4
      exponent += 1
    }
    try self.init(mantissa: mantissa, exponent: exponent)
  }

  /// The exact value in decimal text, without zeros that end it.
  public var decimal: String {
    guard exponent < 0 else { return (mantissa << (4 * exponent)).decimal }
    let digits = -4 * exponent
    let text = DecimalScale.text(
      of: mantissa * EncodedNumber.powerOfFive(digits), digits: digits)
    let trimmed = String(text.reversed().drop { $0 == "0" }.reversed())
    return trimmed.hasSuffix(".") ? String(trimmed.dropLast()) : trimmed
  }

  static func check(_ exponent: Int) throws(PaillierError) {
    guard admittedExponents.contains(exponent) else {
      throw .exponentOutOfRange(exponent: exponent)
    }
  }

  private static func powerOfFive(_ exponent: Int) -> BigInteger {
    var (power, base, rest) = (BigInteger(1), BigInteger(5), exponent)
    while rest > 0 {
      if rest & 1 == 1 { power *= base }
      base *= base
      rest >>= 1
    }
    return power
  }
}
