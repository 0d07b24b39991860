/// How a source file writes a calendar day: `yyyy`, `MM` and `dd`, each once, with separators of
/// `-`, `/`, `.`, `_` or a space between them if any.
package struct DatePattern: Hashable, Sendable {
  package enum Symbol: Hashable, Sendable {
    case year
    case month
    case day
    case separator(UInt8)
  }

  /// One symbol for each byte of a cell.
  package let symbols: [Symbol]

  /// `yyyyMMdd`.
  package static let basic = DatePattern(
    symbols: [.year, .year, .year, .year, .month, .month, .day, .day])

  /// `yyyy-MM-dd`.
  package static let extended = DatePattern(
    symbols: [
      .year, .year, .year, .year, .separator(0x2D), .month, .month, .separator(0x2D), .day, .day,
    ])

  /// Nil when `text` is not such a pattern.
  package init?(_ text: String) {
    var symbols: [Symbol] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "y"): symbols.append(.year)
      case UInt8(ascii: "M"): symbols.append(.month)
      case UInt8(ascii: "d"): symbols.append(.day)
      case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: " "):
        symbols.append(.separator(byte))
      default: return nil
      }
    }
    for (symbol, width) in [(Symbol.year, 4), (.month, 2), (.day, 2)] {
      guard let first = symbols.firstIndex(of: symbol),
        symbols.filter({ $0 == symbol }).count == width,
        symbols[first...].prefix(width).allSatisfy({ $0 == symbol })
      else { return nil }
    }
    self.symbols = symbols
  }

  private init(symbols: [Symbol]) {
    self.symbols = symbols
  }
}
