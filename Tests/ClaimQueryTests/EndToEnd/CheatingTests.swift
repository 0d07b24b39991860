import BFV
import ClaimKeys
import ClaimQuery
import ClaimSchema
import EncryptedTable
import Lattice
import SecureMemory
import Testing
import Wire

/// An analyst, or somebody on the wire, who wants the custodian to open what no query asked for.
@Suite struct CheatingTests {
  private static let schema = """
    table: claims
    capacity: 2000
    depth: 1
    columns:
      SEX: { type: category, protect: encrypted, values: ["1", "2"], nullable: false }
      PAID: { type: money, scale: 2, range: [-500.00, 20000.00], protect: encrypted, nullable: false }
    """

  private let hospital: TestHospital
  private let counts: EncryptedAnswer
  private let sums: EncryptedAnswer

  init() async throws {
    hospital = try TestHospital(schema: CheatingTests.schema, degree: 1024)
    let rows = (0..<200).map { "\($0 % 2 + 1),\($0 * 10).00" }
    try await hospital.encrypt(
      csv: "SEX,PAID\n" + rows.joined(separator: "\n") + "\n", table: "claims")
    let executor = QueryExecutor(keys: hospital.evaluationKeys, serverKey: hospital.server)
    counts = try await executor.answer(
      "SELECT sex, count(*) FROM claims GROUP BY sex", on: hospital.tables)
    sums = try await executor.answer("SELECT sum(paid) FROM claims", on: hospital.tables)
    // The honest answers open.
    #expect(
      try hospital.keys.open(counts).values == [
        [.text("1"), .integer(100)], [.text("2"), .integer(100)],
      ])
  }

  private func forged(
    text: String? = nil, tables: [TableReference]? = nil, totals: [EncryptedTotals]? = nil,
    signedBy key: SigningKey
  ) -> EncryptedAnswer {
    EncryptedAnswer(
      canonicalText: text ?? counts.canonicalText, tables: tables ?? counts.tables,
      planDigest: counts.planDigest, clearGroups: counts.clearGroups,
      latticeTotals: totals ?? counts.latticeTotals, paillierTotals: counts.paillierTotals,
      publicKeys: hospital.keys.publicKeys, isTesting: true, signingKey: key)
  }

  /// The forgery with the genuine server's name and signature in the place of the forger's.
  private func disguised(_ forgery: EncryptedAnswer) throws -> [UInt8] {
    let names = VerifyingKey.byteCount
    let signature = VerifyingKey.signatureByteCount
    let genuine = try payload(of: counts.serialized()).suffix(names + signature)
    let forged = try payload(of: forgery.serialized()).dropLast(names + signature)
    return Envelope.seal(
      kind: .answer, version: 1, isTesting: true,
      parameterFingerprint: counts.layoutFingerprint, keyFingerprint: counts.keyFingerprint,
      payload: Array(forged + genuine))
  }

  private func payload(of bytes: [UInt8]) throws -> ArraySlice<UInt8> {
    try Envelope.open(bytes, expecting: .answer, source: "answer", allowsTesting: true).payload
  }

  /// Neither the forger's own signature nor the genuine one over something else opens it.
  private func expectClosed(_ forgery: (SigningKey) -> EncryptedAnswer) throws {
    let own = forgery(SigningKey())
    #expect(throws: AnswerError.serverNotPinned(own.server.fingerprint)) {
      try hospital.open(own.serialized())
    }
    let bytes = try disguised(own)
    #expect(throws: AnswerError.badSignature) { try hospital.open(bytes) }
  }

  @Test func exchangedCountsDoNotOpen() throws {
    try expectClosed { forged(totals: counts.latticeTotals.reversed(), signedBy: $0) }
  }

  @Test func oneRecordsCiphertextDoesNotOpen() throws {
    let table = try #require(hospital.tables.first)
    let context = try #require(hospital.keys.publicKeys.lattice).context
    let key = try #require(hospital.keys.publicKeys.lattice)
    let stored = try table.ciphertext(
      column: LatticeColumn.value(.column("paid"), limb: 0).storageKey, chunk: 0)
    var reader = BoundedReader(stored[...], source: "stored")
    var column = try Ciphertext(context: context, from: &reader)
    // A mask that leaves one slot: the total is one record's amount.
    let evaluator = Evaluator(context)
    try evaluator.multiply(
      &column,
      by: evaluator.prepare(BatchEncoder(context).encode([0, 0, 0, 1]), level: column.level))
    let single = try evaluator.extractTotals(
      column, noise: context.noiseModel.multiplyingPlaintext(context.noiseModel.fresh),
      totalsInAnswer: 1, rerandomizingWith: Encryptor(key))
    try expectClosed { forged(totals: [single, single], signedBy: $0) }
  }

  @Test func keyDependentCiphertextDoesNotOpen() throws {
    // (0, Δ): its phase is Δ·s, so opening it would give the secret's constant coefficient.
    let context = try #require(hospital.keys.publicKeys.lattice).context
    let basis = try context.basis(level: 1)
    let prime = basis.moduli[0].value
    var second = RNSPolynomial<Coefficient>(basis: basis)
    second.residues[0] = prime / context.parameters.plaintextModulus
    var writer = BoundedWriter()
    writer.append(UInt8(1))
    writer.append(UInt32(1))
    writer.append(UInt64(0))
    second.write(to: &writer)
    var reader = BoundedReader(writer.bytes[...], source: "forged")
    let forgery = try EncryptedTotals(context: context, from: &reader)
    try expectClosed { forged(totals: [forgery, forgery], signedBy: $0) }
  }

  @Test func anotherQuerysTextDoesNotOpen() throws {
    try expectClosed { forged(text: sums.canonicalText, signedBy: $0) }
    try expectClosed {
      forged(text: "SELECT sex, count(sex) FROM claims GROUP BY sex", signedBy: $0)
    }
  }

  @Test func otherTablesDoNotOpen() throws {
    let reference = try #require(counts.tables.first)
    let other = TableReference(
      identifier: .random(), snapshot: reference.snapshot, recordCount: reference.recordCount)
    try expectClosed { forged(tables: [other], signedBy: $0) }
  }

  @Test func plansAreMadeAgainEvenForPinnedServers() throws {
    // A pinned server's mistake: the text of one query, the plan of another.
    #expect(throws: AnswerError.planMismatch) {
      try hospital.keys.open(
        forged(text: sums.canonicalText, signedBy: hospital.server.signingKey))
    }
    #expect(throws: AnswerError.malformed(part: "number of totals")) {
      try hospital.keys.open(
        forged(
          totals: Array(counts.latticeTotals.dropLast()), signedBy: hospital.server.signingKey))
    }
    #expect(throws: AnswerError.malformed(part: "list of tables")) {
      try hospital.keys.open(
        forged(
          tables: counts.tables + counts.tables, signedBy: hospital.server.signingKey))
    }
  }

  @Test func impossibleTotalsAreRefusedWithoutAReason() throws {
    // A sum in the place of a count: 1,990,000 records where there are 200.
    let sum = try #require(sums.latticeTotals.last)
    #expect(throws: AnswerError.refused) {
      try hospital.keys.open(
        forged(
          totals: [sum] + counts.latticeTotals.dropFirst(),
          signedBy: hospital.server.signingKey))
    }
  }

  @Test func theSameTotalUnderEveryGroupIsRefused() throws {
    let whole = try #require(sums.latticeTotals.first)
    // 200 records under each of two groups: more than there are.
    #expect(throws: AnswerError.refused) {
      try hospital.keys.open(
        forged(totals: [whole, whole], signedBy: hospital.server.signingKey))
    }
  }

  @Test func everyChangedByteIsNoticed() throws {
    let bytes = counts.serialized()
    for position in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) {
      var altered = bytes
      altered[position] ^= 1
      #expect(throws: (any Error).self) { try hospital.open(altered) }
    }
    for length in [0, 1, 100, bytes.count / 2, bytes.count - 1] {
      #expect(throws: (any Error).self) { try hospital.open(Array(bytes.prefix(length))) }
    }
  }

  @Test func anotherKeysAnswerIsToldApart() async throws {
    let other = try TestHospital(schema: CheatingTests.schema, degree: 1024)
    #expect(
      throws: AnswerError.otherKey(
        expected: other.keys.publicKeys.fingerprint,
        found: hospital.keys.publicKeys.fingerprint)
    ) { try other.open(counts.serialized()) }
  }
}

@Suite struct TableSetTests {
  private static let schema = """
    table: claims
    capacity: 30
    depth: 0
    columns:
      SEX: { type: category, protect: encrypted, values: ["1", "2"] }
    """

  private func rows(_ count: Int) -> String {
    "SEX\n" + String(repeating: "1\n", count: count)
  }

  @Test func tablesTogetherAreBoundedAndDistinct() async throws {
    let hospital = try TestHospital(schema: TableSetTests.schema, degree: 1024)
    try await hospital.encrypt(csv: rows(20), table: "a")
    try await hospital.encrypt(csv: rows(11), table: "b")
    await #expect(throws: AnswerError.overCapacity(records: 31, capacity: 30)) {
      try await hospital.ask("SELECT count(*) FROM claims")
    }
    let executor = QueryExecutor(keys: hospital.evaluationKeys, serverKey: hospital.server)
    let table = hospital.tables[0]
    await #expect(throws: AnswerError.sameTableTwice(table.path, table.path)) {
      try await executor.answer("SELECT count(*) FROM claims", on: [table, table])
    }
    await #expect(throws: AnswerError.noTables) {
      try await executor.answer("SELECT count(*) FROM claims", on: [])
    }
    let other = try TestHospital(schema: TableSetTests.schema, degree: 1024)
    try await other.encrypt(csv: rows(2), table: "c")
    await #expect(throws: KeyError.self) {
      try await executor.answer("SELECT count(*) FROM claims", on: other.tables)
    }
    await #expect(throws: TableError.overCapacity(path: "d", capacity: 30, records: 31)) {
      do { try await hospital.encrypt(csv: rows(31), table: "d") } catch let error as TableError {
        guard case .overCapacity(_, let capacity, let records) = error else { throw error }
        throw TableError.overCapacity(path: "d", capacity: capacity, records: records)
      }
    }
  }
}

@Suite struct PaillierCheatingTests {
  private static let schema = """
    table: claims
    capacity: 500
    depth: 0
    columns:
      SITE: { type: category, protect: clear }
      SEX: { type: category, protect: encrypted, values: ["1", "2"] }
      PAID: { type: money, scale: 2, range: [0, 1000.00], protect: paillier, nullable: false }
    """

  @Test func oneRecordInThePlaceOfASumIsRefused() async throws {
    let hospital = try TestHospital(schema: PaillierCheatingTests.schema, degree: 1024)
    let rows = (0..<100).map { "S\($0 % 2),1,\($0).00" }
    try await hospital.encrypt(
      csv: "SITE,SEX,PAID\n" + rows.joined(separator: "\n") + "\n", table: "claims")
    let executor = QueryExecutor(keys: hospital.evaluationKeys, serverKey: hospital.server)
    let honest = try await executor.answer(
      "SELECT count(*), sum(paid) FROM claims", on: hospital.tables)
    #expect(try hospital.keys.open(honest).values == [[.integer(100), .real(4950)]])
    let table = try #require(hospital.tables.first)
    let single = Array(try table.paillierRecords(chunk: 0, block: 0)[7])
    let forged = EncryptedAnswer(
      canonicalText: honest.canonicalText, tables: honest.tables, planDigest: honest.planDigest,
      clearGroups: honest.clearGroups, latticeTotals: honest.latticeTotals,
      paillierTotals: [single], publicKeys: hospital.keys.publicKeys, isTesting: true,
      signingKey: hospital.server.signingKey)
    #expect(throws: AnswerError.refused) { try hospital.keys.open(forged) }
  }

  @Test func groupsThatTheFilterExcludesAreNotNamed() async throws {
    let hospital = try TestHospital(schema: PaillierCheatingTests.schema, degree: 1024)
    // The same letter composed and decomposed: two keys, as in PostgreSQL.
    let sites = ["A", "B", "\u{E9}", "e\u{301}"]
    let rows = (0..<100).map { "\(sites[$0 % 4]),1,1.00" }
    try await hospital.encrypt(
      csv: "SITE,SEX,PAID\n" + rows.joined(separator: "\n") + "\n", table: "claims")
    let executor = QueryExecutor(keys: hospital.evaluationKeys, serverKey: hospital.server)
    for aggregate in ["count(*)", "sum(paid)"] {
      let answer = try await executor.answer(
        "SELECT site, \(aggregate) FROM claims WHERE site <> 'A' AND site <> 'B' GROUP BY site",
        on: hospital.tables)
      #expect(
        answer.clearGroups.map { $0.map { $0.map { Array($0.utf8) } } }
          == [[Array("e\u{301}".utf8)], [Array("\u{E9}".utf8)]])
      #expect(try hospital.keys.open(answer).rows.count == 2)
    }
  }
}
