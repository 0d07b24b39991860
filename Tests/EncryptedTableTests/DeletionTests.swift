import EncryptedTable
import Foundation
import SecureMemory
import Testing

@Suite struct DeletionTests {
  private let source = TestSource(name: "a", count: 40)

  private func table(_ folder: TestFolder) throws -> EncryptedTable {
    try EncryptedTable(opening: folder.table)
  }

  /// The cells of `id` that are live.
  private func live(_ table: EncryptedTable) throws -> [String?] {
    try table.chunks.flatMap { chunk in
      let cells = try table.clearCells(column: "id", chunk: chunk.index)
      let deleted = table.deletedSlots(chunk: chunk.index)
      #expect(chunk.live == chunk.occupied - (deleted?.count ?? 0))
      return (0..<chunk.occupied).filter { deleted?.contains($0) != true }.map { cells[$0] }
    }
  }

  @Test func deletedRecordsAreMarked() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    let before = try table(folder)
    let dry = try before.delete(matching: ["parity"], isDryRun: true) { $0 == ["even"] }
    #expect(dry.deleted == 20 && dry.left == 20)
    #expect(try table(folder).snapshotDigest == before.snapshotDigest)

    #expect(try before.delete(matching: ["parity"]) { $0 == ["even"] } == dry)
    let after = try table(folder)
    #expect(after.recordCount == 20 && after.snapshotDigest != before.snapshotDigest)
    #expect(after.chunks.map(\.occupied) == [16, 16, 8] && after.chunks.map(\.live) == [8, 8, 4])
    #expect(after.deletedSlots(chunk: 0)?.slots == [0, 2, 4, 6, 8, 10, 12, 14])
    #expect(after.deletedSlots(chunk: 3) == nil && after.deletedSlots(chunk: -1) == nil)
    #expect(try live(after) == stride(from: 1, to: 40, by: 2).map(source.cell))
    // What was opened before shows what it showed.
    #expect(before.recordCount == 40 && before.deletedSlots(chunk: 0) == nil)
    #expect(try TestContents(before) == TestContents(expecting: source))
    // The file is whole by itself, though others read it.
    let copy = try TestFolder()
    try copy.replace("claims.cryptally", from: folder)
    #expect(try table(copy).snapshotDigest == after.snapshotDigest)

    // Deleting adds to what is deleted, and counts nothing twice.
    let more = try after.delete(matching: ["id", "parity"]) { cells in
      cells[0] == nil || cells[1] == "even" || cells[0] == "a 1"
    }
    let gone = (0..<40).filter { $0 % 2 == 1 && ($0 % 7 == 3 || $0 == 1) }.count
    #expect(more.deleted == gone && more.left == 20 - gone)
    let last = try table(folder)
    #expect(
      try live(last) == (0..<40).filter { $0 % 2 == 1 && $0 % 7 != 3 && $0 != 1 }.map(source.cell))
    let none = try last.delete(matching: ["id"]) { $0 == ["a 1"] }
    #expect(none.deleted == 0 && none.left == last.recordCount)
    #expect(try table(folder).snapshotDigest == last.snapshotDigest)
  }

  @Test func statisticsStayTrueOfWhatIsLeft() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    _ = try table(folder).delete(matching: ["parity"]) { $0 == ["odd"] }
    let statistics = try table(folder).clearStatistics(column: "parity", chunk: 1)
    #expect(statistics.recordCount == 16)
    #expect(statistics.valueCounts?.map(\.value) == ["even", "odd"])
  }

  @Test func recordsAreAddedAfterDeletedOnes() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    _ = try table(folder).delete(matching: []) { _ in true }
    #expect(try table(folder).recordCount == 0)
    // Deleted records take nothing of the capacity.
    let second = TestSource(name: "b", count: 12)
    try second.encrypt(folder.table, capacity: 12, options: .init(appends: true))
    let after = try table(folder)
    #expect(after.chunks.map(\.occupied) == [16, 16, 16, 4] && after.recordCount == 12)
    #expect(try live(after) == (0..<12).map(second.cell))
  }

  @Test func anOutdatedViewDeletesNothing() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    let before = try table(folder)
    try TestSource(name: "b", count: 3).encrypt(folder.table, options: .init(appends: true))
    let digest = try table(folder).snapshotDigest
    let changed = TableError.changedWhileReading(path: folder.table)
    #expect(error { _ = try before.delete(matching: ["parity"]) { _ in true } } == changed)
    #expect(error { _ = try before.compact() } == changed)
    #expect(try table(folder).snapshotDigest == digest)
    #expect(error { _ = try table(folder).delete(matching: ["x"]) { _ in true } } != nil)
    let ingest = try TestSource(name: "c", count: 3).begin(
      folder.table, options: .init(appends: true))
    let current = try table(folder)
    #expect(
      error { _ = try current.delete(matching: ["parity"]) { _ in true } }
        == .writerRunning(path: folder.table))
    try ingest.abandon()
  }

  @Test func compactingDropsWholeChunks() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    // All of the second chunk, and one record of the first.
    let gone = Set((16..<32).map { $0 }).union([1])
    let report = try table(folder).delete(matching: ["id", "parity"]) { cells in
      guard let identifier = cells[0]?.dropFirst(2), let number = Int(identifier) else {
        return false
      }
      return gone.contains(number)
    }
    // The identifiers of 17, 24 and 31 are NULL.
    #expect(report.deleted == 14)
    var view = try table(folder)
    #expect(view.chunks.map(\.live) == [15, 3, 8])
    #expect(try view.compact().droppedChunks == 0)
    view = try table(folder)
    let expected = try live(view)
    _ = try view.delete(matching: ["id"]) { $0 == [nil] }
    view = try table(folder)
    #expect(view.chunks.map(\.live) == [13, 0, 7])
    let compaction = try view.compact()
    #expect(compaction.droppedChunks == 1 && compaction.droppedRecords == 16)
    #expect(compaction.deletedLeft == 4 && compaction.freeSlots == 8)

    let after = try table(folder)
    #expect(after.chunks.map(\.index) == [0, 1] && after.chunks.map(\.live) == [13, 7])
    #expect(try live(after) == expected.filter { $0 != nil })
    #expect(after.recordCount == 20 && after.snapshotDigest != view.snapshotDigest)
    #expect(
      error { _ = try view.ciphertext(column: "occupied", chunk: 1) }
        == .changedWhileReading(path: folder.table))
    // The source stays taken, and further records find their place.
    #expect(
      error { try source.encrypt(folder.table, options: .init(appends: true)) }
        == .sourceAlreadyTaken(path: folder.table))
    let second = TestSource(name: "b", count: 20)
    try second.encrypt(folder.table, options: .init(appends: true))
    let last = try table(folder)
    #expect(last.chunks.map(\.occupied) == [16, 16, 12])
    #expect(try live(last) == expected.filter { $0 != nil } + (0..<20).map(second.cell))
    #expect(try TestContents(last).paillier.count == 44)
  }

  @Test func compactingGivesSpaceBack() throws {
    let folder = try TestFolder()
    let description = TestSource.description(slots: 1)
    let ingest = try Ingest.begin(
      at: folder.table, describing: description, source: source.identity, capacity: 100)
    for chunk in 0..<4 {
      try ingest.beginBatch(chunk: chunk, slots: 0..<1)
      try ingest.addCiphertext(column: "x", bytes: [UInt8](repeating: 7, count: 1 << 20))
      try ingest.addClearCells(column: "id", cells: ["\(chunk)"])
      try ingest.commitBatch()
    }
    try ingest.publish()
    _ = try table(folder).delete(matching: ["id"]) { $0 != ["3"] }
    let report = try table(folder).compact()
    #expect(report.byteCountBefore - report.byteCountAfter >= 3 << 20)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.table)
    #expect(attributes[.size] as? Int == report.byteCountAfter)
    #expect(try table(folder).ciphertext(column: "x", chunk: 0).count == 1 << 20)

    _ = try table(folder).delete(matching: []) { _ in true }
    #expect(try table(folder).compact().droppedRecords == 1)
    let empty = try table(folder)
    #expect(empty.chunks.isEmpty && empty.recordCount == 0)
    #expect(try empty.compact().droppedChunks == 0)
    let more = try Ingest.begin(
      at: folder.table, describing: description,
      source: TestSource(name: "b", count: 1).identity, capacity: 100,
      options: .init(appends: true))
    try more.beginBatch(chunk: 0, slots: 0..<1)
    try more.addCiphertext(column: "x", bytes: [1])
    try more.commitBatch()
    try more.publish()
    #expect(try table(folder).ciphertext(column: "x", chunk: 0) == [1])
  }

  @Test func anUnfinishedIngestStandsInTheWayOfCompacting() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    let second = TestSource(name: "b", count: 20)
    func interrupt() throws {
      let ingest = try second.begin(folder.table, options: .init(appends: true))
      while ingest.pendingRecordCount < 12, try second.stageNext(ingest) {}
    }
    try interrupt()
    // Deleting does not: the marks are of published records, and the ingest goes on.
    _ = try table(folder).delete(matching: ["parity"]) { $0 == ["even"] }
    #expect(
      error { _ = try table(folder).compact() }
        == .otherSourceUnfinished(path: folder.table, records: 13))
    try second.encrypt(folder.table, options: .init(appends: true))
    let expected = stride(from: 1, to: 40, by: 2).map(source.cell) + (0..<20).map(second.cell)
    #expect(try live(table(folder)) == expected)

    let third = TestSource(name: "c", count: 20)
    do {
      let ingest = try third.begin(folder.table, options: .init(appends: true))
      while ingest.pendingRecordCount < 5, try third.stageNext(ingest) {}
    }
    _ = try table(folder).delete(matching: []) { _ in true }
    #expect(try table(folder).compact(discardsUnfinished: true).droppedChunks == 4)
    try third.encrypt(folder.table, options: .init(appends: true))
    #expect(try live(table(folder)) == (0..<20).map(third.cell))
    #expect(try table(folder).chunks.map(\.occupied) == [16, 4])
  }

  /// Deletes and compacts in a child that is killed; what it left holds all of a step or nothing of it.
  @Test func killedAtRandomMoments() async throws {
    let folder = try TestFolder()
    let large = TestSource(name: "a", count: 640, batchSize: 16)
    try large.encrypt(folder.table)
    let path = folder.table
    // Of the records with an identifier, those from 320 stay that are odd; then those without go.
    let isKept = { (record: Int) in record >= 320 && record % 2 == 1 && record % 7 != 3 }
    let kept = (0..<640).filter(isKept).map(large.cell)
    let states = [640, kept.count + (0..<640).count { $0 % 7 == 3 }, kept.count]
    var kills = 0
    for delay in stride(from: UInt32(300), to: 60_000, by: 1500) {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, delay = delay as UInt32] in
        Thread.detachNewThread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        _ = try EncryptedTable(opening: path).delete(matching: ["id", "parity"]) { cells in
          guard let number = cells[0].flatMap({ Int($0.dropFirst(2)) }) else { return false }
          return number < 320 || number % 2 == 0
        }
        _ = try EncryptedTable(opening: path).delete(matching: ["id", "parity"]) { cells in
          cells[0] == nil
        }
        _ = try EncryptedTable(opening: path).compact()
        kill(getpid(), SIGKILL)
      }
      kills += 1
      let view = try table(folder)
      #expect(states.contains(view.recordCount), "\(view.recordCount) of \(states)")
      #expect([40, 20].contains(view.chunks.count))
      if view.chunks.count == 20 { break }
    }
    #expect(kills > 1)
    _ = try table(folder).delete(matching: ["id", "parity"]) { cells in
      guard let number = cells[0].flatMap({ Int($0.dropFirst(2)) }) else { return true }
      return number < 320 || number % 2 == 0
    }
    _ = try table(folder).compact()
    let last = try table(folder)
    #expect(try live(last) == kept && last.chunks.count == 20)
  }

  @Test func marksThatAreAlteredAreRefused() throws {
    let folder = try TestFolder()
    let ingest = try Ingest.begin(
      at: folder.table, describing: TestSource.description(slots: 64), source: source.identity,
      capacity: 100)
    try ingest.beginBatch(chunk: 0, slots: 0..<64)
    try ingest.addClearCells(column: "id", cells: (0..<64).map { "\($0)" })
    try ingest.commitBatch()
    try ingest.publish()
    // Squares modulo 67: a pattern that stands nowhere else in the file.
    let squares = Set((0..<67).map { $0 * $0 % 67 })
    _ = try table(folder).delete(matching: ["id"]) { cells in
      cells[0].flatMap { Int($0) }.map(squares.contains) ?? false
    }
    let original = try Data(contentsOf: URL(fileURLWithPath: folder.table))
    let marks = Data(
      (0..<8).map { byte in
        (0..<8).reduce(UInt8(0)) { $0 | (squares.contains(8 * byte + $1) ? 1 << $1 : 0) }
      })
    let place = try #require(original.range(of: marks))
    for bit in 0..<64 {
      var changed = original
      changed[place.lowerBound + bit / 8] ^= 1 << (bit % 8)
      try changed.write(to: URL(fileURLWithPath: folder.table))
      guard case .damaged? = error(of: { _ = try table(folder) }) else {
        Issue.record("bit \(bit) was not noticed")
        continue
      }
    }
  }
}
