import BigInteger
import Foundation

/// Doubles as PostgreSQL 15 prints them: the fewest digits that lie nearer to the number than to any
/// other double, exponents like 1e+20 from 15 digits before the point and after four zeros behind it.
enum DoubleText {
  static func shortest(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    let sign = value.sign == .minus ? "-" : ""
    if value.isInfinite { return sign + "Infinity" }
    if value == 0 { return sign + "0" }
    let (digits, exponent) = Decimals(value.magnitude).fewest()
    return sign + text(digits, exponent)
  }

  /// The digits with a point after the first, times 10^`exponent`.
  private static func text(_ digits: String, _ exponent: Int) -> String {
    let count = digits.utf8.count
    guard (-4..<15).contains(exponent) else {
      let fraction = count > 1 ? "." + digits.dropFirst() : ""
      let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
      return "\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(power)"
    }
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
    if exponent >= count - 1 {
      return digits + String(repeating: "0", count: exponent + 1 - count)
    }
    return "\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
  }

  /// The decimals about a positive double, in exact arithmetic.
  private struct Decimals {
    let double: ExactDouble
    /// The middles to the next doubles, in quarters of the last place.
    let lower: BigInteger
    let upper: BigInteger
    /// The power of ten of the first digit, or one off.
    let estimate: Int

    init(_ value: Double) {
      double = ExactDouble(value)
      lower = (double.significand << 2) - (double.isPowerOfTwo ? 1 : 2)
      upper = (double.significand << 2) + 2
      estimate = Int(log10(value).rounded(.down))
    }

    /// The fewest digits strictly between the middles, of those the nearest ones.
    func fewest() -> (digits: String, exponent: Int) {
      var first = estimate
      // One digit less than asked for means that the estimate was too high, one more too low.
      if candidate(at: first).map({ $0.below.isZero }) == true { first -= 1 }
      if candidate(at: first + 1).map({ !$0.below.isZero }) == true { first += 1 }
      for place in stride(from: first, through: first - 17, by: -1) {
        guard let digits = candidate(at: place)?.nearest else { continue }
        let text = digits.decimal
        let kept = text.utf8.reversed().drop { $0 == UInt8(ascii: "0") }.count
        return (String(text.prefix(kept)), place + text.utf8.count - 1)
      }
      return ("0", 0)
    }

    /// The number in units of 10^`place`, cut off; and the nearest count of units that stands for no
    /// other double, nil when there is none.
    private func candidate(at place: Int) -> (below: BigInteger, nearest: BigInteger?)? {
      let top = BigInteger.powerOfTen(-place) << max(0, double.exponent)
      let unit = BigInteger.powerOfTen(place) << max(0, -double.exponent)
      guard
        let (below, rest) = (double.significand * top).quotientAndRemainder(dividingBy: unit)
      else { return nil }
      let choices = [below, below + 1].filter { units in
        let quarters = (units * unit) << 2
        return lower * top < quarters && quarters < upper * top
      }
      let twice = rest << 1
      let above = twice > unit || (twice == unit && below.isOdd)
      return (below, choices.count == 2 && above ? choices.last : choices.first)
    }
  }
}
