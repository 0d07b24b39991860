import Foundation
import GRDB
import SecureMemory

extension Ingest {
  /// Opens a batch: records for consecutive slots of one chunk. Its columns are added one by one, so
  /// that they need not be in memory together, and count when `commitBatch()` returns.
  ///
  /// - Parameters:
  ///   - chunk: a chunk, or the number of chunks for a new one.
  ///   - slots: they begin at the chunk's first free slot.
  /// - Throws: `TableError.overCapacity`, `.invalidBatch`, or what writing fails with.
  package func beginBatch(chunk: Int, slots: Range<Int>) throws(TableError) {
    try state.withLock { state throws(TableError) in
      try check(state, chunk: chunk, slots: slots)
      let chunks = state.catalog.chunks
      var contents =
        chunk < chunks.count ? chunks[chunk] : TableCatalog.Chunk(number: state.catalog.nextNumber)
      contents.appends.append(slots)
      let id = try writing { database in
        try database.beginTransaction(.immediate)
        do {
          try database.execute(
            sql: """
              INSERT INTO batch (ingest_id, chunk, first_slot, slot_count) VALUES (?, ?, ?, ?)
              """,
            arguments: [ingestIdentifier, contents.number, slots.lowerBound, slots.count])
        } catch {
          try database.rollback()
          throw error
        }
        return database.lastInsertedRowID
      }
      state.batch = OpenBatch(id: id, chunk: chunk, slots: slots, contents: contents)
    }
  }

  private func check(_ state: State, chunk: Int, slots: Range<Int>) throws(TableError) {
    try requireOpen(state)
    guard state.batch == nil else { throw invalid("a batch is open") }
    let chunks = state.catalog.chunks
    guard (0...chunks.count).contains(chunk) else {
      throw invalid("chunk \(chunk) is neither one nor the next of \(chunks.count)")
    }
    let appends = chunk < chunks.count ? chunks[chunk].appends : []
    let occupied = appends.last?.upperBound ?? 0
    guard slots.lowerBound == occupied, !slots.isEmpty,
      slots.upperBound <= description.slotsPerChunk
    else {
      throw invalid("slots \(slots) of chunk \(chunk), where \(occupied) are occupied")
    }
    guard appends.count < TableChunk.maximumAppendCount else {
      throw invalid("chunk \(chunk) was appended to \(appends.count) times")
    }
    let records = state.catalog.recordCount + slots.count
    guard records <= capacity else {
      throw .overCapacity(path: path, capacity: capacity, records: records)
    }
  }

  /// Adds the ciphertext of a lattice column over the whole chunk. For an append that is the sum of
  /// the stored ciphertext and the new one.
  package func addCiphertext(column: String, bytes: [UInt8]) throws(TableError) {
    try add(.ciphertext, key: column, bytes: bytes) { batch in
      batch.layout.ciphertexts.insert(column).inserted
    }
  }

  /// Adds the cells of a clear column for the batch's slots; nil is NULL. `order` is how its values
  /// compare.
  package func addClearCells(
    column: String, cells: [String?], order: ClearOrder = .bytes
  ) throws(TableError) {
    let isShort = cells.allSatisfy { ($0?.utf8.count ?? 0) <= ClearCells.maximumCellByteCount }
    guard isShort else {
      throw invalid(
        "a cell of column '\(column)' is longer than \(ClearCells.maximumCellByteCount) bytes")
    }
    let coded = ClearCells(cells)
    try add(
      .clear, key: column, bytes: coded.encoded, records: cells.count,
      statistics: ClearStatistics(of: coded, order: order).encoded
    ) { batch in batch.layout.clear.insert(column).inserted }
  }

  /// Adds the Paillier ciphertexts of one block, one after the other, for the batch's slots.
  package func addPaillierRecords(
    block: Int, ciphertextByteCount: Int, bytes: [UInt8]
  ) throws(TableError) {
    guard block >= 0, ciphertextByteCount > 0, bytes.count % ciphertextByteCount == 0 else {
      throw invalid("Paillier block \(block) of \(bytes.count) bytes")
    }
    try add(
      .paillier, key: String(block), bytes: bytes, records: bytes.count / ciphertextByteCount
    ) { batch in
      batch.layout.paillier.updateValue(ciphertextByteCount, forKey: String(block)) == nil
    }
  }

  private func add(
    _ kind: PartKind, key: String, bytes: [UInt8], records: Int? = nil, statistics: [UInt8] = [],
    enter: (inout OpenBatch) -> Bool
  ) throws(TableError) {
    try state.withLock { state throws(TableError) in
      try requireOpen(state)
      guard var batch = state.batch else { throw invalid("no batch is open") }
      guard records ?? batch.slots.count == batch.slots.count else {
        throw invalid("column '\(key)' has \(records ?? 0) records, not \(batch.slots.count)")
      }
      guard !bytes.isEmpty, bytes.count <= TableFormat.maximumBlobByteCount else {
        throw invalid("column '\(key)' has \(bytes.count) bytes")
      }
      guard enter(&batch) else { throw invalid("column '\(key)' is staged twice") }
      let slots = kind == .ciphertext ? 0..<batch.slots.upperBound : batch.slots
      let digest = bytes.withUnsafeBytes {
        StoredPart.digest(
          of: $0, kind: kind, key: key, chunk: batch.contents.number, slots: slots,
          table: description.identifier)
      }
      var part = StoredPart(
        id: 0, kind: kind, key: key, slots: slots, byteCount: bytes.count, statistics: statistics,
        digest: digest)
      part.id = try writing { try insert(part, bytes: bytes, batch: batch.id, into: $0) }
      batch.contents.add(part)
      state.batch = batch
    }
  }

  private func insert(
    _ part: StoredPart, bytes: [UInt8], batch: Int64, into database: Database
  ) throws -> Int64 {
    let catalogue = try database.cachedStatement(
      sql: """
        INSERT INTO part (batch_id, kind, key, first_slot, slot_count, byte_count, statistics,
        digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try catalogue.execute(arguments: [
      batch, part.kind.rawValue, part.key, part.slots.lowerBound, part.slots.count,
      part.byteCount, part.statistics.asData, part.digest.bytes.asData,
    ])
    let id = database.lastInsertedRowID
    let blob = try database.cachedStatement(sql: "INSERT INTO blob (id, bytes) VALUES (?, ?)")
    // SQLite reads the ciphertext where it is: neither we nor GRDB make a copy.
    try bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      let data = Data(
        bytesNoCopy: UnsafeMutableRawPointer(mutating: base), count: buffer.count,
        deallocator: .none)
      try blob.execute(arguments: [id, data])
    }
    return id
  }

  /// Makes the open batch last. It must have every column that the table's other chunks have.
  package func commitBatch() throws(TableError) {
    try state.withLock { state throws(TableError) in
      try requireOpen(state)
      guard let batch = state.batch else { throw invalid("no batch is open") }
      if let layout = state.catalog.chunks.first?.layout,
        let column = layout.difference(from: batch.layout)
      {
        throw invalid("column '\(column)' is missing, or is not as in the table's other chunks")
      }
      try writing { try $0.commit() }
      if batch.chunk == state.catalog.chunks.count {
        state.catalog.chunks.append(batch.contents)
      } else {
        state.catalog.chunks[batch.chunk] = batch.contents
      }
      state.pendingRecords += batch.slots.count
      state.batch = nil
    }
  }

  /// Drops the open batch, if there is one.
  package func rollBackBatch() throws(TableError) {
    try state.withLock { state throws(TableError) in
      guard state.batch != nil else { return }
      try writing { try $0.rollback() }
      state.batch = nil
    }
  }
}

// MARK: - Shared by staging and publishing

extension Ingest {
  func requireOpen(_ state: State) throws(TableError) {
    guard state.isOpen, start != .complete else { throw invalid("the ingest is over") }
  }

  func invalid(_ reason: String) -> TableError { .invalidBatch(path: path, reason: reason) }

  func writing<Result>(_ body: (Database) throws -> Result) throws(TableError) -> Result {
    try mappingErrors(path: path, part: "staged records") { try queue.inDatabase(body) }
  }
}
