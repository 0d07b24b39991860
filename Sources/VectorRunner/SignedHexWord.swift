/// A number of 64 bits in two's complement, which a vector writes in hexadecimal, with a minus sign where
/// it is negative.
package struct SignedHexWord: Decodable, Hashable, Sendable {
  package let value: Int64

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = Int64(try container.decode(String.self), radix: 16) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a signed hexadecimal number of 64 bits")
    }
    self.value = value
  }
}
