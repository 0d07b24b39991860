import BigInteger

/// An exact decimal, SQL's `numeric`: `unscaled` · 10^-`scale`.
///
/// The scale is how many decimals are printed. It is no part of the value: 1.5 equals 1.50.
public struct Numeric: Sendable {
  /// PostgreSQL's most digits before the point.
  static let mostWholeDigits = 131_072
  /// PostgreSQL's most digits after the point.
  static let mostDecimals = 16_383

  /// The number in units of 10^-`scale`.
  public let unscaled: BigInteger
  /// The decimals that are printed, from 0 to 16383.
  public let scale: Int

  /// `unscaled` · 10^-`scale`.
  ///
  /// - Throws: ``ResultError/numericOverflow`` for more than 131,072 digits before the point or a
  ///   scale that is not from 0 to 16,383.
  package init(unscaled: BigInteger, scale: Int) throws(ResultError) {
    guard (0...Numeric.mostDecimals).contains(scale) else { throw .numericOverflow }
    // A digit takes more than 3.32 bits, so that few numbers need the exact comparison.
    let most = Numeric.mostWholeDigits + scale
    if unscaled.bitCount > most / 100 * 332 {
      guard unscaled.magnitude < .powerOfTen(most) else { throw .numericOverflow }
    }
    self.unscaled = unscaled
    self.scale = scale
  }

  /// A whole number.
  package init(_ value: Int64) {
    unscaled = BigInteger(value)
    scale = 0
  }

  /// −1, 0 or 1.
  var signum: Int { unscaled.signum }
}

extension Numeric: Hashable {
  /// Equal by value, whatever the scales.
  public static func == (a: Numeric, b: Numeric) -> Bool { a.compare(b) == 0 }

  /// Numbers of one value are near the same double.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(try? nearestDouble())
  }

  /// Negative, zero or positive as the number is below, at or above the other.
  package func compare(_ other: Numeric) -> Int {
    let left = unscaled * .powerOfTen(max(0, other.scale - scale))
    let right = other.unscaled * .powerOfTen(max(0, scale - other.scale))
    return left == right ? 0 : left < right ? -1 : 1
  }
}

extension Numeric {
  /// The digits, with `scale` of them after the point.
  public var text: String {
    let digits = unscaled.magnitude.decimal
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
    let whole = padded.dropLast(scale)
    let sign = signum < 0 ? "-" : ""
    return scale == 0 ? sign + whole : "\(sign)\(whole).\(padded.suffix(scale))"
  }
}
