import ClaimKeys
import ClaimQuery
import ClaimSchema
import EncryptedTable
import Foundation
import SecureMemory
import Testing

/// The classic attacks on statistical databases, by an analyst who only asks.
@Suite struct TrackerTests {
  private static let schema = """
    table: claims
    capacity: 1000
    depth: 2
    columns:
      SEX: { type: category, protect: encrypted, values: ["1", "2"], nullable: false }
      REGION: { type: category, protect: encrypted, values: [N, S, X], nullable: false }
      PAID: { type: integer, range: [0, 100], protect: encrypted, nullable: false }
    """

  private let hospital: TestHospital
  private let ledger: LedgerInMemory

  /// 200 records: 120 of sex 1, 80 of sex 2; of region X are two of the first and one of the second; of
  /// region S every fourth of the others.
  init() async throws {
    hospital = try TestHospital(schema: TrackerTests.schema, degree: 1024)
    try await hospital.encrypt(csv: TrackerTests.rows(0..<200), table: "claims")
    ledger = LedgerInMemory(head: hospital.keys.makeLedgerHead())
  }

  private static func rows(_ range: Range<Int>) -> String {
    let lines = range.map { index in
      let region = [5, 7, 150].contains(index) ? "X" : index % 4 == 0 ? "S" : "N"
      return "\(index < 120 ? 1 : 2),\(region),\(index % 101)"
    }
    return "SEX,REGION,PAID\n" + lines.joined(separator: "\n") + "\n"
  }

  private func ask(
    _ sql: String, _ settings: DisclosureSettings = DisclosureSettings(minimumCohort: 11),
    tables: [EncryptedTable]? = nil
  ) async throws -> [[String]] {
    let answer = try await QueryExecutor(
      keys: hospital.evaluationKeys, serverKey: hospital.server
    ).answer(sql, on: tables ?? hospital.tables)
    return try hospital.keys.withDisclosureForTesting(settings).open(answer, ledger: ledger)
      .answer.rows.map { $0.map { $0 == .withheld ? "-" : $0.text ?? "NULL" } }
  }

  private func number(_ sql: String, _ settings: DisclosureSettings) async throws -> Int {
    try #require(Int(try await ask(sql, settings)[0][0]))
  }

  @Test func theIndividualTrackerIsRefused() async throws {
    #expect(try await ask("SELECT count(*) FROM claims WHERE sex = '1'") == [["120"]])
    await #expect(throws: AnswerError.refused) {
      try await ask("SELECT count(*) FROM claims WHERE sex = '1' AND region <> 'X'")
    }
    await #expect(throws: AnswerError.refused) {
      try await ask("SELECT count(*) FROM claims WHERE sex = '1' AND region IN ('N', 'S')")
    }
    // Far enough apart, or the same once more.
    #expect(
      try await ask("SELECT count(*) FROM claims WHERE sex = '1' AND region = 'S'") == [["30"]])
    #expect(try await ask("SELECT count(*) FROM claims WHERE sex IN ('1')") == [["120"]])
  }

  @Test func theIndividualTrackerIsRefusedInEitherOrder() async throws {
    #expect(
      try await ask("SELECT count(*) FROM claims WHERE sex = '1' AND region <> 'X'") == [["118"]])
    await #expect(throws: AnswerError.refused) {
      try await ask("SELECT sum(paid), count(*) FROM claims WHERE sex = '1'")
    }
  }

  @Test func aFilterThatLeavesOutFewIsWithheld() async throws {
    #expect(try await ask("SELECT count(*) FROM claims WHERE region <> 'X'") == [["-"]])
    #expect(
      try await ask(
        "SELECT count(*), count(*) FILTER (WHERE region <> 'X'), sum(paid) FILTER (WHERE sex = '1') "
          + "FROM claims") == [["200", "-", "\((0..<120).reduce(0) { $0 + $1 % 101 })"]])
  }

  @Test func aPolicyMayLetFiltersLeaveOutFew() async throws {
    let open = DisclosureSettings(minimumCohort: 11, protectsComplement: false)
    #expect(try await ask("SELECT count(*) FROM claims WHERE region <> 'X'", open) == [["197"]])
    // Not together with the whole.
    await #expect(throws: AnswerError.refused) {
      try await ask("SELECT count(*) FROM claims", open)
    }
  }

  @Test func nothingFollowsWithinARow() async throws {
    // |A ∩ B| = |A| + |B| − |A ∪ B|: two of region X and sex 1.
    #expect(
      try await ask(
        "SELECT count(*) FILTER (WHERE sex = '1'), count(*) FILTER (WHERE region IN ('X', 'S')), "
          + "count(*) FILTER (WHERE sex = '1' OR region IN ('X', 'S')), "
          + "count(*) FILTER (WHERE sex = '1' AND region = 'S') FROM claims")
        == [["120", "53", "141", "-"]])
    // A small cohort, and what would give it away.
    #expect(
      try await ask(
        "SELECT count(*) FILTER (WHERE region = 'X'), count(*) FILTER (WHERE region = 'N'), "
          + "count(*) FILTER (WHERE region = 'S'), count(*) FROM claims",
        DisclosureSettings(minimumCohort: 11, protectsComplement: false))
        == [["-", "147", "50", "-"]])
  }

  @Test func nothingFollowsOverTheRows() async throws {
    #expect(
      try await ask("SELECT region, count(*) FROM claims GROUP BY region")
        == [["N", "147"], ["S", "-"], ["X", "-"]])
    #expect(
      try await ask(
        "SELECT region, count(*) FROM claims GROUP BY region",
        DisclosureSettings(minimumCohort: 11, protectsComplement: false))
        == [["N", "147"], ["S", "50"], ["X", "-"]])
  }

  @Test func aTableThatGrewByFewIsNotAskedAgain() async throws {
    func grown(_ range: Range<Int>) async throws -> [EncryptedTable] {
      let copy = hospital.folder.appending(path: "grown-\(range.count)")
      try FileManager.default.copyItem(at: hospital.folder.appending(path: "claims"), to: copy)
      let csv = hospital.folder.appending(path: "more-\(range.count).csv")
      try Data(TrackerTests.rows(range).utf8).write(to: csv)
      _ = try await TableEncryption(
        schema: hospital.schema, publicKeys: hospital.keys.publicKeys
      ).encrypt(csv.path, into: copy.path, options: EncryptionOptions(appends: true))
      return [try EncryptedTable(opening: copy.path, allowsTesting: true)]
    }
    let sql = "SELECT sum(paid) FROM claims"
    let few = try await grown(200..<205)
    let many = try await grown(200..<215)
    _ = try await ask(sql)
    let error = await #expect(throws: QueryError.self) { try await ask(sql, tables: few) }
    #expect(error?.description.contains("5 records more or fewer") == true)
    #expect(
      try await ask(sql, tables: many) == [["\((0..<215).reduce(0) { $0 + $1 % 101 })"]])
  }

  /// Denning, Denning and Schwartz, "The Tracker", 1979: with T and its opposite, both large, the count of
  /// any small C is count(C or T) + count(C or not T) − count(*). No query is small, none differs by few from
  /// another, and suppression releases all three.
  private static let tracker = [
    "SELECT count(*) FROM claims WHERE region = 'X' OR sex = '1'",
    "SELECT count(*) FROM claims WHERE region = 'X' OR sex = '2'",
    "SELECT count(*) FROM claims",
  ]

  private func track(_ settings: DisclosureSettings) async throws -> Int {
    let first = try await number(TrackerTests.tracker[0], settings)
    let second = try await number(TrackerTests.tracker[1], settings)
    return first + second - (try await number(TrackerTests.tracker[2], settings))
  }

  @Test func suppressionDoesNotStopTheGeneralTracker() async throws {
    #expect(try await track(DisclosureSettings(minimumCohort: 11)) == 3)
  }

  @Test func differentialPrivacyDefeatsTheGeneralTracker() async throws {
    let settings = DisclosureSettings(
      minimumCohort: 11,
      differentialPrivacy: DifferentialPrivacySettings(
        mechanism: .laplace, epsilonMillionths: 100_000, budgetMillionths: 9_000_000))
    var squares = 0.0
    for _ in 0..<30 { squares += pow(Double(try await track(settings)) - 3, 2) }
    // Three counts with noise of variance 2 / 0.1² each: a standard deviation of 24.5 around 3.
    #expect((10.0...40.0).contains((squares / 30).squareRoot()))
    // Averaging it away needs more answers than the budget has: 90 of 0.1 were given.
    let error = await #expect(throws: QueryError.self) { try await track(settings) }
    #expect(error?.description.contains("budget is used up") == true)
    let entries = try hospital.keys.ledgerChain(in: ledger).entries
    #expect(entries.count == 91)
    #expect(
      entries[0].event.budget == LedgerBudget(spentMillionths: 100_000, leftMillionths: 8_900_000))
    #expect(entries[89].event.budget == LedgerBudget(spentMillionths: 100_000, leftMillionths: 0))
    #expect(entries[90].event.budget == LedgerBudget(spentMillionths: 0, leftMillionths: 0))
    #expect(entries.allSatisfy { $0.event.cohorts.isEmpty })
  }

  @Test func noiseOnSumsGrowsWithTheirRange() async throws {
    let settings = DisclosureSettings(
      minimumCohort: 11,
      differentialPrivacy: DifferentialPrivacySettings(
        mechanism: .gaussian, epsilonMillionths: 1_000_000, deltaAttos: 1_000_000_000_000,
        budgetMillionths: 100_000_000))
    let exact = (0..<200).reduce(0) { $0 + $1 % 101 }
    var errors: [Double] = []
    for _ in 0..<40 {
      errors.append(Double(try await number("SELECT sum(paid) FROM claims", settings) - exact))
    }
    // One record changes the sum by at most 100; σ is 100 · √2 / √(2 · 0.01684) for two totals, times up to
    // 1.08.
    let spread = (errors.reduce(0) { $0 + $1 * $1 } / 40).squareRoot()
    #expect((450.0...1200.0).contains(spread))
    await #expect(throws: QueryError.self) {
      try await ask("SELECT count(DISTINCT region) FROM claims", settings)
    }
  }

  @Test func releasedNumbersAreRounded() async throws {
    let settings = DisclosureSettings(minimumCohort: 11, roundingBase: 50)
    let sum = (0..<80).reduce(0) { $0 + ($1 + 120) % 101 }
    let rounded = (sum + 25) / 50 * 50
    #expect(
      try await ask(
        "SELECT count(*), sum(paid), avg(paid) FROM claims WHERE sex = '2'", settings)
        == [["100", "\(rounded)", String(format: "%.16f", Double(rounded) / 100)]])
    await #expect(throws: QueryError.self) {
      try await ask("SELECT var_pop(paid) FROM claims", settings)
    }
  }

  @Test func dominanceReleasesNoSumThatItCannotDecide() async throws {
    let settings = DisclosureSettings(minimumCohort: 11, dominanceHundredths: 1000)
    #expect(try await ask("SELECT count(*) FROM claims", settings) == [["200"]])
    await #expect(throws: QueryError.self) {
      try await ask("SELECT sum(paid) FROM claims", settings)
    }
  }
}
