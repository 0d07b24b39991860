import BigInteger

extension Numeric {
  /// The number that the text writes: digits with a point or without, an exponent, a sign in front.
  /// The scale is the decimals written, less the exponent: 1.5e1 is 15 with scale 0.
  ///
  /// - Throws: ``ResultError/notANumber``; ``ResultError/numericOverflow`` for more digits than
  ///   PostgreSQL holds.
  package init(literal: String) throws(ResultError) {
    let isNegative = literal.utf8.first == UInt8(ascii: "-")
    let unsigned = literal.utf8.dropFirst(isNegative ? 1 : 0)
    let parts = unsigned.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 | 0x20 == 0x65 })
    let halves = (parts.first ?? unsigned).split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = halves.dropFirst().first
    let digits = (halves.first.map(Array.init) ?? []) + (decimals.map(Array.init) ?? [])
    guard let magnitude = BigInteger(decimal: String(decoding: digits, as: UTF8.self)),
      digits.first != UInt8(ascii: "-")
    else { throw .notANumber }

    let exponent = try parts.dropFirst().first.map(Self.exponent) ?? 0
    let shift = exponent - (decimals?.count ?? 0)
    // Zero has no digits to overflow; any other number has at most `shift` zeros behind it.
    guard magnitude.isZero || shift <= Numeric.mostWholeDigits else { throw .numericOverflow }
    let zeros = magnitude.isZero ? 0 : max(0, shift)
    let unscaled = magnitude * .powerOfTen(zeros)
    try self.init(unscaled: isNegative ? -unscaled : unscaled, scale: max(0, -shift))
  }

  private static func exponent(_ text: Substring.UTF8View) throws(ResultError) -> Int {
    let digits = text.dropFirst(
      text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-") ? 1 : 0)
    guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { throw .notANumber }
    guard let value = Int32(Substring(text)) else { throw .numericOverflow }
    return Int(value)
  }
}
