/// A number of at most 64 bits that a vector writes in hexadecimal, without leading zeros.
package struct HexWord: Decodable, Hashable, Sendable {
  package let value: UInt64

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = UInt64(try container.decode(String.self), radix: 16) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a hexadecimal number of at most 64 bits")
    }
    self.value = value
  }
}

extension [HexWord] {
  /// The numbers.
  package var values: [UInt64] { map(\.value) }
}

extension [[HexWord]] {
  /// The numbers of one list after the other, as a polynomial's limbs lie in memory.
  package var flattened: [UInt64] { flatMap(\.values) }
}
