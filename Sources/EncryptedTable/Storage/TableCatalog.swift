import GRDB
import SecureMemory
import Wire

/// Everything that a table holds, except the bytes themselves.
struct TableCatalog: Sendable {
  struct Chunk: Sendable {
    /// What the digests of its parts are bound to.
    var number: Int
    var appends: [Range<Int>] = []
    /// The ciphertext of each column.
    var ciphertexts: [String: StoredPart] = [:]
    /// The segments of each clear column, in slot order.
    var clear: [String: [StoredPart]] = [:]
    /// The segments of each Paillier block, in slot order.
    var paillier: [String: [StoredPart]] = [:]

    /// The deleted slots; nil when there are none.
    var deleted: DeletedSlots?

    var occupied: Int { appends.last?.upperBound ?? 0 }

    /// Enters a part after those of earlier batches; the part that it replaces, if any.
    @discardableResult
    mutating func add(_ part: StoredPart) -> StoredPart? {
      switch part.kind {
      case .ciphertext: return ciphertexts.updateValue(part, forKey: part.key)
      case .clear: clear[part.key, default: []].append(part)
      case .paillier: paillier[part.key, default: []].append(part)
      }
      return nil
    }

    var layout: ChunkLayout {
      ChunkLayout(
        ciphertexts: Set(ciphertexts.keys), clear: Set(clear.keys),
        paillier: paillier.compactMapValues { segments in
          segments.first.map { $0.byteCount / max(1, $0.slots.count) }
        })
    }
  }

  var chunks: [Chunk] = []
  /// The ciphertexts that a later batch replaced.
  var superseded: [Int64] = []
  /// For each ingest in order, the most records that one person has in it; nil where the schema names
  /// no person.
  var personCounts: [Int?] = []

  /// The records that are not deleted.
  var recordCount: Int { tableChunks.reduce(0) { $0 + $1.live } }

  var tableChunks: [TableChunk] {
    chunks.enumerated().map { index, chunk in
      TableChunk(index: index, appends: chunk.appends, deleted: chunk.deleted?.count ?? 0)
    }
  }

  /// The number of the next new chunk.
  var nextNumber: Int { (chunks.last?.number ?? -1) + 1 }
}

/// The columns of a chunk. All chunks of a table have the same.
struct ChunkLayout: Hashable, Sendable {
  var ciphertexts: Set<String> = []
  var clear: Set<String> = []
  /// The bytes of one record's ciphertext, by block.
  var paillier: [String: Int] = [:]

  /// The first column that is in one layout only, or has another size there.
  func difference(from other: ChunkLayout) -> String? {
    ciphertexts.symmetricDifference(other.ciphertexts).min()
      ?? clear.symmetricDifference(other.clear).min()
      ?? Set(paillier.keys).union(other.paillier.keys).filter {
        paillier[$0] != other.paillier[$0]
      }.min().map { "Paillier block \($0)" }
  }
}

// MARK: - Reading

extension TableCatalog {
  /// The live part of the table, and what the given ingest has staged.
  static func load(
    _ database: Database, withPendingOf ingest: Int64? = nil, path: String
  ) throws -> TableCatalog {
    var catalog = TableCatalog()
    try catalog.loadBatches(database, ingest, path: path)
    try catalog.loadParts(database, ingest, path: path)
    try catalog.loadTombstones(database, path: path)
    try catalog.loadPersonCounts(database, ingest, path: path)
    try catalog.check(path: path)
    return catalog
  }

  private mutating func loadBatches(
    _ database: Database, _ ingest: Int64?, path: String
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT chunk, first_slot, slot_count FROM batch JOIN ingest ON ingest.id = ingest_id
        WHERE is_live = 1 OR ingest.id = ? ORDER BY chunk, batch.id
        """, arguments: [ingest])
    while let row = try rows.next() {
      let fields = RowReader(row, path: path, part: "list of chunks")
      let number = try fields.count(0)
      let slots = try fields.slots(first: 1, count: 2)
      if chunks.last?.number != number { chunks.append(Chunk(number: number)) }
      let last = chunks.count - 1
      guard slots.lowerBound == chunks[last].occupied, !slots.isEmpty,
        chunks[last].appends.count < TableChunk.maximumAppendCount
      else { throw fields.damage("slots are missing") }
      chunks[last].appends.append(slots)
    }
  }

  private mutating func loadTombstones(_ database: Database, path: String) throws {
    let indices = self.indices
    let rows = try Row.fetchCursor(database, sql: "SELECT chunk, slots FROM tombstone")
    while let row = try rows.next() {
      let fields = RowReader(row, path: path, part: "list of deleted records")
      guard let index = indices[try fields.count(0)],
        let deleted = DeletedSlots(bytes: try fields.bytes(1)),
        deleted.end <= chunks[index].occupied
      else { throw fields.damage("it names records that there are not") }
      chunks[index].deleted = deleted
    }
  }

  private mutating func loadPersonCounts(
    _ database: Database, _ ingest: Int64?, path: String
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT most_of_person FROM ingest WHERE is_live = 1 OR id = ? ORDER BY id",
      arguments: [ingest])
    while let row = try rows.next() {
      let fields = RowReader(row, path: path, part: "list of ingests")
      personCounts.append(row.hasNull(atIndex: 0) ? nil : try fields.count(0))
    }
  }

  /// The place of each chunk by its number.
  private var indices: [Int: Int] {
    Dictionary(
      chunks.enumerated().map { ($0.element.number, $0.offset) }, uniquingKeysWith: { $1 })
  }

  private mutating func loadParts(_ database: Database, _ ingest: Int64?, path: String) throws {
    let indices = self.indices
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT part.id, chunk, kind, key, part.first_slot, part.slot_count, byte_count, statistics,
        digest FROM part JOIN batch ON batch.id = batch_id JOIN ingest ON ingest.id = ingest_id
        WHERE is_live = 1 OR ingest.id = ?
        ORDER BY chunk, kind, key, part.first_slot, batch_id
        """, arguments: [ingest])
    while let row = try rows.next() {
      let fields = RowReader(row, path: path, part: "list of columns")
      guard let index = indices[try fields.count(1)],
        let kind = PartKind(rawValue: try fields.integer(2))
      else { throw fields.damage("a column belongs to no chunk") }
      let part = StoredPart(
        id: try fields.integer(0), kind: kind, key: try fields.text(3),
        slots: try fields.slots(first: 4, count: 5), byteCount: try fields.count(6),
        statistics: try fields.bytes(7), digest: try fields.digest(8))
      if let older = chunks[index].add(part) { superseded.append(older.id) }
    }
  }

  /// Throws unless every column covers every occupied slot of every chunk once.
  private func check(path: String) throws {
    let layout = chunks.first?.layout
    for (index, chunk) in chunks.enumerated() {
      func damage(_ reason: String) -> TableError {
        .damaged(path: path, part: "chunk \(index)", reason: reason)
      }
      if let layout, let column = layout.difference(from: chunk.layout) {
        throw damage("its column '\(column)' is missing or differs from other chunks'")
      }
      let whole = 0..<chunk.occupied
      guard chunk.ciphertexts.values.allSatisfy({ $0.slots == whole }) else {
        throw damage("a ciphertext does not cover its records")
      }
      for segments in Array(chunk.clear.values) + chunk.paillier.values {
        guard segments.map(\.slots) == chunk.appends else {
          throw damage("the column '\(segments.first?.key ?? "")' does not cover its records")
        }
      }
      for (block, size) in chunk.layout.paillier {
        let segments = chunk.paillier[block] ?? []
        guard size > 0, segments.allSatisfy({ $0.byteCount == size * $0.slots.count }) else {
          throw damage("Paillier block \(block) has records of unequal size")
        }
      }
    }
  }
}

// MARK: - Digest

extension TableCatalog {
  /// The digest of all that is published: the description, the ingests' largest persons, what is
  /// deleted, and every part's place and digest, in the order of chunks, kinds, keys (by bytes) and
  /// slots.
  func snapshotDigest(description: TableDescription) -> Digest {
    var stream = DigestStream(domain: "cryptally.table.snapshot")
    stream.update(description.encoded)
    stream.update(encodedPersonCounts)
    for chunk in chunks {
      var writer = BoundedWriter()
      writer.append(Int64(chunk.number))
      writer.append(lengthPrefixed: chunk.deleted?.bytes ?? [])
      writer.append(UInt32(clamping: chunk.appends.count))
      for slots in chunk.appends { writer.append(Int64(slots.upperBound)) }
      let parts =
        TableCatalog.ordered(chunk.ciphertexts).map(\.value)
        + TableCatalog.ordered(chunk.clear).flatMap(\.value)
        + TableCatalog.ordered(chunk.paillier).flatMap(\.value)
      writer.append(UInt32(clamping: parts.count))
      for part in parts {
        writer.append(part.kind.rawValue)
        writer.append(string: part.key)
        writer.append(Int64(part.slots.lowerBound))
        writer.append(Int64(part.slots.upperBound))
        writer.append(Int64(part.byteCount))
        writer.append(lengthPrefixed: part.statistics)
        writer.append(part.digest)
      }
      stream.update(writer.bytes)
    }
    return stream.finalize()
  }

  private var encodedPersonCounts: [UInt8] {
    var writer = BoundedWriter()
    writer.append(UInt32(clamping: personCounts.count))
    for count in personCounts {
      writer.append(count != nil)
      writer.append(Int64(count ?? 0))
    }
    return writer.bytes
  }

  private static func ordered<Value>(_ parts: [String: Value]) -> [(key: String, value: Value)] {
    parts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}
