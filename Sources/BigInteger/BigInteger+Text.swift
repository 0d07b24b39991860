internal import CGMP

extension BigInteger {
  /// Nil unless the text is decimal digits, with a minus sign in front or without.
  public init?(decimal text: String) {
    self.init(text, base: 10) { (48...57).contains($0) }
  }

  /// Nil unless the text is hexadecimal digits of either case, with a minus sign in front or without.
  public init?(hexadecimal text: String) {
    self.init(text, base: 16) {
      (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
    }
  }

  /// GMP itself skips blanks and takes an empty text for 0: the digits are checked first.
  private init?(_ text: String, base: Int32, isDigit: (UInt8) -> Bool) {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit) else { return nil }
    self = BigInteger.make(bitCapacity: digits.utf8.count * 4) {
      __gmpz_set_str($0, text, base)
    }
  }

  /// Decimal digits.
  public var decimal: String { text(base: 10) }

  /// Lower-case hexadecimal digits, without leading zeros.
  public var hexadecimal: String { text(base: 16) }

  private func text(base: Int32) -> String {
    // A sign and a terminating zero beside the digits.
    let capacity = withExtendedLifetime(self) { __gmpz_sizeinbase(pointer, base) } + 2
    let characters = [CChar](unsafeUninitializedCapacity: capacity) { buffer, count in
      buffer.initialize(repeating: 0)
      withExtendedLifetime(self) { _ = __gmpz_get_str(buffer.baseAddress, base, pointer) }
      count = buffer.firstIndex(of: 0) ?? 0
    }
    return String(decoding: characters.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension BigInteger: CustomStringConvertible {
  /// The same as ``decimal``.
  public var description: String { decimal }
}
