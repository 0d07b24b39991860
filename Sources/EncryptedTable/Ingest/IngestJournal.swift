import SecureMemory
import Wire

/// Which sources a table has taken, beside the table and never uploaded.
///
/// The journal only gives names to ingests: what an ingest has staged, and whether it was published,
/// stands in the table alone, so the two files cannot disagree about records.
package struct IngestJournal: Sendable {
  package struct Entry: Hashable, Sendable {
    /// The source and the schema, under the journal's key.
    package var source: Digest
    /// How the source is read, under the journal's key.
    package var reading: Digest
    /// The random name of the ingest in the table.
    package var token: IngestToken
    /// Whether the run that published it came to its end.
    package var isFinished: Bool
  }

  package let table: TableIdentifier
  package let key: [UInt8]
  package var entries: [Entry]

  private static let version: UInt16 = 2
  private static let keyByteCount = 32
  private static let fileLimit = 1 << 26

  package init(table: TableIdentifier) {
    self.table = table
    var random = SystemRandomSource()
    key = random.bytes(IngestJournal.keyByteCount)
    entries = []
  }

  /// The entry's name for a source that is read with a schema.
  func tag(of source: SourceIdentity, schemaText: String) -> Digest {
    var writer = BoundedWriter()
    writer.append(source.digest)
    writer.append(source.byteCount)
    writer.append(string: schemaText)
    var stream = DigestStream(domain: "cryptally.journal.source", key: key)
    stream.update(writer.bytes)
    return stream.finalize()
  }

  /// The entry's name for how a source is read.
  func readingTag(of source: SourceIdentity) -> Digest {
    var stream = DigestStream(domain: "cryptally.journal.reading", key: key)
    stream.update(source.reading.bytes)
    return stream.finalize()
  }
}

// MARK: - File

extension IngestJournal {
  /// The table's journal; a new one when there is none, or when it is that of a table which stood
  /// here before.
  static func load(
    _ files: TableFiles, description: TableDescription
  ) throws(TableError) -> IngestJournal {
    let bytes: [UInt8]
    do throws(SecureMemoryError) {
      bytes = try AtomicFile.read(files.journal, limit: fileLimit)
    } catch {
      if case .noSuchFile = error { return IngestJournal(table: description.identifier) }
      throw .cannotRead(path: files.shownJournal, reason: error.description)
    }
    let journal: IngestJournal
    do throws(WireError) {
      journal = try IngestJournal(encoded: bytes, source: files.shownJournal)
    } catch {
      throw .journalDamaged(path: files.shownJournal, reason: error.description)
    }
    return journal.table == description.identifier
      ? journal : IngestJournal(table: description.identifier)
  }

  func save(_ files: TableFiles, description: TableDescription) throws(TableError) {
    do throws(SecureMemoryError) {
      try AtomicFile.write(
        encoded(for: description), to: files.journal, permissions: 0o600, replacing: true)
    } catch {
      throw .cannotWrite(path: files.shownJournal, reason: error.description)
    }
  }

  /// The file's bytes, for a table of this description.
  package func encoded(for description: TableDescription) -> [UInt8] {
    var writer = BoundedWriter()
    writer.append(bytes: table.bytes)
    writer.append(bytes: key)
    writer.append(UInt32(clamping: entries.count))
    for entry in entries {
      writer.append(entry.source)
      writer.append(entry.reading)
      writer.append(bytes: entry.token.bytes)
      writer.append(entry.isFinished)
    }
    return Envelope.seal(
      kind: .journal, version: IngestJournal.version, isTesting: description.isTesting,
      parameterFingerprint: description.parameterFingerprint,
      keyFingerprint: description.keyFingerprint, payload: writer.bytes)
  }

  /// Reads the file's bytes.
  package init(encoded: [UInt8], source: String) throws(WireError) {
    let envelope = try Envelope.open(
      encoded, expecting: .journal, source: source,
      versions: IngestJournal.version...IngestJournal.version, allowsTesting: true)
    var reader = BoundedReader(envelope.payload, source: source)
    let name = try reader.readBytes(count: TableIdentifier.byteCount, field: "table identifier")
    guard let table = TableIdentifier(bytes: name) else {
      throw .invalid(source: source, field: "table identifier", problem: "it has the wrong length")
    }
    self.table = table
    key = Array(try reader.readBytes(count: IngestJournal.keyByteCount, field: "key"))
    let count = try reader.readCount(atMost: IngestJournal.fileLimit / 32, field: "entry count")
    entries = []
    for _ in 0..<count {
      let tag = try reader.readDigest(field: "source")
      let reading = try reader.readDigest(field: "reading")
      let token = try reader.readBytes(count: IngestToken.byteCount, field: "ingest")
      let isFinished = try reader.readBool(field: "whether it is finished")
      entries.append(
        Entry(
          source: tag, reading: reading, token: IngestToken(bytes: Array(token)),
          isFinished: isFinished))
    }
    try reader.finish()
  }
}
