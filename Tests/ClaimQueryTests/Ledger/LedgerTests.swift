import ClaimKeys
import ClaimQuery
import ClaimSchema
import Foundation
import SecureMemory
import Testing

/// Every opened answer is entered, and a ledger that is not as it was left opens none.
@Suite struct LedgerTests {
  private static let schema = """
    table: claims
    capacity: 500
    depth: 0
    columns:
      SEX: { type: category, protect: encrypted, values: ["1", "2"], nullable: false }
    """
  private static let policy = DisclosureSettings(minimumCohort: 11, protectsComplement: false)
  private static let sql = "SELECT sex, count(*) FROM claims GROUP BY sex"

  private let hospital: TestHospital
  private let keys: SecretKeySet
  private let answer: EncryptedAnswer
  private let storage: LedgerInMemory

  init() async throws {
    hospital = try TestHospital(schema: LedgerTests.schema, degree: 1024)
    let rows = (0..<100).map { $0 < 93 ? "1" : "2" }
    try await hospital.encrypt(
      csv: "SEX\n" + rows.joined(separator: "\n") + "\n", table: "claims")
    keys = hospital.keys.withDisclosureForTesting(LedgerTests.policy)
    answer = try await QueryExecutor(keys: hospital.evaluationKeys, serverKey: hospital.server)
      .answer(LedgerTests.sql, on: hospital.tables)
    storage = LedgerInMemory(head: hospital.keys.makeLedgerHead())
  }

  private func open(_ answer: EncryptedAnswer? = nil, at seconds: Double = 1_700_000_000.9) throws
    -> OpenedAnswer
  {
    try keys.open(
      answer ?? self.answer, ledger: storage, at: Date(timeIntervalSince1970: seconds))
  }

  private func entries() throws -> [LedgerEntry] {
    try LedgerChain(
      try #require(storage.content.ledger), publicKeys: keys.publicKeys, source: "ledger.log"
    ).entries
  }

  private func forged() -> EncryptedAnswer {
    EncryptedAnswer(
      canonicalText: answer.canonicalText, tables: answer.tables, planDigest: answer.planDigest,
      clearGroups: answer.clearGroups, evaluationDigest: answer.evaluationDigest,
      latticeTotals: answer.latticeTotals.map { _ in answer.latticeTotals[0] },
      paillierTotals: [], publicKeys: keys.publicKeys, isTesting: true,
      signingKey: hospital.server.signingKey)
  }

  @Test func openedAnswersAreEntered() throws {
    let opened = try open()
    #expect(
      opened.answer.rows
        == [
          [.value(.text("1")), .value(.integer(93))], [.value(.text("2")), .withheld],
        ])
    #expect(opened.droppedLedgerBytes == 0)
    _ = try open(at: 1_700_000_001)
    #expect(storage.content.writes == ["beginning", "entry", "head", "entry", "head"])
    let entries = try entries()
    #expect(entries.map(\.index) == [0, 1])
    #expect(entries.map(\.time) == [1_700_000_000, 1_700_000_001])
    let event = try #require(entries.first).event
    #expect(event.outcome == .opened)
    #expect(event.query == answer.canonicalText)
    #expect(event.planDigest == answer.planDigest)
    #expect(event.tables == answer.tables)
    #expect(event.policy == LedgerTests.policy.canonicalText)
    #expect(event.cellCount == 2)
    #expect(event.withheldCount == 1)
    #expect(
      event.cohorts == [
        LedgerCohort(group: LedgerCohort.digest(of: ["1"]), aggregate: 0, count: 93)
      ]
    )
    #expect(try keys.ledgerChain(in: storage).entries == entries)
    #expect(
      LedgerFormatter.json(entries).contains(
        "\"time\": \"2023-11-14T22:13:20Z\", \"outcome\": \"opened\", \"query\": \"SELECT"))
  }

  @Test func refusalsAreEnteredWithWhatMayBeTold() throws {
    // After the secret was touched there is one reason; before it, the error's text.
    #expect(throws: AnswerError.refused) { try open(forged()) }
    let stranger = SigningKey()
    let unpinned = EncryptedAnswer(
      canonicalText: answer.canonicalText, tables: answer.tables, planDigest: answer.planDigest,
      clearGroups: answer.clearGroups, evaluationDigest: answer.evaluationDigest,
      latticeTotals: answer.latticeTotals, paillierTotals: [], publicKeys: keys.publicKeys,
      isTesting: true, signingKey: stranger)
    let error = AnswerError.serverNotPinned(stranger.verifyingKey.fingerprint)
    #expect(throws: error) { try open(unpinned) }
    #expect(
      try entries().map(\.event.outcome)
        == [.refused(reason: "refused"), .refused(reason: error.description)])
    #expect(try entries().allSatisfy { $0.event.cellCount == 0 && $0.event.cohorts.isEmpty })
  }

  @Test func whatCannotBeEnteredIsNotReleased() throws {
    _ = try open()
    storage.change { $0.failsToAppend = true }
    #expect(throws: LedgerInMemory.DiskFull.self) { try open() }
    storage.change {
      $0.failsToAppend = false
      $0.failsToSeal = true
    }
    #expect(throws: LedgerInMemory.DiskFull.self) { try open() }
    // The entry is there, the head one behind: a crash in between, which is made good.
    storage.change { $0.failsToSeal = false }
    #expect(try entries().count == 2)
    storage.change { $0.writes = [] }
    _ = try open()
    #expect(storage.content.writes == ["head", "entry", "head"])
    #expect(try entries().count == 3)
  }

  @Test func aTornEntryIsDroppedWhenTheHeadDoesNotCountIt() throws {
    _ = try open()
    let whole = try #require(storage.content.ledger)
    _ = try open()
    let longer = try #require(storage.content.ledger)
    let head = try #require(storage.content.head)
    for kept in [whole.count + 1, whole.count + 3, whole.count + 40, longer.count - 1] {
      // The head counts two: the second entry was complete once.
      let cut = LedgerInMemory(head: head, ledger: Array(longer[..<kept]))
      #expect(throws: LedgerError.self) { try keys.open(answer, ledger: cut) }
    }
    let oldHead = try headAfterOneEntry()
    for kept in [whole.count + 1, whole.count + 3, whole.count + 40, longer.count - 1] {
      let cut = LedgerInMemory(head: oldHead.head, ledger: Array(oldHead.longer[..<kept]))
      #expect(try keys.ledgerChain(in: cut).tornByteCount == kept - oldHead.whole)
      #expect(try keys.open(answer, ledger: cut).droppedLedgerBytes == kept - oldHead.whole)
      #expect(try keys.ledgerChain(in: cut).entries.count == 2)
      #expect(try keys.ledgerChain(in: cut).tornByteCount == 0)
    }
    // A block that the disk never wrote reads as zeros.
    let zeros = LedgerInMemory(
      head: oldHead.head,
      ledger: Array(oldHead.longer[..<oldHead.whole])
        + [UInt8](repeating: 0, count: oldHead.longer.count - oldHead.whole))
    #expect(try keys.open(answer, ledger: zeros).droppedLedgerBytes > 0)
  }

  /// The head that counts one entry, and the ledger when it has two, of a ledger of its own.
  private func headAfterOneEntry() throws -> (head: [UInt8], whole: Int, longer: [UInt8]) {
    let storage = LedgerInMemory(head: keys.makeLedgerHead())
    let date = Date(timeIntervalSince1970: 1_700_000_000.9)
    _ = try keys.open(answer, ledger: storage, at: date)
    let head = try #require(storage.content.head)
    let whole = try #require(storage.content.ledger).count
    _ = try keys.open(answer, ledger: storage, at: date)
    return (head, whole, try #require(storage.content.ledger))
  }

  @Test func aLedgerThatWasRolledBackOpensNothing() throws {
    _ = try open()
    let early = storage.content
    _ = try open()
    let late = storage.content
    _ = try open()
    let latest = storage.content

    func refusal(_ ledger: [UInt8]?, _ head: [UInt8]?) -> LedgerError? {
      let storage = LedgerInMemory(head: head, ledger: ledger)
      let error = #expect(throws: LedgerError.self) { try keys.open(answer, ledger: storage) }
      #expect(storage.content.writes.isEmpty)
      return error
    }
    #expect(
      refusal(early.ledger, late.head)
        == .rolledBack(ledger: "ledger.log", head: "ledger.head", entries: 1, expected: 2))
    #expect(
      refusal(nil, late.head)
        == .ledgerMissing(ledger: "ledger.log", head: "ledger.head", entries: 2))
    #expect(refusal(late.ledger, nil) == .headMissing(head: "ledger.head"))
    #expect(
      refusal(latest.ledger, early.head)
        == .aheadOfHead(ledger: "ledger.log", head: "ledger.head", entries: 3, expected: 1))
    // Another ledger of the same key, as long as this one.
    let other = LedgerInMemory(head: keys.makeLedgerHead())
    for _ in 0..<2 { _ = try keys.open(answer, ledger: other) }
    #expect(
      refusal(other.content.ledger, late.head)
        == .headMismatch(ledger: "ledger.log", head: "ledger.head", entry: 1))
    let names = refusal(early.ledger, late.head)?.description ?? ""
    #expect(names.contains("ledger.log") && names.contains("ledger.head"))
  }

  @Test func everyChangedByteIsNoticed() throws {
    _ = try open()
    _ = try open()
    let content = storage.content
    let ledger = try #require(content.ledger)
    let head = try #require(content.head)
    for position in ledger.indices {
      var altered = ledger
      altered[position] ^= 1 << UInt8(position % 8)
      let copy = LedgerInMemory(head: head, ledger: altered)
      #expect(throws: (any Error).self) { try keys.ledgerChain(in: copy) }
    }
    for position in head.indices {
      var altered = head
      altered[position] ^= 1 << UInt8(position % 8)
      let copy = LedgerInMemory(head: altered, ledger: ledger)
      #expect(throws: (any Error).self) { try keys.open(answer, ledger: copy) }
    }
  }

  @Test func anotherCustodiansLedgerIsToldApart() throws {
    _ = try open()
    let content = storage.content
    let other = try TestHospital(schema: LedgerTests.schema, degree: 1024)
    let foreign = LedgerInMemory(head: other.keys.makeLedgerHead(), ledger: content.ledger)
    #expect(
      throws: LedgerError.otherKey(
        ledger: "ledger.log", expected: other.keys.publicKeys.fingerprint,
        found: keys.publicKeys.fingerprint)
    ) { try other.keys.ledgerChain(in: foreign) }
    #expect(throws: LedgerError.headAltered(head: "ledger.head")) {
      try keys.ledgerChain(
        in: LedgerInMemory(head: other.keys.makeLedgerHead(), ledger: content.ledger))
    }
  }

  @Test func openingAtOnceKeepsTheChain() async throws {
    let (keys, answer, storage) = (keys, answer, storage)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { _ = try keys.open(answer, ledger: storage) } }
      try await group.waitForAll()
    }
    #expect(try keys.ledgerChain(in: storage).entries.map(\.index) == Array(0..<8))
  }
}
