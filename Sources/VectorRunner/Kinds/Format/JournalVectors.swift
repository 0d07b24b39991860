import EncryptedTable
import SecureMemory
import Wire

/// Journals of ingests.
struct JournalVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let identifier: HexBytes?
    let key: HexBytes?
    let entries: [Entry]?
  }

  struct Entry: Decodable, Sendable {
    let source: HexBytes
    let reading: HexBytes
    let ingest: HexBytes
    let isFinished: Bool
  }

  static let name = "format.journal"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let journal = try IngestJournal(encoded: bytes, source: FileGroup.source)
    guard let identifier = vector.identifier, let key = vector.key, let entries = vector.entries
    else { return }
    try VectorCheck.equal("identifier", journal.table.bytes, identifier)
    try VectorCheck.equal("key", journal.key, key)
    try VectorCheck.equal("entries", journal.entries.count, entries.count)
    for (found, expected) in zip(journal.entries, entries) {
      try VectorCheck.equal("source", found.source.bytes, expected.source)
      try VectorCheck.equal("reading", found.reading.bytes, expected.reading)
      try VectorCheck.equal("ingest", found.token.bytes, expected.ingest)
      try VectorCheck.equal("is_finished", found.isFinished, expected.isFinished)
    }
    let header = try Envelope.peek(bytes, source: FileGroup.source)
    let description = TableDescription(
      identifier: journal.table, keyFingerprint: header.keyFingerprint,
      parameterFingerprint: header.parameterFingerprint, schemaText: "", slotsPerChunk: 1,
      isTesting: header.isTesting)
    try VectorCheck.equal("written", journal.encoded(for: description), bytes)
  }
}
