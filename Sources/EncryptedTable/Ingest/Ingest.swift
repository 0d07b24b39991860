import GRDB
import Locking
import SecureMemory

/// One run that adds the records of one source to a table.
///
/// Records are staged in batches. A batch is one transaction: after a kill it is there whole or not at
/// all. Which records a batch holds follows from the source and from `publishedChunks`, so the same run
/// over the same source makes the same batches in the same order, and goes on after the records that
/// are staged. What is staged is invisible to queries until `publish()`, one transaction too; a run that
/// stopped after publishing is found complete. So every record is in the table once, whenever the
/// process ends.
///
/// At most one ingest of a table exists at a time, over all processes. One that is let go of without
/// `publish()` or `abandon()` leaves what a killed process leaves.
package final class Ingest: Sendable {
  /// How the ingest begins.
  package enum Start: Hashable, Sendable {
    /// With the first batch.
    case fresh
    /// After the batches that hold this many records: they are staged.
    case resumed(stagedRecords: Int)
    /// Not at all: an earlier run over this source published it and was killed thereafter.
    case complete
  }

  /// What is known about the table and the staged records.
  struct State: Sendable {
    var catalog: TableCatalog
    /// The records that this ingest has staged.
    var pendingRecords: Int
    var batch: OpenBatch?
    var isOpen = true
  }

  package let path: String
  /// What the table is; its identifier is that of the existing table.
  package let description: TableDescription
  package let start: Start
  /// The chunks without what this ingest has staged.
  package let publishedChunks: [TableChunk]

  let files: TableFiles
  let lock: WriterLock
  let queue: DatabaseQueue
  let token: IngestToken
  let ingestIdentifier: Int64
  let capacity: Int
  let state: Locked<State>

  init(_ opening: IngestOpening, capacity: Int) {
    path = opening.files.shown
    files = opening.files
    lock = opening.lock
    queue = opening.queue
    description = opening.head.description
    publishedChunks = opening.head.catalog.tableChunks
    start = opening.start
    token = opening.token
    ingestIdentifier = opening.ingestIdentifier
    self.capacity = capacity
    state = Locked(
      State(
        catalog: opening.catalog,
        pendingRecords: opening.catalog.recordCount - opening.head.catalog.recordCount))
  }

  /// Begins or goes on with an ingest.
  ///
  /// - Parameters:
  ///   - path: the table. It is made when it does not exist, unless `options.appends`.
  ///   - description: what the table must be; its identifier counts only for a new table.
  ///   - source: the source of the records.
  ///   - capacity: the most records that the table may come to hold.
  ///   - recordCount: the records that the source has, where that is known.
  ///   - largestPersonCount: the most records that one person has in the source; nil when the schema
  ///     names no person.
  /// - Throws: `TableError`, before anything is staged: `.missing` and `.alreadyExists` when the
  ///   table's existence is not as `options.appends` says; `.mismatch`; `.sourceAlreadyTaken`;
  ///   `.otherSourceUnfinished`; `.overCapacity`; `.writerRunning`; and whatever is wrong with the
  ///   files. A table that was made by this call is removed again.
  package static func begin(
    at path: String, describing description: TableDescription, source: SourceIdentity,
    capacity: Int, recordCount: Int = 0, largestPersonCount: Int? = nil,
    options: IngestOptions = IngestOptions()
  ) throws(TableError) -> Ingest {
    let files = TableFiles(path: path)
    let lock = try WriterLock(files)
    let isNew = !files.tableExists
    do throws(TableError) {
      TableCreation.removeFresh(files)
      if isNew {
        guard !options.appends else { throw .missing(path: path) }
        try TableCreation.create(files, description: description)
      }
      let opening = try IngestOpening(
        files, lock: lock, description: description, source: source,
        admitting: (recordCount, capacity), largestPersonCount: largestPersonCount,
        options: options)
      return Ingest(opening, capacity: capacity)
    } catch {
      if isNew, !options.appends { TableCreation.removeIfUnpublished(files) }
      lock.release()
      throw error
    }
  }
}

/// What an ingest may do.
package struct IngestOptions: Hashable, Sendable {
  /// Add to a table that exists, rather than make one.
  package var appends: Bool
  /// Take a source that the table has already.
  package var again: Bool
  /// Drop what an interrupted run over another source has staged, rather than refuse.
  package var discardsUnfinished: Bool

  package init(appends: Bool = false, again: Bool = false, discardsUnfinished: Bool = false) {
    self.appends = appends
    self.again = again
    self.discardsUnfinished = discardsUnfinished
  }
}

// MARK: - What the caller needs to fill the next batch

extension Ingest {
  /// The chunks, with what this ingest has staged.
  package var chunks: [TableChunk] { state.withLock { $0.catalog.tableChunks } }

  /// The records that this ingest has staged.
  package var pendingRecordCount: Int { state.withLock { $0.pendingRecords } }

  /// What a clear column holds in a published chunk.
  package func clearStatistics(column: String, chunk: Int) throws(TableError) -> ClearStatistics {
    try state.withLock { state throws(TableError) in
      guard publishedChunks.indices.contains(chunk),
        let parts = state.catalog.chunks[chunk].clear[column]
      else { throw .noSuchColumn(path: path, column: column, chunk: chunk) }
      return try ClearStatistics(
        of: parts.prefix(publishedChunks[chunk].appends.count), chunk: chunk, path: path)
    }
  }

  /// The newest ciphertext of a column in a chunk, staged ones included: what an append is added to.
  package func ciphertext(column: String, chunk: Int) throws(TableError) -> [UInt8] {
    try state.withLock { state throws(TableError) in
      guard state.catalog.chunks.indices.contains(chunk),
        let part = state.catalog.chunks[chunk].ciphertexts[column]
      else { throw .noSuchColumn(path: path, column: column, chunk: chunk) }
      let number = state.catalog.chunks[chunk].number
      return try mappingErrors(path: path, part: part.place(chunk: chunk)) {
        try queue.inDatabase { database in
          let bytes = try part.read(database, chunk: number, table: description.identifier)
          guard let bytes else {
            throw TableError.damaged(
              path: path, part: part.place(chunk: chunk), reason: "it does not match its digest")
          }
          return bytes
        }
      }
    }
  }
}
