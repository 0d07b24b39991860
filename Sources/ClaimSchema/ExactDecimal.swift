/// Decimal text against whole units of 10^-scale, without ever passing through floating point.
package struct ExactDecimal: Hashable, Sendable {
  /// The largest whole number of units not above the value; saturates at ±`limit`.
  package let floor: Int64
  /// True when the value is `floor` units exactly.
  package let isExact: Bool

  /// No range that a schema declares reaches this magnitude.
  package static let limit: Int64 = 1 << 62

  /// Reads an optional sign, digits and at most one point: `-12.50`, `+3`, `.5`. Nil for anything
  /// else, exponents included.
  package init?(_ bytes: some Collection<UInt8>, scale: Int) {
    var isNegative = false
    var magnitude: Int64 = 0
    var digits = 0
    var decimals: Int?
    var hasRemainder = false
    for (position, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "+") where position == 0: break
      case UInt8(ascii: "-") where position == 0: isNegative = true
      case UInt8(ascii: ".") where decimals == nil: decimals = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if let count = decimals, count >= scale {
          hasRemainder = hasRemainder || byte != UInt8(ascii: "0")
        } else {
          if let count = decimals { decimals = count + 1 }
          magnitude = ExactDecimal.shifted(magnitude, by: Int64(byte - UInt8(ascii: "0")))
        }
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    for _ in (decimals ?? 0)..<max(scale, decimals ?? 0) {
      magnitude = ExactDecimal.shifted(magnitude, by: 0)
    }
    isExact = !hasRemainder
    floor = isNegative ? max(-magnitude - (hasRemainder ? 1 : 0), -ExactDecimal.limit) : magnitude
  }

  /// Reads a numeric constant of SQL, which may also have an exponent: `1.5e3`.
  package init?(literal text: String, scale: Int) {
    let parts = text.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "e" || $0 == "E" })
    guard let mantissa = parts.first else { return nil }
    if parts.count == 1 {
      self.init(mantissa.utf8, scale: scale)
      return
    }
    // The validity of the mantissa does not depend on the exponent.
    guard ExactDecimal(mantissa.utf8, scale: 0) != nil, let exponent = Int(parts[1]) else {
      return nil
    }
    // Beyond this the value saturates, or differs from 0 by less than any unit.
    let bounded = Swift.min(Swift.max(exponent, -5000), 5000)
    self.init(ExactDecimal.moving(pointOf: mantissa, by: bounded).utf8, scale: scale)
  }

  /// A numeric constant without its exponent, such as `1500` for `1.5e3`; nil when it is none, or its
  /// exponent is too large for an amount.
  static func plainText(literal text: String) -> String? {
    guard let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return text }
    guard let exponent = Int(text[text.index(after: mark)...]), exponent.magnitude <= 64 else {
      return nil
    }
    let moved = moving(pointOf: text[..<mark], by: exponent)
    return moved.hasSuffix(".") ? String(moved.dropLast()) : moved
  }

  private static func shifted(_ magnitude: Int64, by digit: Int64) -> Int64 {
    let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
    return overflow ? limit : min(min(product, limit) + digit, limit)
  }

  private static func moving(pointOf mantissa: Substring, by exponent: Int) -> String {
    var sign = ""
    var digits = mantissa
    if let first = mantissa.first, first == "-" || first == "+" {
      sign = String(first)
      digits = mantissa.dropFirst()
    }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var whole = String(parts.first ?? "")
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    if exponent >= 0 {
      let moved = fraction.prefix(exponent)
      whole += moved + String(repeating: "0", count: exponent - moved.count)
      fraction = String(fraction.dropFirst(exponent))
    } else {
      let moved = whole.suffix(-exponent)
      fraction = String(repeating: "0", count: -exponent - moved.count) + moved + fraction
      whole = String(whole.dropLast(-exponent))
    }
    return sign + whole + "." + fraction
  }
}

extension ExactDecimal {
  /// `units` of 10^-scale as decimal text with exactly `scale` decimals, such as `-12.50`.
  package static func text(_ units: Int64, scale: Int) -> String {
    let digits = String(units.magnitude)
    let sign = units < 0 ? "-" : ""
    guard scale > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }
}
