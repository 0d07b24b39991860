import GRDB
import Locking
import SecureMemory

/// One run that adds the records of one source to a table.
///
/// Records are staged in batches. A batch is one transaction: after a kill it is there whole, with
/// the number of the source record that it ends at, or not at all. What is staged is invisible to
/// queries until `publish()`, one transaction too. The same run over the same source goes on where
/// the last one stopped; a run that stopped after publishing is found complete. So every record is
/// in the table once, whenever the process ends.
///
/// At most one ingest of a table exists at a time, over all processes. One that is let go of without
/// `publish()` or `abandon()` leaves what a killed process leaves.
package final class Ingest: Sendable {
  /// How the ingest begins.
  package enum Start: Hashable, Sendable {
    /// With the first record of the source.
    case fresh
    /// With the given record of the source, counted from 0: the ones before are staged.
    case resumed(nextSourceRecord: Int)
    /// Not at all: an earlier run over this source published it and was killed thereafter.
    case complete
  }

  /// What is known about the table and the staged records.
  struct State: Sendable {
    var catalog: TableCatalog
    /// The records that this ingest has staged.
    var pendingRecords: Int
    var nextSourceRecord: Int
    var batch: OpenBatch?
    var isOpen = true
  }

  package let path: String
  /// What the table is; its identifier is that of the existing table.
  package let description: TableDescription
  package let start: Start

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
    start = opening.start
    token = opening.token
    ingestIdentifier = opening.ingestIdentifier
    self.capacity = capacity
    state = Locked(
      State(
        catalog: opening.catalog,
        pendingRecords: opening.catalog.recordCount - opening.head.catalog.recordCount,
        nextSourceRecord: opening.nextSourceRecord))
  }

  /// Begins or goes on with an ingest.
  ///
  /// - Parameters:
  ///   - path: the table. It is made when it does not exist, unless `options.appends`.
  ///   - description: what the table must be; its identifier counts only for a new table.
  ///   - source: the source of the records.
  ///   - capacity: the most records that the table may come to hold.
  ///   - recordCount: the records that the source has, where that is known.
  /// - Throws: `TableError`, before anything is staged: `.missing` and `.alreadyExists` when the
  ///   table's existence is not as `options.appends` says; `.mismatch`; `.sourceAlreadyTaken`;
  ///   `.otherSourceUnfinished`; `.overCapacity`; `.writerRunning`; and whatever is wrong with the
  ///   files. A table that was made by this call is removed again.
  package static func begin(
    at path: String, describing description: TableDescription, source: SourceIdentity,
    capacity: Int, recordCount: Int = 0, options: IngestOptions = IngestOptions()
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
        admitting: (recordCount, capacity), options: options)
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

  /// The number of the source record that the next batch begins with, from 0.
  package var nextSourceRecord: Int { state.withLock { $0.nextSourceRecord } }

  /// The records that this ingest has staged.
  package var pendingRecordCount: Int { state.withLock { $0.pendingRecords } }

  /// Where the next records go: into the last chunk's free slots, unless it has none or was
  /// appended to as often as the noise model allows; otherwise into a new chunk.
  package var nextSlots: (chunk: Int, slots: Range<Int>) {
    state.withLock { state in
      let chunks = state.catalog.chunks
      if let last = chunks.last, last.occupied < description.slotsPerChunk,
        last.appends.count < TableChunk.maximumAppendCount
      {
        return (chunks.count - 1, last.occupied..<description.slotsPerChunk)
      }
      return (chunks.count, 0..<description.slotsPerChunk)
    }
  }

  /// The newest ciphertext of a column in a chunk, staged ones included: what an append is added to.
  package func ciphertext(column: String, chunk: Int) throws(TableError) -> [UInt8] {
    try state.withLock { state throws(TableError) in
      guard state.catalog.chunks.indices.contains(chunk),
        let part = state.catalog.chunks[chunk].ciphertexts[column]
      else { throw .noSuchColumn(path: path, column: column, chunk: chunk) }
      return try mappingErrors(path: path, part: part.place(chunk: chunk)) {
        try queue.inDatabase { database in
          let bytes = try part.read(database, chunk: chunk, table: description.identifier)
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
