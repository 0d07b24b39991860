import ClaimKeys
import ClaimSchema
import EncryptedTable
import Foundation
import Synchronization
import Testing

/// Encryptions that end early: by a kill, by being cancelled, by an error.
@Suite struct TableEncryptionInterruptionTests {
  /// Claims with bad rows before, between and after them, where chunks of 64 records end.
  private static func mixedFile(_ claims: [TestClaim]) -> String {
    let bad = BadRecordTests.rows.map(\.row)
    var lines = [TestClaim.header, bad[0]]
    for (index, claim) in claims.enumerated() {
      lines.append(claim.row())
      if [62, 63, 64, 100, 127].contains(index) { lines += bad.prefix(2) }
    }
    return (lines + bad.prefix(3)).joined(separator: "\n")
  }

  /// What a kill at any step leaves is the files as they are then; the same command goes on.
  @Test(arguments: [false, true])
  func everyStepOfARunCanBeTheLast(appends: Bool) async throws {
    let provider = try TestProvider(.small)
    let first = TestClaim.random(appends ? 40 : 0, seed: 80)
    if appends {
      try await provider.encrypt(provider.write(TestClaim.csv(first), as: "first.csv"))
    }
    // Of 152 claims, the appending run fills 24 free slots and two chunks to the last slot.
    let claims = TestClaim.random(152, seed: 81)
    let path = try provider.write(TableEncryptionInterruptionTests.mixedFile(claims))
    let options = EncryptionOptions(appends: appends, badRecords: .skip)
    let images = Mutex<(steps: Int, kept: [TestFolder])>((0, []))
    try await provider.encrypt(path, options: options) { step in
      images.withLock { images in
        images.steps += 1
        // Where a batch was just committed, and every fifth step in between.
        let isCommitted = [0, 24, 64, 88, 128, 152].contains(step.recordsDone)
        guard isCommitted || images.steps % 5 == 0, let image = try? provider.folder.image()
        else { return }
        images.kept.append(image)
      }
    }
    try provider.expectTable(holds: first + claims)

    let kept = images.withLock { $0.kept }
    #expect(kept.count > 8)
    var resumed = 0
    for image in kept {
      let next = provider.with(image)
      // Queries see none of it before it is published.
      #expect(try next.table().recordCount == first.count)
      let report = try await next.encrypt(path, options: options)
      #expect(report.stored == 152 && report.reading.rejected == 14)
      resumed += report.wasResumed ? 1 : 0
      try next.expectTable(holds: first + claims)
      #expect(next.tableFiles == ["claims.cryptally", "claims.cryptally.journal"])
      await #expect(throws: TableError.sourceAlreadyTaken(path: image.table)) {
        try await next.encrypt(
          path, options: EncryptionOptions(appends: true, badRecords: .skip))
      }
    }
    #expect(resumed > 6)
  }

  @Test func aRunIsResumedAfterAKill() async throws {
    let provider = try TestProvider(.small)
    let claims = TestClaim.random(200, seed: 82)
    let path = try provider.write(TestClaim.csv(claims))
    let keys = provider.folder.path + "/public.key"
    let bytes = provider.keys.publicKeys.serialized()
    try Data(bytes).write(to: URL(fileURLWithPath: keys))
    let table = provider.folder.table
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, keys = keys as String, table = table as String] in
      let publicKeys = try PublicKeySet(
        serialized: [UInt8](Data(contentsOf: URL(fileURLWithPath: keys))), source: keys,
        allowsTesting: true)
      let schema = try Schema.parse(yaml: TestClaim.schema, source: "test.yaml")
      _ = try await TableEncryption(schema: schema, publicKeys: publicKeys).encrypt(
        path, into: table
      ) { step in
        // In the middle of the second chunk.
        if step.recordsDone > 90 { kill(getpid(), SIGKILL) }
      }
    }
    #expect(try provider.table().recordCount == 0)
    let report = try await provider.encrypt(path)
    #expect(report.wasResumed && report.stored == 200)
    try provider.expectTable(holds: claims)
  }

  /// Another file must not silently take the place of one that was interrupted.
  @Test func anInterruptedRunIsDroppedOnlyWhenMeant() async throws {
    let provider = try TestProvider(.small)
    let path = try provider.write(TestClaim.csv(TestClaim.random(100, seed: 83)))
    let image = Mutex<TestFolder?>(nil)
    try await provider.encrypt(path) { step in
      if step.recordsDone == 64 { image.withLock { $0 = try? provider.folder.image() } }
    }
    let next = provider.with(try #require(image.withLock { $0 }))
    let claims = TestClaim.random(10, seed: 84)
    let other = try provider.write(TestClaim.csv(claims), as: "other.csv")
    await #expect(
      throws: TableError.otherSourceUnfinished(path: next.folder.table, records: 64)
    ) { try await next.encrypt(other) }
    try await next.encrypt(other, options: EncryptionOptions(discardsUnfinished: true))
    try next.expectTable(holds: claims)
  }

  /// Runs an encryption that must fail with what `spoil` does once so many records are
  /// encrypted, and checks that the table
  /// is as before and takes the file afterwards. Gives the error.
  private func expectNothingIsKept(
    appends: Bool, notes: String = "", from moment: Int = 0,
    spoil: @escaping @Sendable (String) -> Void
  ) async throws -> (any Error)? {
    let provider = try TestProvider(.small)
    let first = TestClaim.random(appends ? 40 : 0, seed: 85)
    if appends {
      try await provider.encrypt(provider.write(TestClaim.csv(first), as: "first.csv"))
    }
    let digest = appends ? try provider.table().snapshotDigest : nil
    let claims = TestClaim.random(200, seed: 86)
    let text = TestClaim.csv(claims, notes: notes)
    let path = try provider.write(text)
    let isSpoilt = Mutex(false)
    // In a task of its own, which may be cancelled.
    let run = Task {
      try await provider.encrypt(path, options: EncryptionOptions(appends: appends)) { progress in
        guard progress.recordsDone >= moment, !isSpoilt.withLock({ $0 }) else { return }
        isSpoilt.withLock { $0 = true }
        spoil(path)
      }
    }
    var refusal: (any Error)?
    do {
      _ = try await run.value
    } catch {
      refusal = error
    }
    #expect(isSpoilt.withLock { $0 })
    if let digest {
      #expect(try provider.table().snapshotDigest == digest)
      try provider.expectTable(holds: first)
    } else {
      #expect(provider.tableFiles.isEmpty)
    }
    let report = try await provider.encrypt(
      provider.write(text), options: EncryptionOptions(appends: appends))
    #expect(!report.wasResumed && report.stored == 200)
    try provider.expectTable(holds: first + claims)
    return refusal
  }

  @Test(arguments: [false, true])
  func cancellingKeepsNothing(appends: Bool) async throws {
    for moment in [0, 70, 190] {
      let refusal = try await expectNothingIsKept(appends: appends, from: moment) { _ in
        withUnsafeCurrentTask { $0?.cancel() }
      }
      #expect(refusal is CancellationError)
    }
  }

  /// Notes of this length make the file longer than what is read of it before the first chunk.
  private static let notes = String(repeating: "n", count: 4000)

  @Test(arguments: [false, true])
  func aFileThatIsCutMeanwhileKeepsNothing(appends: Bool) async throws {
    let refusal = try await expectNothingIsKept(
      appends: appends, notes: TableEncryptionInterruptionTests.notes
    ) { _ = truncate($0, 300_000) }
    // The second reading leaves the cut row out, and does not find those after it.
    guard case TableError.cannotRead(_, let reason)? = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(reason == "it changed while it was encrypted; run the command again")
  }

  @Test(arguments: [false, true])
  func anErrorInTheMiddleKeepsNothing(appends: Bool) async throws {
    let refusal = try await expectNothingIsKept(
      appends: appends, notes: TableEncryptionInterruptionTests.notes
    ) { path in
      _ = truncate(path, 300_000)
      guard let file = FileHandle(forWritingAtPath: path) else { return }
      _ = try? file.seekToEnd()
      try? file.write(contentsOf: Data("\n\"never closed".utf8))
      try? file.close()
    }
    guard case ClaimReadError.unterminatedQuote? = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
  }
}
