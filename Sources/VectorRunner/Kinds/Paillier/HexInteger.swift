import BigInteger

/// A whole number of any size that a vector writes in hexadecimal, with a minus sign in front if it is
/// negative.
package struct HexInteger: Decodable, Hashable, Sendable {
  package let value: BigInteger

  /// The number as a vector would have it.
  package init(_ value: BigInteger) { self.value = value }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = BigInteger(hexadecimal: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a hexadecimal number")
    }
    self.value = value
  }
}

extension [HexInteger] {
  /// The numbers.
  package var values: [BigInteger] { map(\.value) }
}

extension VectorCheck {
  /// Two numbers.
  ///
  /// - Throws: ``VectorMismatch``.
  package static func equal(
    _ field: String, _ found: BigInteger, _ expected: HexInteger
  ) throws(VectorMismatch) {
    try equal(field, found.hexadecimal, expected.value.hexadecimal)
  }

  /// Lists of numbers.
  ///
  /// - Throws: ``VectorMismatch``.
  package static func equal(
    _ field: String, _ found: [BigInteger], _ expected: [HexInteger]
  ) throws(VectorMismatch) {
    try equal(field, found.map(\.hexadecimal), expected.values.map(\.hexadecimal))
  }

  /// The value, which has to be there.
  ///
  /// - Throws: ``VectorMismatch``.
  package static func present<Value>(
    _ field: String, _ found: Value?
  ) throws(VectorMismatch) -> Value {
    guard let found else { throw VectorMismatch(field: field, expected: "a value", found: "none") }
    return found
  }

  /// The number in a fixed width, which it has to fit in.
  ///
  /// - Throws: ``VectorMismatch``.
  static func fixed(
    _ field: String, _ number: HexInteger, bitCount: Int
  ) throws(VectorMismatch) -> SecretInteger {
    try present(field, SecretInteger(number.value, bitCount: bitCount))
  }

  /// Numbers in one fixed width.
  ///
  /// - Throws: ``VectorMismatch``.
  static func fixed(
    _ field: String, _ numbers: [HexInteger], bitCount: Int
  ) throws(VectorMismatch) -> [SecretInteger] {
    var result: [SecretInteger] = []
    for number in numbers { result.append(try fixed(field, number, bitCount: bitCount)) }
    return result
  }
}
