import GRDB

/// What a compaction did, and what it could not do.
public struct CompactionReport: Hashable, Sendable {
  /// Chunks of which every record was deleted; they are gone.
  public let droppedChunks: Int
  /// The deleted records in them.
  public let droppedRecords: Int
  /// Deleted records that still stand in chunks beside live ones. Without a secret their slots could
  /// only be masked, which costs noise.
  public let deletedLeft: Int
  /// Slots that no record was ever put into. Without rotation keys records do not move, so chunks are
  /// not merged; appends fill these slots.
  public let freeSlots: Int
  /// The size of the file before.
  public let byteCountBefore: Int
  /// The size of the file now.
  public let byteCountAfter: Int
}

extension EncryptedTable {
  /// Drops the chunks of which every record is deleted, and gives the space back.
  ///
  /// The chunks go in one transaction. This object goes on showing the table as it was, but what was
  /// dropped can no longer be read.
  ///
  /// - Parameter discardsUnfinished: drop what an interrupted ingest has staged, rather than refuse:
  ///   where it goes on depends on the chunks that there are.
  /// - Throws: `TableError`; then nothing is dropped.
  public func compact(discardsUnfinished: Bool = false) throws(TableError) -> CompactionReport {
    let change = try TableChange(of: self)
    let before = change.files.tableByteCount ?? 0
    let unfinished = try change.unfinishedIngests
    guard unfinished.isEmpty || discardsUnfinished else {
      throw .otherSourceUnfinished(
        path: path, records: unfinished.reduce(0) { $0 + $1.recordCount })
    }
    let dropped = chunks.filter { $0.live == 0 }
    if !dropped.isEmpty || !unfinished.isEmpty {
      try change.publish { database in
        for ingest in unfinished { try StoredIngest.delete(database, id: ingest.id) }
        for chunk in dropped {
          try EncryptedTable.drop(catalog.chunks[chunk.index].number, from: database)
        }
      }
    }
    try change.end()
    let left = chunks.filter { $0.live > 0 }
    return CompactionReport(
      droppedChunks: dropped.count,
      droppedRecords: dropped.reduce(0) { $0 + $1.deleted },
      deletedLeft: left.reduce(0) { $0 + $1.deleted },
      freeSlots: left.reduce(0) { $0 + description.slotsPerChunk - $1.occupied },
      byteCountBefore: Int(before), byteCountAfter: Int(change.files.tableByteCount ?? 0))
  }

  private static func drop(_ number: Int, from database: Database) throws {
    let batches = "SELECT id FROM batch WHERE chunk = ?"
    let parts = "SELECT id FROM part WHERE batch_id IN (\(batches))"
    try database.execute(sql: "DELETE FROM blob WHERE id IN (\(parts))", arguments: [number])
    try database.execute(
      sql: "DELETE FROM part WHERE batch_id IN (\(batches))", arguments: [number])
    try database.execute(sql: "DELETE FROM batch WHERE chunk = ?", arguments: [number])
    try database.execute(sql: "DELETE FROM tombstone WHERE chunk = ?", arguments: [number])
  }
}
