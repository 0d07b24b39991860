/// Means as decimals from whole numbers; no binary fraction is involved anywhere.
enum MeanText {
  /// sum · 10^-scale / count, rounded half away from zero, with at least 16 significant digits, at
  /// least 6 decimals and at least `scale` decimals, after PostgreSQL's mean of `numeric`.
  ///
  /// `count` must be positive.
  static func decimal(sum: Int64, count: Int64, scale: Int) -> String {
    let scale = max(0, scale)
    let dividend = UInt128(sum.magnitude)
    let divisor = UInt128(max(1, count))
    // Decimals beyond `scale`, so that the quotient of whole numbers has 16 digits; fewer than 36,
    // and the products below stay under 10^36.
    var extra = max(0, 6 - scale)
    if dividend > 0 {
      let least = UInt128(1_000_000_000_000_000) * divisor
      var digits = 0
      var scaled = dividend
      while scaled < least {
        scaled *= 10
        digits += 1
      }
      extra = max(extra, digits)
    }
    var scaled = dividend
    for _ in 0..<extra { scaled *= 10 }
    let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: divisor)
    let rounded = remainder >= divisor - remainder ? quotient + 1 : quotient
    let decimals = scale + extra
    let digits = String(rounded)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = sum < 0 && rounded > 0 ? "-" : ""
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}
