public import BigInteger

/// How many digits after the point a fixed-point number has. It turns decimal text into the integers
/// that are encrypted and back, without rounding.
///
/// The scale is no part of a ciphertext: who decrypts has to know it. Sums keep the scale, products add
/// their factors' scales.
public struct DecimalScale: Hashable, Sendable {
  /// The numbers of digits that are admitted: 0 to 38.
  public static let admittedDigits = 0...38
  /// Whole numbers.
  public static let whole = DecimalScale(digits: 0, isAdmitted: ())
  /// The digits after the point.
  public let digits: Int

  /// No plaintext has more digits.
  private static let characterLimit = 2048

  /// - Throws: ``PaillierError/scaleOutOfRange(digits:)``.
  public init(digits: Int) throws(PaillierError) {
    guard DecimalScale.admittedDigits.contains(digits) else {
      throw .scaleOutOfRange(digits: digits)
    }
    self.init(digits: digits, isAdmitted: ())
  }

  private init(digits: Int, isAdmitted: Void) { self.digits = digits }

  /// The number of units of 10^−digits in the text: an optional minus sign, digits, and optionally a
  /// point and at most ``digits`` digits. `-12.5` is −1250 at a scale of 2.
  ///
  /// - Throws: ``PaillierError/invalidDecimal(problem:)`` for any other text: exponents, separators,
  ///   a plus sign, blanks, more digits after the point even if they are 0.
  public func integer(of text: String) throws(PaillierError) -> BigInteger {
    guard text.utf8.count <= DecimalScale.characterLimit else {
      throw .invalidDecimal(problem: "more than \(DecimalScale.characterLimit) characters")
    }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? parts[1] : ""
    guard parts.count == 1 || DecimalScale.isDigits(decimals),
      DecimalScale.isDigits(text.hasPrefix("-") ? parts[0].dropFirst() : parts[0])
    else {
      throw .invalidDecimal(
        problem: "write digits with one point at most, and a minus sign in front if it is negative")
    }
    guard decimals.utf8.count <= digits else {
      throw .invalidDecimal(
        problem: "more digits after the point than the \(digits) of the scale")
    }
    let zeros = String(repeating: "0", count: digits - decimals.utf8.count)
    guard let integer = BigInteger(decimal: "\(parts[0])\(decimals)\(zeros)") else {
      throw .invalidDecimal(problem: "it has no digits")
    }
    return integer
  }

  /// So many units as decimal text with exactly ``digits`` digits after the point.
  public func text(of units: BigInteger) -> String {
    DecimalScale.text(of: units, digits: digits)
  }

  /// The same for any number of digits.
  static func text(of units: BigInteger, digits: Int) -> String {
    guard digits > 0 else { return units.decimal }
    let magnitude = (units.signum < 0 ? -units : units).decimal
    let padding = String(repeating: "0", count: max(0, digits + 1 - magnitude.utf8.count))
    let padded = padding + magnitude
    return "\(units.signum < 0 ? "-" : "")\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }

  /// The digits 0 to 9 only: other scripts' digits are not taken.
  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}
