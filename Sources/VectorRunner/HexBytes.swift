/// Bytes that a vector writes in hexadecimal, two digits each.
package struct HexBytes: Decodable, Hashable, Sendable {
  package let bytes: [UInt8]

  /// The bytes as a vector would have them.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let digits = try container.decode(String.self).map(\.hexDigitValue)
    let values = digits.compactMap { $0 }
    guard values.count == digits.count, values.count.isMultiple(of: 2) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not bytes in hexadecimal")
    }
    bytes = stride(from: 0, to: values.count, by: 2).map {
      UInt8(truncatingIfNeeded: values[$0] << 4 | values[$0 + 1])
    }
  }

  /// Lower-case hexadecimal.
  package var text: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
