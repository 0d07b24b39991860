/// How large a table is, published data only.
package struct TableStatistics: Hashable, Sendable {
  package struct ColumnSize: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case ciphertext
      case clear
      case paillier
    }
    package var kind: Kind
    /// The column's key; a Paillier block's number in decimal.
    package var key: String
    /// The bytes over all chunks.
    package var byteCount: Int
  }

  package var recordCount: Int
  package var chunkCount: Int
  /// By kind, then by key.
  package var columns: [ColumnSize]

  package var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }
}
