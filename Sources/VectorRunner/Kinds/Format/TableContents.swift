import EncryptedTable
import SecureMemory

/// Everything that a table holds, read to the last byte.
struct TableContents: Sendable {
  let description: TableDescription
  let chunks: [ChunkContents]

  /// - Throws: `TableError`.
  init(_ table: EncryptedTable) throws(TableError) {
    description = table.description
    var chunks: [ChunkContents] = []
    for chunk in table.chunks { chunks.append(try ChunkContents(table, chunk)) }
    self.chunks = chunks
  }

  /// Makes the same table anew; each chunk must be of one batch.
  ///
  /// - Returns: the digest over the new table's data.
  /// - Throws: `TableError`.
  func ingested(at path: String) throws(TableError) -> Digest {
    let source = SourceIdentity(
      digest: Digest.of([], domain: VectorCheck.digestDomain), byteCount: 0)
    let ingest = try Ingest.begin(
      at: path, describing: description, source: source, capacity: 1 << 20)
    for (index, chunk) in chunks.enumerated() {
      try ingest.beginBatch(chunk: index, slots: 0..<chunk.slotCount)
      for column in chunk.ciphertexts {
        try ingest.addCiphertext(column: column.key, bytes: column.bytes)
      }
      for column in chunk.clear {
        try ingest.addClearCells(
          column: column.key, cells: column.cells, order: column.statistics.order)
      }
      for block in chunk.paillier {
        try ingest.addPaillierRecords(
          block: block.number, ciphertextByteCount: block.ciphertextByteCount, bytes: block.bytes)
      }
      try ingest.commitBatch()
    }
    return try ingest.publish()
  }
}

/// Everything that a chunk holds.
struct ChunkContents: Sendable {
  let appends: [Range<Int>]
  let deleted: [Int]
  let ciphertexts: [(key: String, bytes: [UInt8])]
  let clear: [(key: String, cells: [String?], statistics: ClearStatistics)]
  let paillier: [(number: Int, ciphertextByteCount: Int, bytes: [UInt8])]

  init(_ table: EncryptedTable, _ chunk: TableChunk) throws(TableError) {
    appends = chunk.appends
    deleted = table.deletedSlots(chunk: chunk.index)?.slots ?? []
    var ciphertexts: [(String, [UInt8])] = []
    for key in table.ciphertextColumns {
      ciphertexts.append((key, try table.ciphertext(column: key, chunk: chunk.index)))
    }
    self.ciphertexts = ciphertexts
    var clear: [(String, [String?], ClearStatistics)] = []
    for key in table.clearColumns {
      let cells = try table.clearCells(column: key, chunk: chunk.index)
      let statistics = try table.clearStatistics(column: key, chunk: chunk.index)
      clear.append((key, (0..<cells.count).map { cells[$0] }, statistics))
    }
    self.clear = clear
    var paillier: [(Int, Int, [UInt8])] = []
    for block in table.paillierBlocks {
      let records = try table.paillierRecords(chunk: chunk.index, block: block)
      paillier.append((block, records.ciphertextByteCount, records.bytes))
    }
    self.paillier = paillier
  }

  var slotCount: Int { appends.last?.upperBound ?? 0 }

  /// - Throws: ``VectorMismatch``.
  func check(_ expected: TableVectors.Chunk) throws(VectorMismatch) {
    try VectorCheck.equal(
      "appends", appends.map { [$0.lowerBound, $0.upperBound] }, expected.appends)
    try VectorCheck.equal("deleted", deleted, expected.deleted)
    try VectorCheck.equal("ciphertexts", ciphertexts.map(\.key), expected.ciphertexts.map(\.key))
    for (found, expected) in zip(ciphertexts, expected.ciphertexts) {
      try VectorCheck.equal("bytes of \(found.key)", found.bytes, expected.bytes)
    }
    try VectorCheck.equal("clear", clear.map(\.key), expected.clear.map(\.key))
    for (found, expected) in zip(clear, expected.clear) {
      try VectorCheck.equal("cells of \(found.key)", found.cells, expected.cells)
      try expected.statistics.check(found.statistics)
    }
    try VectorCheck.equal("paillier", paillier.map(\.number), expected.paillier.map(\.block))
    for (found, expected) in zip(paillier, expected.paillier) {
      try VectorCheck.equal("bytes of block \(found.number)", found.bytes, expected.bytes)
    }
  }
}
