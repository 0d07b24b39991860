import SecureMemory

/// The random name of one table. Two files with the same identifier are the same table or copies.
package struct TableIdentifier: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 16

  package let bytes: [UInt8]

  /// Nil unless there are exactly `byteCount` bytes.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == TableIdentifier.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  /// The next `byteCount` bytes of a given source, for vectors and tests.
  package init(insecureForTesting source: inout some RandomSource) {
    bytes = source.bytes(TableIdentifier.byteCount)
  }

  /// A fresh identifier.
  package static func random() -> TableIdentifier {
    var source = SystemRandomSource()
    return TableIdentifier(insecureForTesting: &source)
  }

  package var description: String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
