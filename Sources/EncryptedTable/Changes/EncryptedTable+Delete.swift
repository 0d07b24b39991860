import GRDB

/// What a deletion found.
public struct DeletionReport: Hashable, Sendable {
  /// The records that were deleted, or would be.
  public let deleted: Int
  /// The records that are left.
  public let left: Int
}

extension EncryptedTable {
  /// Marks records as deleted by their clear cells. They count in no later query. What is stored of them
  /// stays in the file; `compact` drops chunks of which every record is deleted.
  ///
  /// The marks become visible in one transaction. This object goes on showing the table as it was.
  ///
  /// - Parameters:
  ///   - columns: the clear columns that decide, each once.
  ///   - isDryRun: only to count.
  ///   - matches: whether a record is to be deleted, by its cells in the order of `columns`, nil for
  ///     NULL. It is asked once for each combination of cells in a chunk.
  /// - Throws: `TableError`; then nothing is deleted.
  package func delete(
    matching columns: [String], isDryRun: Bool = false, where matches: ([String?]) -> Bool
  ) throws(TableError) -> DeletionReport {
    var marks: [(number: Int, slots: DeletedSlots)] = []
    var count = 0
    for chunk in chunks {
      let found = try slots(of: chunk, matching: columns, where: matches)
      guard let slots = DeletedSlots(found) else { continue }
      count += found.count
      let contents = catalog.chunks[chunk.index]
      marks.append((contents.number, contents.deleted?.adding(found) ?? slots))
    }
    let report = DeletionReport(deleted: count, left: recordCount - count)
    if isDryRun || marks.isEmpty { return report }
    let change = try TableChange(of: self)
    try change.publish { database in
      for (number, slots) in marks {
        try database.execute(
          sql: "INSERT OR REPLACE INTO tombstone (chunk, slots) VALUES (?, ?)",
          arguments: [number, slots.bytes.asData])
      }
    }
    try change.end()
    return report
  }

  /// The live slots of a chunk whose cells match.
  private func slots(
    of chunk: TableChunk, matching columns: [String], where matches: ([String?]) -> Bool
  ) throws(TableError) -> [Int] {
    var cells: [ClearCells] = []
    for column in columns { cells.append(try clearCells(column: column, chunk: chunk.index)) }
    let deleted = deletedSlots(chunk: chunk.index)
    var decided: [[UInt32]: Bool] = [:]
    var slots: [Int] = []
    for slot in 0..<chunk.occupied where deleted?.contains(slot) != true {
      let codes = cells.map { $0.codes[slot] }
      let isMatch = decided[codes] ?? matches(cells.map { $0[slot] })
      decided[codes] = isMatch
      if isMatch { slots.append(slot) }
    }
    return slots
  }
}
