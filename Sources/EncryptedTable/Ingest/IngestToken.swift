import SecureMemory

/// The random name by which the journal and the table mean the same ingest. It tells the server, who
/// gets the table, nothing about the source.
package struct IngestToken: Hashable, Sendable {
  static let byteCount = 16

  package let bytes: [UInt8]

  static func random() -> IngestToken {
    var source = SystemRandomSource()
    return IngestToken(bytes: source.bytes(byteCount))
  }
}
