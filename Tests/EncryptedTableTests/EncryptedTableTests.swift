import EncryptedTable
import Foundation
import SecureMemory
import Testing

@Suite struct EncryptedTableTests {
  @Test func descriptionSurvives() throws {
    let folder = try TestFolder()
    let description = TestSource.description(schema: "columns: é ✓")
    try EncryptedTable.create(at: folder.table, description: description)
    #expect(folder.names == ["claims.cryptally"])
    let table = try EncryptedTable(opening: folder.table)
    #expect(table.description == description)
    #expect(table.chunks.isEmpty)
    #expect(table.statistics.recordCount == 0)
    #expect(folder.names.contains("claims.cryptally"))
  }

  @Test func creatingNeverOverwrites() throws {
    let folder = try TestFolder()
    try EncryptedTable.create(at: folder.table, description: TestSource.description())
    let before = try EncryptedTable(opening: folder.table).description.identifier
    let error = error {
      try EncryptedTable.create(at: folder.table, description: TestSource.description())
    }
    #expect(error == .alreadyExists(path: folder.table))
    #expect(error?.category == .cannotCreate)
    #expect(try EncryptedTable(opening: folder.table).description.identifier == before)
  }

  @Test func impossibleTablesAreNotMade() throws {
    let folder = try TestFolder()
    for slots in [0, -1, TableDescription.maximumSlotsPerChunk + 1] {
      let error = error {
        try EncryptedTable.create(
          at: folder.table, description: TestSource.description(slots: slots))
      }
      #expect(error?.category == .cannotCreate)
    }
    let error = error {
      try EncryptedTable.create(
        at: folder.path + "/none/t", description: TestSource.description())
    }
    #expect(error?.category == .cannotCreate)
    #expect(folder.names.isEmpty)
  }

  @Test func testingTablesAreRefusedUnlessAllowed() throws {
    let folder = try TestFolder()
    try EncryptedTable.create(
      at: folder.table, description: TestSource.description(isTesting: true))
    #expect(
      error { _ = try EncryptedTable(opening: folder.table) } == .testingOnly(path: folder.table))
    #expect(try EncryptedTable(opening: folder.table, allowsTesting: true).description.isTesting)
  }

  @Test func recordsComeBackInOrder() throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 53)
    let digest = try source.encrypt(folder.table)
    let table = try EncryptedTable(opening: folder.table)
    #expect(try TestContents(table) == TestContents(expecting: source))
    #expect(table.snapshotDigest == digest)
    #expect(table.recordCount == 53)
    #expect(table.chunks.map(\.occupied) == [16, 16, 16, 5])
    #expect(table.chunks[0].appends == [0..<5, 5..<10, 10..<15, 15..<16])
    #expect(table.ciphertextColumns == TestSource.columns)
    #expect(table.clearColumns == ["id", "parity"])
    #expect(table.paillierBlocks == [0])
    let sizes = table.statistics
    #expect(sizes.recordCount == 53 && sizes.chunkCount == 4)
    #expect(sizes.columns.map(\.key) == ["occupied", "value/paid/0", "id", "parity", "0"])
    #expect(sizes.columns[0].byteCount == 4 * 16 * 8)
    #expect(sizes.columns[4].byteCount == 53 * TestSource.paillierByteCount)
  }

  @Test func appendsFillTheLastChunkAndReplaceItsCiphertexts() throws {
    let folder = try TestFolder()
    let sources = [("a", 20), ("b", 7), ("c", 30)].map { TestSource(name: $0, count: $1) }
    var digests = Set<Digest>()
    for (index, source) in sources.enumerated() {
      digests.insert(try source.encrypt(folder.table, options: .init(appends: index > 0)))
    }
    #expect(digests.count == 3)
    let table = try EncryptedTable(opening: folder.table)
    #expect(
      try TestContents(table)
        == TestContents(expecting: sources[0], sources[1], sources[2]))
    #expect(table.chunks.map(\.occupied) == [16, 16, 16, 9])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(!names.contains("claims.cryptally.lock"))
  }

  @Test func aChunkIsAppendedToSixtyFourTimes() throws {
    let folder = try TestFolder()
    let path = folder.table
    let description = TestSource.description(slots: 100)
    let source = TestSource(name: "a", count: 70, batchSize: 1)
    let ingest = try Ingest.begin(
      at: path, describing: description, source: source.identity, capacity: 100)
    for record in 0..<70 {
      let (chunk, slots) = ingest.nextSlots
      #expect(chunk == (record < 64 ? 0 : 1))
      try ingest.beginBatch(chunk: chunk, slots: slots.lowerBound..<slots.lowerBound + 1)
      try ingest.addCiphertext(column: "x", bytes: [UInt8(record)])
      try ingest.commitBatch()
      if record == 63 {
        let error = error {
          try ingest.beginBatch(chunk: 0, slots: 64..<65)
        }
        #expect(error?.category == .badData)
      }
    }
    try ingest.publish()
    let table = try EncryptedTable(opening: path)
    #expect(table.chunks.map(\.appends.count) == [64, 6])
    #expect(try table.ciphertext(column: "x", chunk: 0) == [63])
    #expect(try table.ciphertext(column: "x", chunk: 1) == [69])
  }

  @Test func statisticsOfClearColumnsTellWhatAChunkHolds() throws {
    let folder = try TestFolder()
    try TestSource(name: "a", count: 21).encrypt(folder.table)
    let table = try EncryptedTable(opening: folder.table)
    let parity = try table.clearStatistics(column: "parity", chunk: 0)
    #expect(parity.recordCount == 16 && parity.nullCount == 0)
    #expect(parity.valueCounts?.map(\.value) == ["even", "odd"])
    #expect(parity.valueCounts?.map(\.count) == [8, 8])
    let identifiers = try table.clearStatistics(column: "id", chunk: 0)
    #expect(identifiers.nullCount == 2 && identifiers.valueCounts?.count == 14)
    #expect(try table.clearStatistics(column: "id", chunk: 1).valueCounts?.count == 4)
  }

  @Test func unknownColumnsAndChunksAreErrors() throws {
    let folder = try TestFolder()
    try TestSource(name: "a", count: 3).encrypt(folder.table)
    let table = try EncryptedTable(opening: folder.table)
    #expect(error { _ = try table.ciphertext(column: "x", chunk: 0) }?.category == .badData)
    #expect(error { _ = try table.ciphertext(column: "occupied", chunk: 1) } != nil)
    #expect(error { _ = try table.ciphertext(column: "occupied", chunk: -1) } != nil)
    #expect(error { _ = try table.clearCells(column: "x", chunk: 0) } != nil)
    #expect(error { _ = try table.clearStatistics(column: "id", chunk: 9) } != nil)
    #expect(error { _ = try table.paillierRecords(chunk: 0, block: 1) } != nil)
  }

  @Test func manyTasksReadAtOnce() async throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 64)
    try source.encrypt(folder.table)
    let table = try EncryptedTable(opening: folder.table)
    let expected = TestContents(expecting: source)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 { group.addTask { try TestContents(table) == expected } }
      for try await isEqual in group { #expect(isEqual) }
    }
  }

  @Test func readersKeepTheirSnapshotOrSayThatItChanged() throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 20)
    try source.encrypt(folder.table)
    let before = try EncryptedTable(opening: folder.table)

    let more = TestSource(name: "b", count: 9)
    let ingest = try more.begin(folder.table, options: .init(appends: true))
    while try more.stageNext(ingest) {}
    // Staged records are nobody's business.
    #expect(try TestContents(before) == TestContents(expecting: source))
    let during = try EncryptedTable(opening: folder.table)
    #expect(during.snapshotDigest == before.snapshotDigest)
    #expect(try TestContents(during) == TestContents(expecting: source))

    try ingest.publish()
    #expect(try before.ciphertext(column: "occupied", chunk: 0).count == 128)
    #expect(
      error { _ = try before.ciphertext(column: "occupied", chunk: 1) }
        == .changedWhileReading(path: folder.table))
    #expect(try TestContents(folder.table) == TestContents(expecting: source, more))
  }

  @Test func theFileIsWholeByItself() throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 40)
    let digest = try source.encrypt(folder.table)
    #expect(folder.names == ["claims.cryptally", "claims.cryptally.journal"])
    let copy = try TestFolder()
    let path = copy.path + "/a table?#%41;b.cryptally"
    try FileManager.default.copyItem(atPath: folder.table, toPath: path)
    let table = try EncryptedTable(opening: path)
    #expect(table.snapshotDigest == digest)
    #expect(try TestContents(table) == TestContents(expecting: source))
  }

  @Test func aTableIsReadWhereNothingCanBeWritten() async throws {
    let folder = try TestFolder()
    try TestSource(name: "a", count: 40).encrypt(folder.table)
    let path = folder.path + "/a table?#%41;b.cryptally"
    try FileManager.default.moveItem(atPath: folder.table, toPath: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    let names = folder.names
    await #expect(processExitsWith: .success) { [path = path as String] in
      // The superuser may write anywhere.
      if geteuid() == 0 { _ = setuid(65534) }
      let isReadOnly = access(path, W_OK) != 0
      let source = TestSource(name: "a", count: 40)
      let contents = try TestContents(path)
      exit(isReadOnly && contents == TestContents(expecting: source) ? 0 : 1)
    }
    #expect(folder.names == names)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
  }

  @Test func readingLeavesNothingBehind() throws {
    let folder = try TestFolder()
    try TestSource(name: "a", count: 40).encrypt(folder.table)
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.table))
    do {
      let table = try EncryptedTable(opening: folder.table)
      _ = try TestContents(table)
    }
    #expect(folder.names == ["claims.cryptally", "claims.cryptally.journal"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.table)) == before)
  }
}
