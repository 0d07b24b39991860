/// How amounts are written: the character before the decimals.
public enum DecimalMark: String, CaseIterable, Hashable, Sendable {
  /// `1,234.56`
  case point = "."
  /// `1.234,56`
  case comma = ","

  /// What may stand between groups of three digits.
  fileprivate var separators: [Unicode.Scalar] {
    // Comma or point; apostrophes; spaces, those that do not break among them.
    [self == .point ? "," : ".", "'", "\u{2019}", " ", "\u{A0}", "\u{2009}", "\u{202F}"]
  }
}

/// An amount as ledgers and spreadsheets write it: with a currency sign or code, groups of three
/// digits, and a minus before or after it or parentheses around it.
struct AmountText {
  /// Sign, digits and at most one point.
  let plain: [UInt8]
  /// The currency's code, as far as the sign tells it; nil when none is written.
  let currency: String?

  /// Nil when the text is no amount.
  init?(_ cell: ArraySlice<UInt8>, mark: DecimalMark) {
    if mark == .point, AmountText.isPlain(cell) {
      plain = Array(cell)
      currency = nil
      return
    }
    var rest = Array(String(decoding: cell, as: UTF8.self).unicodeScalars)[...]
    var currency: String?
    var signs = 0
    var isNegative = false
    // Signs and currency stand around the digits in any order, each at most once.
    while true {
      AmountText.trim(&rest)
      if rest.first == "(", rest.last == ")", rest.count > 2 {
        rest = rest.dropFirst().dropLast()
        (signs, isNegative) = (signs + 1, true)
      } else if let sign = rest.first, let minus = AmountText.sign(sign) {
        rest = rest.dropFirst()
        (signs, isNegative) = (signs + 1, minus)
      } else if let sign = rest.last, let minus = AmountText.sign(sign) {
        rest = rest.dropLast()
        (signs, isNegative) = (signs + 1, minus)
      } else if let found = AmountText.takeCurrency(&rest) {
        guard currency == nil else { return nil }
        currency = found
      } else {
        break
      }
    }
    guard signs <= 1, let digits = AmountText.digits(rest, mark: mark) else { return nil }
    plain = (isNegative ? [UInt8(ascii: "-")] : []) + digits
    self.currency = currency
  }

  /// Whether there are digits and points only, after a sign that may stand before them.
  private static func isPlain(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let first = cell.first else { return true }
    let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    return cell.dropFirst(isSigned ? 1 : 0).allSatisfy { byte in
      byte == UInt8(ascii: ".") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
  }

  private static func trim(_ rest: inout ArraySlice<Unicode.Scalar>) {
    while let first = rest.first, first.properties.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.properties.isWhitespace { rest = rest.dropLast() }
  }

  /// Whether a sign is a minus; nil for other characters.
  private static func sign(_ scalar: Unicode.Scalar) -> Bool? {
    switch scalar {
    case "-", "\u{2212}": true
    case "+": false
    default: nil
    }
  }

  private static func takeCurrency(_ rest: inout ArraySlice<Unicode.Scalar>) -> String? {
    if let first = rest.first, first.properties.generalCategory == .currencySymbol {
      rest = rest.dropFirst()
      return code(of: first)
    }
    if let last = rest.last, last.properties.generalCategory == .currencySymbol {
      rest = rest.dropLast()
      return code(of: last)
    }
    if rest.count > 3, rest.prefix(3).allSatisfy(isCapital) {
      defer { rest = rest.dropFirst(3) }
      return String(String.UnicodeScalarView(rest.prefix(3)))
    }
    if rest.count > 3, rest.suffix(3).allSatisfy(isCapital) {
      defer { rest = rest.dropLast(3) }
      return String(String.UnicodeScalarView(rest.suffix(3)))
    }
    return nil
  }

  private static func isCapital(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }

  private static func code(of symbol: Unicode.Scalar) -> String {
    switch symbol {
    case "$": "USD"
    case "€": "EUR"
    case "£": "GBP"
    case "¥": "JPY"
    default: String(symbol)
    }
  }
}

extension AmountText {
  /// Digits with the point as the decimal mark; nil where groups are not of three.
  private static func digits(
    _ scalars: ArraySlice<Unicode.Scalar>, mark: DecimalMark
  ) -> [UInt8]? {
    let decimalMark: Unicode.Scalar = mark == .point ? "." : ","
    let parts = scalars.split(
      separator: decimalMark, maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, let wholeDigits = ungrouped(whole, mark: mark) else {
      return nil
    }
    guard parts.count > 1 else { return wholeDigits }
    guard parts[1].allSatisfy(isDigit) else { return nil }
    return wholeDigits + [UInt8(ascii: ".")] + parts[1].map { UInt8($0.value) }
  }

  /// The digits before the decimals, without what stands between groups of three.
  private static func ungrouped(
    _ whole: ArraySlice<Unicode.Scalar>, mark: DecimalMark
  ) -> [UInt8]? {
    var groups = [whole]
    if let separator = whole.first(where: { !isDigit($0) }) {
      guard mark.separators.contains(separator) else { return nil }
      groups = whole.split(separator: separator, omittingEmptySubsequences: false)
      guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
    }
    let digits = groups.joined()
    return digits.allSatisfy(isDigit) ? digits.map { UInt8($0.value) } : nil
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
