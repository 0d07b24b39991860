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

  /// The records that are not deleted.
  package var recordCount: Int
  package var deletedCount: Int
  package var chunkCount: Int
  /// Slots that no record was ever put into.
  package var freeSlotCount: Int
  /// How often records were added.
  package var ingestCount: Int
  /// By kind, then by key.
  package var columns: [ColumnSize]

  package var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }
}
