import EncryptedTable
import Foundation
import SecureMemory

/// A folder that goes away with the test.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("table-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var table: String { path + "/claims.cryptally" }
  var journal: String { table + ".journal" }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The files as a kill at this moment would leave them.
  func image() throws -> TestFolder {
    let copy = try TestFolder()
    for name in names where !name.hasSuffix("-shm") {
      try FileManager.default.copyItem(atPath: path + "/" + name, toPath: copy.path + "/" + name)
    }
    return copy
  }

  func replace(_ name: String, from other: TestFolder) throws {
    try? FileManager.default.removeItem(atPath: path + "/" + name)
    if other.names.contains(name) {
      try FileManager.default.copyItem(
        atPath: other.path + "/" + name, toPath: path + "/" + name)
    }
  }
}

extension Ingest {
  /// The last chunk's free slots, or those of a new chunk.
  var nextSlots: (chunk: Int, slots: Range<Int>) {
    let free = chunks.last?.freeSlots(of: description.slotsPerChunk) ?? 0..<0
    return free.isEmpty
      ? (chunks.count, 0..<description.slotsPerChunk) : (chunks.count - 1, free)
  }
}

/// A source of numbered records, and what encrypting it does to a table: the stand-in ciphertexts
/// hold eight bytes a slot and add up as real ones do.
struct TestSource: Sendable, Codable {
  var name: String
  var count: Int
  var batchSize = 5

  static let slotsPerChunk = 16
  static let columns = ["occupied", "value/paid/0"]
  static let paillierByteCount = 24

  static func description(
    schema: String = "schema", isTesting: Bool = false, slots: Int = slotsPerChunk
  ) -> TableDescription {
    TableDescription(
      keyFingerprint: .of([1], domain: "test"), parameterFingerprint: .of([2], domain: "test"),
      schemaText: schema, slotsPerChunk: slots, isTesting: isTesting)
  }

  var identity: SourceIdentity {
    SourceIdentity(digest: .of(Array(name.utf8), domain: "test"), byteCount: UInt64(count))
  }

  func cell(_ record: Int) -> String? { record % 7 == 3 ? nil : "\(name) \(record)" }

  static func group(_ record: Int) -> String? { record % 2 == 0 ? "even" : "odd" }

  func value(_ record: Int) -> UInt64 {
    UInt64(record) &* 0x9E37_79B9 &+ UInt64(name.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
  }

  func begin(
    _ path: String, capacity: Int = 1000, options: IngestOptions = .init()
  ) throws -> Ingest {
    try Ingest.begin(
      at: path, describing: TestSource.description(), source: identity, capacity: capacity,
      options: options)
  }

  /// Stages the next batch; false at the end of the source.
  func stageNext(_ ingest: Ingest) throws -> Bool {
    let first = ingest.pendingRecordCount
    guard first < count else { return false }
    let (chunk, free) = ingest.nextSlots
    let length = min(batchSize, free.count, count - first)
    let slots = free.lowerBound..<(free.lowerBound + length)
    let records = first..<(first + length)
    try ingest.beginBatch(chunk: chunk, slots: slots)
    try stageColumns(ingest, chunk: chunk, slots: slots, records: records)
    try ingest.commitBatch()
    return true
  }

  func stageColumns(
    _ ingest: Ingest, chunk: Int, slots: Range<Int>, records: Range<Int>
  ) throws {
    for column in TestSource.columns {
      var sums = [UInt64](repeating: 0, count: TestSource.slotsPerChunk)
      if slots.lowerBound > 0 {
        sums = TestSource.words(try ingest.ciphertext(column: column, chunk: chunk))
      }
      for (slot, record) in zip(slots, records) {
        sums[slot] &+= column == "occupied" ? 1 : value(record)
      }
      try ingest.addCiphertext(column: column, bytes: TestSource.bytes(sums))
    }
    try ingest.addClearCells(column: "id", cells: records.map(cell))
    try ingest.addClearCells(column: "parity", cells: records.map(TestSource.group))
    let paillier = records.flatMap { record in
      [UInt8](repeating: UInt8(truncatingIfNeeded: record), count: TestSource.paillierByteCount)
    }
    try ingest.addPaillierRecords(
      block: 0, ciphertextByteCount: TestSource.paillierByteCount, bytes: paillier)
  }

  /// What the command does: all of the source, then publishing.
  @discardableResult
  func encrypt(
    _ path: String, capacity: Int = 1000, options: IngestOptions = .init()
  ) throws -> Digest {
    let ingest = try begin(path, capacity: capacity, options: options)
    if ingest.start != .complete {
      while try stageNext(ingest) {}
    }
    return try ingest.publish()
  }

  static func words(_ bytes: [UInt8]) -> [UInt64] {
    stride(from: 0, to: bytes.count, by: 8).map { start in
      bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  static func bytes(_ words: [UInt64]) -> [UInt8] {
    words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }
}

/// Everything that is published in a table, record by record.
struct TestContents: Equatable, Sendable {
  var values: [UInt64] = []
  var cells: [String?] = []
  var parities: [String?] = []
  var paillier: [[UInt8]] = []

  init() {}

  init(_ path: String) throws { try self.init(EncryptedTable(opening: path)) }

  init(_ table: EncryptedTable) throws {
    for chunk in table.chunks {
      let present = TestSource.words(
        try table.ciphertext(column: "occupied", chunk: chunk.index))
      let sums = TestSource.words(
        try table.ciphertext(column: "value/paid/0", chunk: chunk.index))
      for slot in 0..<TestSource.slotsPerChunk where present[slot] != 0 {
        values.append(present[slot] == 1 ? sums[slot] : .max)
      }
      let identifiers = try table.clearCells(column: "id", chunk: chunk.index)
      cells += (0..<identifiers.count).map { identifiers[$0] }
      let parity = try table.clearCells(column: "parity", chunk: chunk.index)
      parities += (0..<parity.count).map { parity[$0] }
      let records = try table.paillierRecords(chunk: chunk.index, block: 0)
      paillier += (0..<records.count).map { Array(records[$0]) }
    }
  }

  /// What the table must hold after these sources, each record once.
  init(expecting sources: TestSource...) {
    for source in sources {
      for record in 0..<source.count {
        values.append(source.value(record))
        cells.append(source.cell(record))
        parities.append(TestSource.group(record))
        paillier.append(
          [UInt8](
            repeating: UInt8(truncatingIfNeeded: record), count: TestSource.paillierByteCount))
      }
    }
  }
}

/// The error that a call throws.
func error(of body: () throws -> Void) -> TableError? {
  do {
    try body()
    return nil
  } catch {
    return error as? TableError
  }
}
