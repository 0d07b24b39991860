/// Numbers as people read them.
enum FigureText {
  /// `1234567` as `1,234,567`.
  static func count(_ number: Int) -> String {
    var groups: [String] = []
    var rest = String(number.magnitude)
    while rest.count > 3 {
      groups.insert(String(rest.suffix(3)), at: 0)
      rest.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([rest] + groups).joined(separator: ",")
  }

  /// `1 record`, `2,870 records`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Such as `512 bytes`, `1.4 MB`; decimal units.
  static func bytes(_ number: Int) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    guard number >= 1000 else { return count(number, "byte") }
    var value = Double(number) / 1000
    var unit = 0
    while value >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return value < 10
      ? "\(tenths(value)) \(units[unit])" : "\(Int(value.rounded())) \(units[unit])"
  }

  /// Such as `0.04 s`, `12.3 s`, `3 min 20 s`.
  static func duration(_ duration: Duration) -> String {
    let seconds = seconds(duration)
    if seconds < 0.1 { return "0.0\(min(9, Int((seconds * 100).rounded()))) s" }
    if seconds < 99.95 { return "\(tenths(seconds)) s" }
    return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
  }

  /// `units` of 10^-scale without needless zeros, such as `0.5`.
  static func decimal(_ units: Int64, scale: Int) -> String {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    var fraction = padded.suffix(scale)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = (units < 0 ? "-" : "") + padded.dropLast(scale)
    return fraction.isEmpty ? whole : "\(whole).\(fraction)"
  }

  static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
