import EncryptedTable
import SecureMemory
import Wire

/// What a table says of itself: an envelope, or what is in it.
struct TableDescriptionCheck: DecoderCheck {
  static let name = "table.description"
  static let refusals: [any Error.Type] = [WireError.self]

  static let sample = TableDescription(
    keyFingerprint: .of([1], domain: "seed"), parameterFingerprint: .of([2], domain: "seed"),
    schemaText: "schema", slotsPerChunk: 16, isTesting: true)

  func seeds() throws -> [[UInt8]] {
    let envelope = try Envelope.open(
      Self.sample.encoded, expecting: .table, source: Self.source,
      versions: TableDescription.formatVersion...TableDescription.formatVersion,
      allowsTesting: true)
    return [Self.sample.encoded, Array(envelope.payload)]
  }

  func run(_ input: [UInt8]) throws {
    let bytes =
      DecoderFixture.isFile(input)
      ? input
      : Envelope.seal(
        kind: .table, version: TableDescription.formatVersion, isTesting: true,
        parameterFingerprint: .of([2], domain: "seed"), keyFingerprint: .of([1], domain: "seed"),
        payload: input)
    let description = try TableDescription(
      encoded: bytes, source: Self.source, allowsTesting: true)
    try DecoderDefect.unless(description.encoded == bytes, "written again it is another")
  }
}

/// The cells of a clear column. The first byte is the number of slots.
struct ClearCellsCheck: DecoderCheck {
  static let name = "table.clear-cells"
  static let refusals: [any Error.Type] = [WireError.self]

  func seeds() -> [[UInt8]] {
    let many = (0..<255).map { String(1000 + $0) }
    return [["a", nil, "é", "a"], [nil], many].map { cells in
      [UInt8(cells.count)] + ClearCells(cells).encoded
    }
  }

  func run(_ input: [UInt8]) throws {
    guard let first = input.first else { return }
    let cells = try ClearCells(
      encoded: Array(input.dropFirst()), slotCount: Int(first), source: Self.source)
    try DecoderDefect.unless(cells.count == Int(first), "there are other slots")
    try DecoderDefect.unless(
      cells.encoded.elementsEqual(input.dropFirst()), "written again they are others")
    let texts = (0..<cells.count).map { cells[$0] }
    let anew = ClearCells(texts)
    for slot in 0..<cells.count {
      try DecoderDefect.unless(
        anew[slot].map { Array($0.utf8) } == texts[slot].map { Array($0.utf8) }, "a cell changes")
    }
  }
}

/// What a clear column holds in a chunk.
struct ClearStatisticsCheck: DecoderCheck {
  static let name = "table.clear-statistics"
  static let refusals: [any Error.Type] = [WireError.self]

  func seeds() -> [[UInt8]] {
    [["1", "22", nil], [nil], []].flatMap { cells in
      [ClearOrder.bytes, .number].map { ClearStatistics(of: ClearCells(cells), order: $0).encoded }
    }
  }

  func run(_ input: [UInt8]) throws {
    let statistics = try ClearStatistics(encoded: input, source: Self.source)
    try DecoderDefect.unless(statistics.encoded == input, "written again they are others")
    let joined = ClearStatistics(joining: [statistics, statistics])
    try DecoderDefect.unless(
      joined.recordCount == 2 * statistics.recordCount, "two of them have other records")
  }
}

/// The deleted slots of a chunk.
struct DeletedSlotsCheck: DecoderCheck {
  static let name = "table.deleted-slots"
  static let refusals: [any Error.Type] = []
  static let byteLimit = 512

  func seeds() -> [[UInt8]] { [[1], [0, 0x80], []] }

  func run(_ input: [UInt8]) throws {
    guard let deleted = DeletedSlots(bytes: input) else { return }
    let slots = deleted.slots
    try DecoderDefect.unless(slots.count == deleted.count, "their number is another")
    try DecoderDefect.unless(
      DeletedSlots(slots)?.bytes == input, "written again they are others")
    try DecoderDefect.unless(!deleted.contains(8 * input.count), "there is one too many")
  }
}

/// The journal beside a table: a file, or what is in it.
struct JournalCheck: DecoderCheck {
  static let name = "table.journal"
  static let refusals: [any Error.Type] = [WireError.self]

  private static let description = TableDescriptionCheck.sample

  func seeds() throws -> [[UInt8]] {
    let file = IngestJournal(table: Self.description.identifier).encoded(for: Self.description)
    let payload = Array(file.dropFirst(EnvelopeHeader.byteCount).dropLast(Digest.byteCount))
    let entry = [UInt8](repeating: 7, count: 80) + [1]
    return [file, payload, payload.dropLast(4) + [1, 0, 0, 0] + entry]
  }

  func run(_ input: [UInt8]) throws {
    let file =
      DecoderFixture.isFile(input)
      ? input
      : Envelope.seal(
        kind: .journal, version: 2, isTesting: true,
        parameterFingerprint: Self.description.parameterFingerprint,
        keyFingerprint: Self.description.keyFingerprint, payload: input)
    let journal = try IngestJournal(encoded: file, source: Self.source)
    guard !DecoderFixture.isFile(input) else { return }
    try DecoderDefect.unless(
      journal.encoded(for: Self.description) == file, "written again it is another")
  }
}
