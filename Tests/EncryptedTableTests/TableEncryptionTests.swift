import ClaimKeys
import ClaimSchema
import EncryptedTable
import Foundation
import SecureMemory
import Synchronization
import Testing

@Suite struct TableEncryptionTests {
  @Test func everythingOfAFileIsStored() async throws {
    let provider = try TestProvider()
    let claims = TestClaim.random(700, seed: 1)
    let steps = Mutex<[EncryptionProgress]>([])
    let report = try await provider.encrypt(provider.write(TestClaim.csv(claims))) { step in
      steps.withLock { $0.append(step) }
    }
    #expect(report.reading.read == 700 && report.stored == 700)
    #expect(report.reading.rejected == 0 && report.reading.reasons.isEmpty && !report.wasResumed)
    try provider.expectTable(holds: claims)
    #expect(try provider.table().chunks.map(\.appends) == [[0..<700]])
    #expect(provider.tableFiles == ["claims.cryptally", "claims.cryptally.journal"])

    let done = steps.withLock { $0 }
    #expect(done.map(\.recordsDone) == done.map(\.recordsDone).sorted())
    #expect(done.first?.recordsDone == 0 && done.last?.recordsDone == 700)
    #expect(done.allSatisfy { $0.recordCount == 700 })
  }

  @Test func furtherFilesFillFreeSlotsAndOpenChunks() async throws {
    let provider = try TestProvider()
    let claims = (0..<3).map { TestClaim.random([600, 300, 400][$0], seed: UInt8(10 + $0)) }
    for (index, part) in claims.enumerated() {
      let path = try provider.write(TestClaim.csv(part), as: "\(index).csv")
      let earlier = index == 1 ? try provider.table() : nil
      try await provider.encrypt(path, options: EncryptionOptions(appends: index > 0))
      try provider.expectTable(holds: claims[0...index].flatMap { $0 })
      // Who reads on while a file was added is told, and never gets a mixture.
      if let earlier {
        #expect(
          error(of: { _ = try earlier.ciphertext(column: "occupied", chunk: 0) })
            == .changedWhileReading(path: provider.folder.table))
      }
    }
    #expect(
      try provider.table().chunks.map(\.appends) == [
        [0..<600, 600..<900, 900..<1024], [0..<276],
      ])
    let statistics = try provider.table().statistics
    #expect(statistics.recordCount == 1300 && statistics.chunkCount == 2)
  }

  @Test func aChunkTakesAtMostSixtyFourFiles() async throws {
    let provider = try TestProvider(.small)
    let schema = try Schema.parse(
      yaml: """
        table: claims
        capacity: 100
        depth: 0
        columns:
          PAID: { type: integer, range: [-900, 900], protect: encrypted, nullable: false }
        """, source: "test.yaml")
    let keys = try SecretKeySet.generate(
      for: TableLayout(insecureForTesting: schema, degree: 128),
      server: ServerKey().verifyingKey)
    let encryption = try TableEncryption(schema: schema, publicKeys: keys.publicKeys)
    let values = (0..<66).map { Int64($0 * 27) - 900 }
    for (index, value) in values.enumerated() {
      _ = try await encryption.encrypt(
        provider.write("PAID\n\(value)\n", as: "\(index).csv"), into: provider.folder.table,
        options: EncryptionOptions(appends: index > 0))
    }
    // What 64 fresh ciphertexts add up to still opens.
    let table = try provider.table()
    #expect(table.chunks.map(\.appends.count) == [64, 2])
    let free = [Int64](repeating: 0, count: 64)
    #expect(try table.slots("paid/value/0", chunk: 0, keys: keys) == values[..<64] + free)
    #expect(
      try table.slots("paid/value/0", chunk: 1, keys: keys)
        == values[64...] + free + free.dropLast(2))
  }

  @Test func theSameFileTwiceMustBeMeant() async throws {
    let provider = try TestProvider(.small)
    let claims = TestClaim.random(50, seed: 30)
    let path = try provider.write(TestClaim.csv(claims))
    try await provider.encrypt(path)
    let digest = try provider.table().snapshotDigest
    let copy = try provider.write(TestClaim.csv(claims), as: "copy.csv")
    for source in [path, copy] {
      await #expect(throws: TableError.sourceAlreadyTaken(path: provider.folder.table)) {
        try await provider.encrypt(source, options: EncryptionOptions(appends: true))
      }
      #expect(try provider.table().snapshotDigest == digest)
    }
    try await provider.encrypt(
      copy, options: EncryptionOptions(appends: true, again: true))
    try provider.expectTable(holds: claims + claims)
  }

  @Test func capacityIsCheckedBeforeAnyWork() async throws {
    let provider = try TestProvider()
    let isWorking = Mutex(false)
    func refuses(_ count: Int, seed: UInt8, appends: Bool, records: Int) async throws {
      let path = try provider.write(
        TestClaim.csv(TestClaim.random(count, seed: seed)), as: "large.csv")
      let refusal = TableError.overCapacity(
        path: provider.folder.table, capacity: 3000, records: records)
      await #expect(throws: refusal) {
        try await provider.encrypt(path, options: EncryptionOptions(appends: appends)) { _ in
          isWorking.withLock { $0 = true }
        }
      }
      #expect(!isWorking.withLock { $0 })
    }
    try await refuses(3001, seed: 40, appends: false, records: 3001)
    #expect(provider.tableFiles.isEmpty)

    let claims = TestClaim.random(100, seed: 41)
    try await provider.encrypt(provider.write(TestClaim.csv(claims)))
    let digest = try provider.table().snapshotDigest
    try await refuses(2901, seed: 42, appends: true, records: 3001)
    #expect(try provider.table().snapshotDigest == digest)
    let more = TestClaim.random(50, seed: 43)
    try await provider.encrypt(
      provider.write(TestClaim.csv(more), as: "more.csv"),
      options: EncryptionOptions(appends: true))
    try provider.expectTable(holds: claims + more)
  }

  @Test func filesThatAreNotTheSchemasAreRefused() async throws {
    let provider = try TestProvider(.small)
    let csv = TestClaim.csv(TestClaim.random(3, seed: 50))
    let renamed = try provider.write(
      csv.replacingOccurrences(of: "AGE,PAID", with: "YEARS,AMOUNT"), as: "renamed.csv")
    await #expect(
      throws: ClaimReadError.missingColumns(source: renamed, headers: ["AGE", "PAID"])
    ) { try await provider.encrypt(renamed) }
    let twice = try provider.write(
      csv.replacingOccurrences(of: "NOTES", with: "AGE"), as: "twice.csv")
    await #expect(throws: ClaimReadError.repeatedColumn(source: twice, header: "AGE")) {
      try await provider.encrypt(twice)
    }
    let empty = try provider.write("", as: "empty.csv")
    await #expect(throws: ClaimReadError.empty(source: empty)) {
      try await provider.encrypt(empty)
    }
    let absent = provider.folder.path + "/absent.csv"
    await #expect(throws: ClaimReadError.fileMissing(path: absent)) {
      try await provider.encrypt(absent)
    }
    #expect(provider.tableFiles.isEmpty)

    // A header alone is a file without records, which a table may begin with.
    let header = try provider.write(TestClaim.header + "\n", as: "header.csv")
    #expect(try await provider.encrypt(header).stored == 0)
    let claims = TestClaim.random(3, seed: 50)
    try await provider.encrypt(
      provider.write(csv), options: EncryptionOptions(appends: true))
    try provider.expectTable(holds: claims)
  }

  @Test func keysAndSchemaMustBelongTogether() async throws {
    let provider = try TestProvider(.small)
    let other = try Schema.parse(
      yaml: TestClaim.schema.replacingOccurrences(of: "[0, 60]", with: "[0, 61]"),
      source: "other.yaml")
    #expect(
      throws: KeyError.schemaMismatch(
        what: "the schema", expected: provider.schema.fingerprint, found: other.fingerprint)
    ) { try TableEncryption(schema: other, publicKeys: provider.keys.publicKeys) }

    // Another key of the same schema adds nothing to the table.
    let claims = TestClaim.random(5, seed: 60)
    try await provider.encrypt(provider.write(TestClaim.csv(claims)))
    let stranger = try SecretKeySet.generate(
      for: provider.keys.layout, server: ServerKey().verifyingKey)
    let path = try provider.write(TestClaim.csv(TestClaim.random(5, seed: 61)), as: "b.csv")
    await #expect(
      throws: TableError.mismatch(
        path: provider.folder.table, field: "public key",
        table: provider.keys.publicKeys.fingerprint.hexadecimal,
        given: stranger.publicKeys.fingerprint.hexadecimal)
    ) {
      try await TableEncryption(schema: provider.schema, publicKeys: stranger.publicKeys)
        .encrypt(path, into: provider.folder.table, options: EncryptionOptions(appends: true))
    }
    try provider.expectTable(holds: claims)
  }

  @Test func aSchemaWithoutLatticeColumns() async throws {
    let schema = try Schema.parse(
      yaml: """
        table: claims
        capacity: 6000
        columns:
          SITE: { type: category, protect: clear }
          PAID: { type: integer, range: [-5, 90], protect: paillier }
        """, source: "test.yaml")
    let keys = try SecretKeySet.generate(
      for: TableLayout(insecureForTesting: schema, degree: 1024),
      server: ServerKey().verifyingKey)
    let provider = try TestProvider()
    let values = (0..<4200).map { $0 % 7 == 0 ? nil : Int64($0 % 96) - 5 }
    let rows = values.enumerated().map { "S\($0 % 3),\($1.map(String.init) ?? "")" }
    let path = try provider.write("SITE,PAID\n" + rows.joined(separator: "\n"))
    _ = try await TableEncryption(schema: schema, publicKeys: keys.publicKeys).encrypt(
      path, into: provider.folder.table)
    let table = try provider.table()
    #expect(table.chunks.map(\.appends) == [[0..<4096], [0..<104]])
    #expect(table.ciphertextColumns.isEmpty && table.clearColumns == ["site"])
    let secret = try #require(keys.paillier)
    let packing = try #require(keys.layout.packing)
    for (chunk, slot) in [(0, 0), (0, 1), (0, 4095), (1, 0), (1, 103)] {
      let record = try table.paillierRecords(chunk: chunk, block: 0)[slot]
      let plaintext = try secret.decrypt(
        .init(serialized: record, key: secret.publicKey, source: "record"))
      let totals = try packing.unpack([0: plaintext], answering: .init(sums: [0]))
      let value = values[chunk * 4096 + slot]
      #expect(totals.sums == [0: value ?? 0] && totals.counts == [0: value == nil ? 0 : 1])
      #expect(
        try table.clearCells(column: "site", chunk: chunk)[slot] == "S\((chunk * 4096 + slot) % 3)")
    }
  }
}
