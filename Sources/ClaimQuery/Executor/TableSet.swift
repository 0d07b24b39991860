import ClaimKeys
import ClaimSchema
import EncryptedTable
import SecureMemory

/// Tables that are queried together: under one key, of one layout, each once, within the capacity.
struct TableSet: Sendable {
  let tables: [EncryptedTable]
  let layout: TableLayout
  /// Every chunk of every table.
  let chunks: [Place]

  struct Place: Sendable {
    let table: Int
    let chunk: TableChunk
  }

  /// - Throws: `AnswerError`, `KeyError`, before any work.
  init(_ tables: [EncryptedTable], publicKeys: PublicKeySet) throws {
    guard let first = tables.first else { throw AnswerError.noTables }
    var seen: [TableIdentifier: String] = [:]
    for table in tables {
      if let earlier = seen.updateValue(table.path, forKey: table.description.identifier) {
        throw AnswerError.sameTableTwice(earlier, table.path)
      }
      guard table.description.keyFingerprint == publicKeys.fingerprint else {
        throw KeyError.keyMismatch(
          what: table.path, expected: publicKeys.fingerprint,
          found: table.description.keyFingerprint)
      }
      guard table.description.parameterFingerprint == publicKeys.layoutFingerprint else {
        throw KeyError.schemaMismatch(
          what: table.path, expected: publicKeys.layoutFingerprint,
          found: table.description.parameterFingerprint)
      }
    }
    layout = try publicKeys.layout(
      for: Schema.parse(yaml: first.description.schemaText, source: first.path))
    self.tables = tables
    chunks = tables.enumerated().flatMap { index, table in
      table.chunks.map { Place(table: index, chunk: $0) }
    }
    guard recordCount <= layout.schema.capacity else {
      throw AnswerError.overCapacity(records: recordCount, capacity: layout.schema.capacity)
    }
  }

  /// Whether a mask has to leave records out that were deleted.
  var hasDeletedRecords: Bool { chunks.contains { $0.chunk.deleted > 0 } }

  var recordCount: Int { tables.reduce(0) { $0 + $1.recordCount } }

  /// What an answer says of the tables.
  var references: [TableReference] {
    tables.map {
      TableReference(
        identifier: $0.description.identifier, snapshot: $0.snapshotDigest,
        recordCount: $0.recordCount, largestPersonCount: $0.largestPersonCount)
    }
  }
}
