import EncryptedTable
import Foundation
import SecureMemory
import Testing

@Suite struct IngestTests {
  @Test func aSourceIsTakenOnce() throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 12)
    try source.encrypt(folder.table)
    let taken = TableError.sourceAlreadyTaken(path: folder.table)
    #expect(error { try source.encrypt(folder.table) } == taken)
    #expect(error { try source.encrypt(folder.table, options: .init(appends: true)) } == taken)
    #expect(try TestContents(folder.table) == TestContents(expecting: source))
    try source.encrypt(folder.table, options: .init(appends: true, again: true))
    #expect(try TestContents(folder.table) == TestContents(expecting: source, source))
    #expect(error { try source.encrypt(folder.table, options: .init(appends: true)) } == taken)
    #expect(folder.names == ["claims.cryptally", "claims.cryptally.journal"])
  }

  @Test func appendingIsSaid() throws {
    let folder = try TestFolder()
    let first = TestSource(name: "a", count: 12)
    let second = TestSource(name: "b", count: 3)
    #expect(
      error { try first.encrypt(folder.table, options: .init(appends: true)) }
        == .missing(path: folder.table))
    #expect(folder.names.isEmpty)
    try first.encrypt(folder.table)
    #expect(error { try second.encrypt(folder.table) } == .alreadyExists(path: folder.table))
    #expect(try TestContents(folder.table) == TestContents(expecting: first))
  }

  @Test func keysAndSchemasMustAgree() throws {
    let folder = try TestFolder()
    try TestSource(name: "a", count: 12).encrypt(folder.table)
    let error = error {
      _ = try Ingest.begin(
        at: folder.table, describing: TestSource.description(schema: "other"),
        source: TestSource(name: "b", count: 1).identity, capacity: 100,
        options: .init(appends: true))
    }
    guard case .mismatch(_, "schema", _, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func oneWriterAtATime() throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 12)
    do {
      let ingest = try source.begin(folder.table)
      #expect(error { _ = try source.begin(folder.table) } == .writerRunning(path: folder.table))
      let other = folder.path + "/link"
      try FileManager.default.createSymbolicLink(
        atPath: other, withDestinationPath: folder.table)
      #expect(error { _ = try source.begin(other) } == .writerRunning(path: other))
      #expect(try ingest.chunks.isEmpty && source.stageNext(ingest))
    }
    let ingest = try source.begin(folder.table)
    #expect(ingest.start == .resumed(stagedRecords: 5))
  }

  @Test func capacityHolds() throws {
    let folder = try TestFolder()
    let first = TestSource(name: "a", count: 12)
    try first.encrypt(folder.table, capacity: 20)
    let second = TestSource(name: "b", count: 9)
    let ingest = try second.begin(folder.table, capacity: 20, options: .init(appends: true))
    #expect(
      error { while try second.stageNext(ingest) {} }
        == .overCapacity(path: folder.table, capacity: 20, records: 21))
    try ingest.abandon()
    #expect(try TestContents(folder.table) == TestContents(expecting: first))
    let third = TestSource(name: "c", count: 8)
    try third.encrypt(folder.table, capacity: 20, options: .init(appends: true))
    #expect(try TestContents(folder.table) == TestContents(expecting: first, third))
  }

  @Test func abandoningLeavesTheTableAsItWas() throws {
    let folder = try TestFolder()
    let first = TestSource(name: "a", count: 20)
    try first.encrypt(folder.table)
    let before = try EncryptedTable(opening: folder.table).snapshotDigest
    let size = try fileSize(folder.table)
    let second = TestSource(name: "b", count: 200)
    for openBatch in [false, true] {
      let ingest = try second.begin(folder.table, options: .init(appends: true))
      #expect(ingest.start == .fresh)
      while try second.stageNext(ingest) {}
      if openBatch {
        let (chunk, slots) = ingest.nextSlots
        try ingest.beginBatch(chunk: chunk, slots: slots.lowerBound..<slots.lowerBound + 1)
      }
      try ingest.abandon()
      try ingest.abandon()
      #expect(error { try ingest.publish() }?.category == .badData)
      #expect(try EncryptedTable(opening: folder.table).snapshotDigest == before)
      #expect(try fileSize(folder.table) == size)
      #expect(folder.names == ["claims.cryptally", "claims.cryptally.journal"])
    }
  }

  @Test func abandoningTheFirstRunLeavesNothing() throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 20)
    let ingest = try source.begin(folder.table)
    #expect(try source.stageNext(ingest))
    try ingest.abandon()
    #expect(folder.names.isEmpty)
    try source.encrypt(folder.table)
    #expect(try TestContents(folder.table) == TestContents(expecting: source))
  }

  @Test func publishingGivesReplacedSpaceBack() throws {
    let folder = try TestFolder()
    let path = folder.table
    let description = TestSource.description(slots: 100)
    let blob = [UInt8](repeating: 9, count: 1 << 20)
    for run in 0..<5 {
      let source = TestSource(name: "run \(run)", count: 1)
      let ingest = try Ingest.begin(
        at: path, describing: description, source: source.identity, capacity: 100,
        options: .init(appends: run > 0))
      try ingest.beginBatch(chunk: 0, slots: run..<run + 1)
      for column in ["a", "b", "c"] { try ingest.addCiphertext(column: column, bytes: blob) }
      try ingest.commitBatch()
      try ingest.publish()
    }
    #expect(try fileSize(path) < 4 << 20)
  }

  @Test func emptySourcesArePublished() throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 0)
    try source.encrypt(folder.table)
    #expect(try TestContents(folder.table) == TestContents())
    #expect(error { try source.encrypt(folder.table) } == .sourceAlreadyTaken(path: folder.table))
  }

  @Test func batchesMustFit() throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 20)
    let ingest = try source.begin(folder.table)
    func refuses(_ chunk: Int, _ slots: Range<Int>) -> Bool {
      error { try ingest.beginBatch(chunk: chunk, slots: slots) } != nil
    }
    #expect(refuses(1, 0..<5))
    #expect(refuses(-1, 0..<5))
    #expect(refuses(0, 1..<5))
    #expect(refuses(0, 0..<17))
    #expect(refuses(0, 0..<0))
    #expect(error { try ingest.commitBatch() } != nil)
    #expect(error { try ingest.addCiphertext(column: "x", bytes: [1]) } != nil)

    try ingest.beginBatch(chunk: 0, slots: 0..<5)
    #expect(refuses(0, 0..<5))
    #expect(error { try ingest.publish() } != nil)
    #expect(error { try ingest.addClearCells(column: "id", cells: ["a"]) } != nil)
    #expect(error { try ingest.addCiphertext(column: "x", bytes: []) } != nil)
    #expect(
      error { try ingest.addPaillierRecords(block: 0, ciphertextByteCount: 3, bytes: [1]) } != nil)
    try source.stageColumns(ingest, chunk: 0, slots: 0..<5, records: 0..<5)
    #expect(error { try ingest.addClearCells(column: "id", cells: [nil]) } != nil)
    #expect(error { try ingest.addCiphertext(column: "occupied", bytes: [1]) } != nil)
    try ingest.commitBatch()
    #expect(ingest.pendingRecordCount == 5)
    #expect(refuses(0, 0..<5))

    // Every later chunk and append has the same columns.
    try ingest.beginBatch(chunk: 0, slots: 5..<6)
    try ingest.addCiphertext(column: "occupied", bytes: [1])
    #expect(error { try ingest.commitBatch() } != nil)
    try ingest.rollBackBatch()
    #expect(ingest.pendingRecordCount == 5)
    #expect(try source.stageNext(ingest))
    try ingest.publish()
    #expect(try EncryptedTable(opening: folder.table).recordCount == 10)
  }

  private func fileSize(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return attributes[.size] as? Int ?? 0
  }
}
