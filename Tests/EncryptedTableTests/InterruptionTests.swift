import EncryptedTable
import Foundation
import Testing

/// What a kill leaves is the files as they are at that moment, so copying them at every boundary
/// is killing there; a child that is really killed covers the moments in between.
@Suite struct InterruptionTests {
  private let first = TestSource(name: "first", count: 20)
  private let second = TestSource(name: "second", count: 33)

  /// Runs the same command on what a kill left, and checks that every record is there once.
  private func finish(
    _ folder: TestFolder, _ source: TestSource, _ options: IngestOptions,
    expecting: TestContents, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try source.encrypt(folder.table, options: options)
    #expect(try TestContents(folder.table) == expecting, sourceLocation: sourceLocation)
    #expect(
      folder.names == ["claims.cryptally", "claims.cryptally.journal"],
      sourceLocation: sourceLocation)
    let again = error { try source.encrypt(folder.table, options: options) }
    #expect(
      again == .sourceAlreadyTaken(path: folder.table), sourceLocation: sourceLocation)
  }

  @Test(arguments: [false, true])
  func everyBoundaryOfARun(appends: Bool) throws {
    let folder = try TestFolder()
    if appends { try first.encrypt(folder.table) }
    let options = IngestOptions(appends: appends)
    let expected =
      appends ? TestContents(expecting: first, second) : TestContents(expecting: second)

    var images: [TestFolder] = []
    if !appends {
      // Killed after the table was made and before anything else.
      let image = try TestFolder()
      try EncryptedTable.create(at: image.table, description: TestSource.description())
      images.append(image)
    }
    let before = try folder.image()
    let ingest = try second.begin(folder.table, options: options)
    images.append(try folder.image())
    // Killed after the journal was written and before the table knew of the ingest.
    if appends {
      let image = try folder.image()
      try image.replace("claims.cryptally", from: before)
      try image.replace("claims.cryptally-wal", from: before)
      images.append(image)
    }
    while ingest.pendingRecordCount < second.count {
      let start = ingest.pendingRecordCount
      let (chunk, slots) = ingest.nextSlots
      let length = min(4, slots.count, second.count - start)
      let filled = slots.lowerBound..<slots.lowerBound + length
      try ingest.beginBatch(chunk: chunk, slots: filled)
      images.append(try folder.image())
      try second.stageColumns(
        ingest, chunk: chunk, slots: filled, records: start..<start + length)
      images.append(try folder.image())
      try ingest.commitBatch()
      images.append(try folder.image())
    }
    let staged = try folder.image()
    try ingest.publish()
    // Killed after the publishing transaction and before the journal says so.
    let published = try folder.image()
    try published.replace("claims.cryptally.journal", from: staged)
    images.append(published)

    for image in images { try finish(image, second, options, expecting: expected) }
  }

  @Test func aRunThatDiedAfterPublishingIsComplete() throws {
    let folder = try TestFolder()
    let ingest = try second.begin(folder.table)
    while try second.stageNext(ingest) {}
    let staged = try folder.image()
    let digest = try ingest.publish()
    try folder.replace("claims.cryptally.journal", from: staged)
    let next = try second.begin(folder.table)
    #expect(next.start == .complete)
    #expect(error { try next.beginBatch(chunk: 0, slots: 0..<1) } != nil)
    #expect(try next.publish() == digest)
    #expect(try TestContents(folder.table) == TestContents(expecting: second))

    // The same, when another source comes first.
    try folder.replace("claims.cryptally.journal", from: staged)
    try first.encrypt(folder.table, options: .init(appends: true))
    #expect(
      error { try second.encrypt(folder.table, options: .init(appends: true)) }
        == .sourceAlreadyTaken(path: folder.table))
    #expect(try TestContents(folder.table) == TestContents(expecting: second, first))
  }

  @Test func aRunWithAgainGoesOnOnce() throws {
    let folder = try TestFolder()
    try second.encrypt(folder.table)
    let options = IngestOptions(appends: true, again: true)
    do {
      let ingest = try second.begin(folder.table, options: options)
      #expect(try second.stageNext(ingest))
    }
    try second.encrypt(folder.table, options: options)
    #expect(try TestContents(folder.table) == TestContents(expecting: second, second))
  }

  @Test func killedAtRandomMoments() async throws {
    let folder = try TestFolder()
    try first.encrypt(folder.table)
    let table = folder.table
    var rounds = 0
    for delay in stride(from: UInt32(200), to: 20_000, by: 900) {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [
          table = table as String, delay = delay as UInt32
        ] in
        let source = TestSource(name: "second", count: 333, batchSize: 3)
        Thread.detachNewThread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        try source.encrypt(table, options: .init(appends: true))
        kill(getpid(), SIGKILL)
      }
      rounds += 1
      // Queries see all of the records or none.
      let records = try EncryptedTable(opening: table).recordCount
      #expect(records == 20 || records == 353)
      if records == 353 { break }
    }
    #expect(rounds > 1)
    let source = TestSource(name: "second", count: 333, batchSize: 3)
    let last = error { try source.encrypt(table, options: .init(appends: true)) }
    #expect(last == nil || last == .sourceAlreadyTaken(path: table))
    #expect(try TestContents(table) == TestContents(expecting: first, source))
  }
}
