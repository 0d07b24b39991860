import GRDB
import SecureMemory
import Wire

/// A table of encrypted claims as a query reads it: the data that was published when it was opened.
///
/// Reading is possible from many tasks at once. Records that are published later are not seen; where
/// they replace a ciphertext that is still needed, reading it says so.
public final class EncryptedTable: Sendable {
  /// The path that the table was opened with.
  public let path: String
  /// What the table is.
  package let description: TableDescription
  /// The digest over the table's identifier and all published data.
  public let snapshotDigest: Digest
  /// The chunks in order.
  package let chunks: [TableChunk]

  let publication: Int64
  let catalog: TableCatalog
  private let readers: ReaderPool

  /// Opens a table for queries. Nothing is written, and the folder need not be writable.
  ///
  /// The layout, the description's digest and the digest over the catalogue are checked now; the
  /// bytes of a column are checked every time when they are read.
  /// - Parameter path: where the table's file is.
  /// - Throws: `TableError` when the file is missing, damaged or not a table, or was made with keys
  ///   without security.
  public convenience init(opening path: String) throws(TableError) {
    try self.init(opening: path, allowsTesting: false)
  }

  /// Opens a table as `init(opening:)` does.
  /// - Parameter allowsTesting: whether a table made with keys without security is accepted.
  package init(opening path: String, allowsTesting: Bool) throws(TableError) {
    let files = TableFiles(path: path)
    readers = try ReaderPool(files: files)
    let head = try readers.read(part: "header") { database in
      try TableHead.load(database, files: files, allowsTesting: allowsTesting)
    }
    self.path = path
    description = head.description
    snapshotDigest = head.snapshotDigest
    publication = head.publication
    catalog = head.catalog
    chunks = head.catalog.tableChunks
  }

  /// Makes an empty table.
  ///
  /// The file gets its name when it is whole. Nothing is ever overwritten.
  /// - Throws: `TableError.alreadyExists`, `.cannotCreate` or `.writerRunning`.
  package static func create(
    at path: String, description: TableDescription
  ) throws(TableError) {
    let files = TableFiles(path: path)
    let lock = try WriterLock(files)
    defer { lock.release() }
    try TableCreation.create(files, description: description)
  }

  /// The records of all chunks that are not deleted.
  public var recordCount: Int { catalog.recordCount }

  /// The most records that one person can have here: the sum, over all ingests, of the most that one
  /// person had in each, because a person may be in several. Deleted records are counted. Nil when the
  /// schema names no person, and while the table has taken nothing.
  public var largestPersonCount: Int? {
    guard !catalog.personCounts.isEmpty else { return nil }
    var sum = 0
    for count in catalog.personCounts {
      guard let count else { return nil }
      sum += count
    }
    return sum
  }

  /// Which slots of a chunk are deleted; nil when none is. A deleted record counts in no query, and
  /// what its slot holds is still in every column.
  package func deletedSlots(chunk: Int) -> DeletedSlots? {
    catalog.chunks.indices.contains(chunk) ? catalog.chunks[chunk].deleted : nil
  }

  /// The keys of the lattice columns, the names of the clear columns and the numbers of the Paillier
  /// blocks, in order; empty while the table has no record.
  package var ciphertextColumns: [String] {
    catalog.chunks.first?.ciphertexts.keys.sorted() ?? []
  }
  package var clearColumns: [String] { catalog.chunks.first?.clear.keys.sorted() ?? [] }
  package var paillierBlocks: [Int] {
    catalog.chunks.first?.paillier.keys.compactMap { Int($0) }.sorted() ?? []
  }

  /// The sizes of the published data.
  package var statistics: TableStatistics {
    var sizes: [TableStatistics.ColumnSize] = []
    func add(
      _ kind: TableStatistics.ColumnSize.Kind, _ keys: [String],
      _ parts: (TableCatalog.Chunk, String) -> [StoredPart]
    ) {
      for key in keys {
        let byteCount = catalog.chunks.reduce(0) { sum, chunk in
          parts(chunk, key).reduce(sum) { $0 + $1.byteCount }
        }
        sizes.append(.init(kind: kind, key: key, byteCount: byteCount))
      }
    }
    add(.ciphertext, ciphertextColumns) { chunk, key in chunk.ciphertexts[key].map { [$0] } ?? [] }
    add(.clear, clearColumns) { chunk, key in chunk.clear[key] ?? [] }
    add(.paillier, paillierBlocks.map(String.init)) { chunk, key in chunk.paillier[key] ?? [] }
    return TableStatistics(
      recordCount: recordCount, deletedCount: chunks.reduce(0) { $0 + $1.deleted },
      chunkCount: chunks.count,
      freeSlotCount: chunks.reduce(0) { $0 + description.slotsPerChunk - $1.occupied },
      ingestCount: catalog.personCounts.count, columns: sizes)
  }
}

// MARK: - Reading

extension EncryptedTable {
  /// The stored ciphertext of a lattice column in a chunk.
  package func ciphertext(column: String, chunk: Int) throws(TableError) -> [UInt8] {
    guard catalog.chunks.indices.contains(chunk),
      let part = catalog.chunks[chunk].ciphertexts[column]
    else { throw .noSuchColumn(path: path, column: column, chunk: chunk) }
    return try bytes(of: part, chunk: chunk)
  }

  /// The cells of a clear column in a chunk, for its occupied slots.
  package func clearCells(column: String, chunk: Int) throws(TableError) -> ClearCells {
    let segments = try clearParts(column: column, chunk: chunk)
    var cells: [ClearCells] = []
    for segment in segments {
      let bytes = try bytes(of: segment, chunk: chunk)
      do throws(WireError) {
        let decoded = try ClearCells(
          encoded: bytes, slotCount: segment.slots.count, source: place(segment, chunk))
        cells.append(decoded)
      } catch { throw damage(segment, chunk, error) }
    }
    return ClearCells(joining: cells)
  }

  /// What a clear column holds in a chunk, without reading its cells; deleted records are counted.
  package func clearStatistics(column: String, chunk: Int) throws(TableError) -> ClearStatistics {
    try ClearStatistics(of: clearParts(column: column, chunk: chunk), chunk: chunk, path: path)
  }

  /// The Paillier ciphertexts of one block for the records of a chunk, in slot order.
  package func paillierRecords(chunk: Int, block: Int) throws(TableError) -> PaillierRecords {
    guard catalog.chunks.indices.contains(chunk),
      let segments = catalog.chunks[chunk].paillier[String(block)], let first = segments.first
    else { throw .noSuchColumn(path: path, column: "Paillier block \(block)", chunk: chunk) }
    let size = first.byteCount / first.slots.count
    guard segments.count > 1 else {
      return PaillierRecords(
        ciphertextByteCount: size, bytes: try bytes(of: first, chunk: chunk))
    }
    var all: [UInt8] = []
    all.reserveCapacity(segments.reduce(0) { $0 + $1.byteCount })
    for segment in segments { all += try bytes(of: segment, chunk: chunk) }
    return PaillierRecords(ciphertextByteCount: size, bytes: all)
  }

  private func clearParts(column: String, chunk: Int) throws(TableError) -> [StoredPart] {
    guard catalog.chunks.indices.contains(chunk), let parts = catalog.chunks[chunk].clear[column]
    else { throw .noSuchColumn(path: path, column: column, chunk: chunk) }
    return parts
  }

  func bytes(of part: StoredPart, chunk: Int) throws(TableError) -> [UInt8] {
    let number = catalog.chunks[chunk].number
    return try readers.read(part: place(part, chunk)) { database in
      let bytes = try part.read(
        database, chunk: number, table: description.identifier)
      if let bytes { return bytes }
      // The part is gone or another one: either records were published since, or it is damaged.
      guard try TableHead.state(database, path: path).0 == publication else {
        throw TableError.changedWhileReading(path: path)
      }
      throw TableError.damaged(
        path: path, part: place(part, chunk), reason: "it does not match its digest")
    }
  }

  private func place(_ part: StoredPart, _ chunk: Int) -> String { part.place(chunk: chunk) }

  private func damage(_ part: StoredPart, _ chunk: Int, _ error: WireError) -> TableError {
    .damaged(path: path, part: place(part, chunk), reason: error.description)
  }
}
