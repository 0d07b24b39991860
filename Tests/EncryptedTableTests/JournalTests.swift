import EncryptedTable
import Foundation
import SecureMemory
import Testing

@Suite struct JournalTests {
  private let source = TestSource(name: "a", count: 30)

  private func interrupted(_ folder: TestFolder, batches: Int = 2) throws {
    let ingest = try source.begin(folder.table)
    for _ in 0..<batches { _ = try source.stageNext(ingest) }
  }

  @Test func nobodyElseReadsTheJournal() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.journal)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    // Neither file tells the source's own digest.
    let digest = Data(source.identity.digest.bytes)
    for path in [folder.table, folder.journal] {
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).range(of: digest) == nil)
    }
  }

  @Test func theSameSourceGoesOn() throws {
    let folder = try TestFolder()
    try interrupted(folder)
    #expect(try TestContents(folder.table) == TestContents())
    let ingest = try source.begin(folder.table)
    #expect(ingest.start == .resumed(stagedRecords: 10))
    #expect(ingest.pendingRecordCount == 10)
    while try source.stageNext(ingest) {}
    try ingest.publish()
    #expect(try TestContents(folder.table) == TestContents(expecting: source))
  }

  /// Records that were staged in one way must not be completed in another.
  @Test func theSameSourceReadInAnotherWayDoesNotGoOn() throws {
    let folder = try TestFolder()
    try interrupted(folder)
    let identity = SourceIdentity(
      digest: source.identity.digest, byteCount: source.identity.byteCount,
      reading: .of([1], domain: "test"))
    #expect(
      error {
        _ = try Ingest.begin(
          at: folder.table, describing: TestSource.description(), source: identity, capacity: 1000,
          options: .init())
      } == .otherSourceUnfinished(path: folder.table, records: 10))
  }

  @Test func anotherSourceWaitsOrDropsWhatIsUnfinished() throws {
    let folder = try TestFolder()
    try interrupted(folder)
    let other = TestSource(name: "b", count: 8)
    #expect(
      error { try other.encrypt(folder.table) }
        == .otherSourceUnfinished(path: folder.table, records: 10))
    try other.encrypt(folder.table, options: .init(discardsUnfinished: true))
    #expect(try TestContents(folder.table) == TestContents(expecting: other))
    // The dropped source was never taken.
    try source.encrypt(folder.table, options: .init(appends: true))
    #expect(try TestContents(folder.table) == TestContents(expecting: other, source))
  }

  @Test func withoutRecordsNothingIsUnfinished() throws {
    let folder = try TestFolder()
    try interrupted(folder, batches: 0)
    let other = TestSource(name: "b", count: 8)
    try other.encrypt(folder.table)
    #expect(try TestContents(folder.table) == TestContents(expecting: other))
  }

  @Test func aLostJournalForgets() throws {
    let folder = try TestFolder()
    try interrupted(folder)
    try FileManager.default.removeItem(atPath: folder.journal)
    let ingest = try source.begin(folder.table)
    #expect(ingest.start == .fresh && ingest.chunks.isEmpty)
    while try source.stageNext(ingest) {}
    try ingest.publish()
    #expect(try TestContents(folder.table) == TestContents(expecting: source))
    try FileManager.default.removeItem(atPath: folder.journal)
    try source.encrypt(folder.table, options: .init(appends: true))
    #expect(try TestContents(folder.table) == TestContents(expecting: source, source))
  }

  @Test func aDamagedJournalIsNamed() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    let original = try Data(contentsOf: URL(fileURLWithPath: folder.journal))
    for position in stride(from: 0, to: original.count, by: 3) {
      var changed = original
      changed[position] ^= 0x10
      try changed.write(to: URL(fileURLWithPath: folder.journal))
      let error = error {
        _ = try TestSource(name: "b", count: 1)
          .begin(folder.table, options: .init(appends: true))
      }
      guard case .journalDamaged(folder.journal, _)? = error else {
        Issue.record("byte \(position): \(String(describing: error))")
        continue
      }
    }
    try original.prefix(60).write(to: URL(fileURLWithPath: folder.journal))
    #expect(error { try source.encrypt(folder.table) }?.category == .badData)
    #expect(try TestContents(folder.table) == TestContents(expecting: source))
  }

  @Test func theJournalOfAnEarlierTableIsNotBelieved() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    try FileManager.default.removeItem(atPath: folder.table)
    try source.encrypt(folder.table)
    #expect(try TestContents(folder.table) == TestContents(expecting: source))
  }

  @Test func anOlderCopyOfTheTableTakesTheSourceAgain() throws {
    let folder = try TestFolder()
    try source.encrypt(folder.table)
    let older = try folder.image()
    let other = TestSource(name: "b", count: 8)
    try other.encrypt(folder.table, options: .init(appends: true))
    try folder.replace("claims.cryptally", from: older)
    try other.encrypt(folder.table, options: .init(appends: true))
    #expect(try TestContents(folder.table) == TestContents(expecting: source, other))
  }
}
