import BigInteger

/// An exact decimal, for arithmetic between constants.
struct DecimalConstant {
  private let coefficient: BigInteger
  /// Digits after the point.
  private let scale: Int

  /// The most digits, and the largest exponent, of a constant that is calculated with.
  private static let digitLimit = 1000

  private init(coefficient: BigInteger, scale: Int) {
    self.coefficient = coefficient
    self.scale = scale
  }

  /// Reads a sign, digits, at most one point and an exponent; nil for anything else, and for numbers
  /// too long to calculate with.
  init?(_ text: some StringProtocol) {
    let parts = text.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "e" || $0 == "E" })
    guard let mantissa = parts.first, text.utf8.count <= DecimalConstant.digitLimit else {
      return nil
    }
    let exponent = parts.count == 2 ? Int(parts[1]) : 0
    guard let exponent,
      (-DecimalConstant.digitLimit...DecimalConstant.digitLimit).contains(exponent)
    else { return nil }
    let isNegative = mantissa.hasPrefix("-")
    let unsigned = isNegative || mantissa.hasPrefix("+") ? mantissa.dropFirst() : mantissa[...]
    let digits = unsigned.split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = digits.count == 2 ? digits[1].utf8.count : 0
    let zeros = max(0, exponent - fraction)
    let written = digits.joined() + String(repeating: "0", count: zeros)
    guard let magnitude = BigInteger(decimal: written), !written.isEmpty else { return nil }
    coefficient = isNegative ? -magnitude : magnitude
    scale = max(0, fraction - exponent)
  }

  /// The number with all its digits after the point, as PostgreSQL shows a numeric.
  var text: String {
    let magnitude = (coefficient < 0 ? -coefficient : coefficient).description
    let padded = String(repeating: "0", count: max(0, scale + 1 - magnitude.count)) + magnitude
    let whole = padded.dropLast(scale)
    let number = scale == 0 ? String(whole) : whole + "." + padded.suffix(scale)
    return coefficient < 0 ? "-" + number : number
  }

  static func + (a: Self, b: Self) -> Self {
    let scale = max(a.scale, b.scale)
    return Self(coefficient: a.units(scale) + b.units(scale), scale: scale)
  }

  static func - (a: Self, b: Self) -> Self {
    let scale = max(a.scale, b.scale)
    return Self(coefficient: a.units(scale) - b.units(scale), scale: scale)
  }

  static func * (a: Self, b: Self) -> Self {
    Self(coefficient: a.coefficient * b.coefficient, scale: a.scale + b.scale)
  }

  /// The number in units of 10^-scale, which is at least its own scale.
  private func units(_ scale: Int) -> BigInteger {
    (self.scale..<scale).reduce(coefficient) { units, _ in units * 10 }
  }
}
