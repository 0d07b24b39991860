import BFV
import BigInteger
import ClaimKeys
import EncryptedTable
import Foundation
import Paillier
import SecureMemory
import Testing

/// What `table verify` finds.
@Suite struct VerificationTests {
  private func verify(
    _ provider: TestProvider, publicKeys: PublicKeySet? = nil
  ) async throws -> VerificationReport {
    try await TableVerification(
      provider.table(), publicKeys: publicKeys ?? provider.keys.publicKeys
    ).run()
  }

  /// A table of three chunks, appended to once.
  private func filled() async throws -> TestProvider {
    let provider = try TestProvider(.small)
    try await provider.encrypt(provider.write(TestClaim.csv(TestClaim.random(100, seed: 1))))
    try await provider.encrypt(
      provider.write(TestClaim.csv(TestClaim.random(50, seed: 2)), as: "b.csv"),
      options: EncryptionOptions(appends: true))
    return provider
  }

  @Test func aWholeTableHasNoDefects() async throws {
    let provider = try await filled()
    let columns = provider.keys.layout.latticeColumns.count
    let report = try await verify(provider)
    #expect(report.defectCount == 0 && report.defects.isEmpty)
    #expect(report.chunks == 3 && report.ciphertexts == 3 * columns)
    #expect(report.clearCells == 300 && report.paillierCiphertexts % 150 == 0)
    #expect(try report.byteCount == provider.table().statistics.byteCount)
    #expect(report.checkedResidues && report.checkedUnits)
    _ = try provider.table().delete(matching: ["site"]) { $0 == ["S1"] }
    #expect(try await verify(provider).defectCount == 0)
    // Parameters for tests do not follow from the schema alone.
    let without = try await TableVerification(provider.table()).run()
    #expect(without.defectCount == 0 && !without.checkedResidues && !without.checkedUnits)
  }

  @Test func otherKeysAreRefused() async throws {
    let provider = try await filled()
    let other = try TestProvider(.large)
    #expect(throws: KeyError.self) {
      try TableVerification(provider.table(), publicKeys: other.keys.publicKeys)
    }
  }

  /// Flips a bit of every part, one after the other: each is found, and named.
  @Test func everyFlippedBitIsFound() async throws {
    let provider = try await filled()
    let table = try provider.table()
    let url = URL(fileURLWithPath: provider.folder.table)
    let original = try Data(contentsOf: url)
    var parts: [(chunk: Int, name: String, bytes: [UInt8])] = []
    for chunk in table.chunks.indices {
      for (index, column) in table.ciphertextColumns.enumerated() where index % 5 == chunk {
        parts.append(
          (chunk, "column '\(column)'", try table.ciphertext(column: column, chunk: chunk)))
      }
      for block in table.paillierBlocks {
        let records = try table.paillierRecords(chunk: chunk, block: block)
        for record in [0, records.count - 1] {
          parts.append((chunk, "Paillier block \(block)", Array(records[record])))
        }
      }
    }
    var random = SeedExpander(seed: [9], domain: "test")
    for part in parts {
      // SQLite cuts long blobs into pages, and leaves copies where a page has moved: the first bytes are
      // changed wherever they stand.
      let prefix = Data(part.bytes.prefix(60))
      let offset = Int(random.uniform(below: UInt64(prefix.count)))
      var changed = original
      var start = original.startIndex
      while let place = original.range(of: prefix, in: start..<original.endIndex) {
        changed[place.lowerBound + offset] ^= 1 << UInt8(offset % 8)
        start = place.upperBound
      }
      #expect(changed != original)
      try changed.write(to: url)
      let report = try await verify(provider)
      #expect(report.defectCount == 1)
      #expect(
        report.defects.map(\.description) == [
          "chunk \(part.chunk), \(part.name): it does not match its digest"
        ])
    }
    #expect(parts.count > 60)
    try original.write(to: url)
    #expect(try await verify(provider).defectCount == 0)
  }

  @Test func flippedClearCellsAreFound() async throws {
    let provider = try VisitProvider()
    try await provider.encrypt(
      [Visit(number: 1, site: "a site of this name", year: 2000, patient: "p")])
    let url = URL(fileURLWithPath: provider.folder.table)
    let original = try Data(contentsOf: url)
    // Once in the cells, and twice and more in their statistics, which are of the catalogue.
    var start = original.startIndex
    var found: [String] = []
    while let place = original.range(of: Data("site of".utf8), in: start..<original.endIndex) {
      start = place.upperBound
      var changed = original
      changed[place.lowerBound] ^= 1
      try changed.write(to: url)
      do {
        let report = try await TableVerification(
          provider.table(), publicKeys: provider.keys.publicKeys
        ).run()
        found += report.defects.map(\.description)
      } catch TableError.damaged(_, let part, _) {
        found.append(part)
      }
    }
    #expect(
      found.sorted() == [
        "catalogue", "catalogue", "catalogue",
        "chunk 0, column 'site': it does not match its digest",
      ])
  }

  /// The same data under another name, with one part put in the place of another: all digests are right,
  /// and what they are of is not.
  private func copy(
    _ provider: TestProvider, omitting: String? = nil, order: ClearOrder? = nil,
    ciphertext: (String, [UInt8]) -> [UInt8] = { $1 },
    cells: (String, [String?]) -> [String?] = { $1 }, records: ([UInt8]) -> [UInt8] = { $0 }
  ) throws -> TestProvider {
    let table = try provider.table()
    let target = provider.with(try TestFolder())
    let ingest = try Ingest.begin(
      at: target.folder.table, describing: table.description,
      source: SourceIdentity(digest: .of([1], domain: "test"), byteCount: 1), capacity: 1000)
    for chunk in table.chunks {
      try ingest.beginBatch(chunk: chunk.index, slots: 0..<chunk.occupied)
      for column in table.ciphertextColumns where column != omitting {
        try ingest.addCiphertext(
          column: column,
          bytes: ciphertext(column, try table.ciphertext(column: column, chunk: chunk.index)))
      }
      for column in table.clearColumns {
        let stored = try table.clearCells(column: column, chunk: chunk.index)
        try ingest.addClearCells(
          column: column, cells: cells(column, (0..<stored.count).map { stored[$0] }),
          order: order ?? (column == "year" ? .number : .bytes))
      }
      for block in table.paillierBlocks {
        let stored = try table.paillierRecords(chunk: chunk.index, block: block)
        try ingest.addPaillierRecords(
          block: block, ciphertextByteCount: stored.ciphertextByteCount,
          bytes: records(stored.bytes))
      }
      try ingest.commitBatch()
    }
    try ingest.publish()
    return target
  }

  private func defects(_ provider: TestProvider) async throws -> [String] {
    try await verify(provider).defects.map(\.description)
  }

  @Test func wrongContentUnderRightDigestsIsFound() async throws {
    let provider = try TestProvider(.small)
    try await provider.encrypt(provider.write(TestClaim.csv(TestClaim.random(30, seed: 3))))
    #expect(try await defects(copy(provider)).isEmpty)

    // A residue of all ones is not below its modulus.
    for change: @Sendable ([UInt8]) -> [UInt8] in [
      { $0.prefix(2) + [UInt8](repeating: 0xFF, count: $0.count - 2) },
      { $0.dropLast() }, { $0 + [0] }, { [9] + $0.dropFirst() },
    ] {
      let wrong = try await defects(
        copy(provider, ciphertext: { $0 == "occupied" ? change($1) : $1 }))
      #expect(wrong.count == 1)
      #expect(
        wrong.first?.hasPrefix("chunk 0, column 'occupied': it is no ciphertext of the parameters")
          == true)
    }
    let missing = try await defects(copy(provider, omitting: "occupied"))
    #expect(missing == ["chunk 0: the column 'occupied' is missing, or not of the schema"])

    for year in ["1999", "02001", "x"] {
      let wrong = try await defects(
        copy(provider, cells: { $0 == "year" ? [year] + $1.dropFirst() : $1 }))
      #expect(wrong == ["chunk 0, column 'year': a cell does not fit the schema"])
    }
    let statistics = try await defects(copy(provider, order: .bytes))
    #expect(statistics == ["chunk 0, column 'year': its statistics are not those of its cells"])

    let key = try #require(provider.keys.publicKeys.paillier)
    let size = key.ciphertextByteCount
    let multiple = try #require(key.modulus.bigEndianBytes(count: size))
    for record in [
      [UInt8](repeating: 0, count: size), [UInt8](repeating: 255, count: size), multiple,
    ] {
      let wrong = try await defects(
        copy(provider, records: { record + $0.dropFirst(size) }))
      #expect(!wrong.isEmpty)
      #expect(
        wrong.allSatisfy { $0.hasPrefix("chunk 0, Paillier block ") && $0.contains("slot 0") })
    }
  }

  @Test func manyDefectsAreCounted() async throws {
    let provider = try TestProvider(.small)
    try await provider.encrypt(provider.write(TestClaim.csv(TestClaim.random(100, seed: 4))))
    let columns = provider.keys.layout.latticeColumns.count
    let report = try await verify(copy(provider, ciphertext: { _, _ in [1] }))
    #expect(report.defectCount == 2 * columns)
    #expect(report.defects.count == VerificationReport.shownDefects)
    #expect(report.defects.allSatisfy { $0.chunk == 0 })
  }
}
