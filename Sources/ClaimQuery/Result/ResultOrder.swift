import BigInteger

/// The order of released values, and what SQL's comparisons are made of.
package enum ResultOrder {
  /// Negative, zero or positive as `a` comes before, with or after `b`, ascending.
  ///
  /// Numbers go by their exact value, whatever their types; text and dates by their UTF-8 bytes,
  /// which for dates is the order of the days; false comes before true. NULL comes last. Values that
  /// no SQL column holds together go by type.
  package static func compare(_ a: ResultValue, _ b: ResultValue) -> Int {
    switch (a, b) {
    case (.boolean(let a), .boolean(let b)): order(a ? 1 : 0, b ? 1 : 0)
    case (.integer(let a), .integer(let b)): order(a, b)
    case (.double(let a), .double(let b)): order(a, b)
    case (.text(let a), .text(let b)), (.date(let a), .date(let b)):
      a.utf8.elementsEqual(b.utf8) ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    default:
      if let a = exactNumber(a), let b = exactNumber(b) {
        a.compare(b)
      } else {
        order(rank(a), rank(b))
      }
    }
  }

  private static func order<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
    a < b ? -1 : a > b ? 1 : 0
  }

  private static func rank(_ value: ResultValue) -> Int {
    switch value {
    case .boolean: 0
    case .integer, .numeric, .double: 1
    case .text: 2
    case .date: 3
    case .null: 4
    }
  }

  private static func exactNumber(_ value: ResultValue) -> Numeric? {
    switch value {
    case .integer(let value): Numeric(value)
    case .numeric(let value): value
    case .double(let value): Numeric(exactly: value)
    case .null, .boolean, .text, .date: nil
    }
  }
}

extension Numeric {
  /// The double's own value, with all its decimals; nil for infinity and NaN.
  fileprivate init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    let exact = ExactDouble(value)
    let exponent = exact.exponent
    let signed = value.sign == .minus ? -exact.significand : exact.significand
    // A half is five tenths.
    let unscaled = exponent < 0 ? signed * BigInteger(5).raised(to: -exponent) : signed << exponent
    try? self.init(unscaled: unscaled, scale: max(0, -exponent))
  }
}
