import BFV
import BigInteger
import ClaimKeys
import ClaimSchema
import EncryptedTable
import Foundation
import Paillier
import SecureMemory
import Testing
import Wire

/// A hospital that encrypts claims, with the secret keys at hand to see what it stored.
struct TestProvider: Sendable {
  let schema: Schema
  let keys: SecretKeySet
  let folder: TestFolder

  /// How many records a chunk takes: the ring degree. Keys are made once for each.
  enum ChunkSize {
    case large
    case small
  }

  private static let large = Result { try makeKeys(degree: 1024) }
  private static let small = Result { try makeKeys(degree: 64) }

  private static func makeKeys(degree: Int) throws -> SecretKeySet {
    let schema = try Schema.parse(yaml: TestClaim.schema, source: "test.yaml")
    return try SecretKeySet.generate(
      for: TableLayout(insecureForTesting: schema, degree: degree),
      server: ServerKey().verifyingKey)
  }

  init(_ size: ChunkSize = .large) throws {
    keys =
      switch size {
      case .large: try TestProvider.large.get()
      case .small: try TestProvider.small.get()
      }
    schema = keys.layout.schema
    folder = try TestFolder()
  }

  /// The same hospital over other files.
  func with(_ folder: TestFolder) -> TestProvider {
    TestProvider(schema: schema, keys: keys, folder: folder)
  }

  private init(schema: Schema, keys: SecretKeySet, folder: TestFolder) {
    self.schema = schema
    self.keys = keys
    self.folder = folder
  }

  /// Writes a claims file and gives its path.
  func write(_ text: String, as name: String = "claims.csv") throws -> String {
    let path = folder.path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @discardableResult
  func encrypt(
    _ path: String, options: EncryptionOptions = EncryptionOptions(),
    progress: @Sendable (EncryptionProgress) -> Void = { _ in }
  ) async throws -> EncryptionReport {
    try await TableEncryption(schema: schema, publicKeys: keys.publicKeys).encrypt(
      path, into: folder.table, options: options, progress: progress)
  }

  func table() throws -> EncryptedTable {
    try EncryptedTable(opening: folder.table, allowsTesting: true)
  }

  /// The table's and the journal's files; the sources are left out.
  var tableFiles: [String] { folder.names.filter { $0.hasPrefix("claims.cryptally") } }
}

// MARK: - Seeing what is stored

extension TestProvider {
  /// Opens every ciphertext and every cell of the table and compares it with the claims, one record
  /// in each slot, in order.
  func expectTable(
    holds claims: [TestClaim], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let table = try table()
    try #require(table.recordCount == claims.count, sourceLocation: sourceLocation)
    var start = 0
    for chunk in table.chunks {
      let part = Array(claims[start..<start + chunk.occupied])
      start += chunk.occupied
      try expectLattice(table, chunk.index, holds: part, sourceLocation)
      try expectClearCells(table, chunk.index, hold: part, sourceLocation)
      try expectPaillier(table, chunk.index, holds: part, sourceLocation)
    }
  }

  private func slots(_ key: String, chunk: Int, of table: EncryptedTable) throws -> [Int64] {
    try table.slots(key, chunk: chunk, keys: keys)
  }

  private func expectLattice(
    _ table: EncryptedTable, _ chunk: Int, holds claims: [TestClaim], _ location: SourceLocation
  ) throws {
    #expect(table.ciphertextColumns == latticeKeys.sorted(), sourceLocation: location)
    for key in TestClaim.digitKeys {
      let slots = try slots(key, chunk: chunk, of: table)
      expectEqual(slots, TestClaim.slots(key, of: claims), key, location)
    }
    for value in TestClaim.summed {
      // All limbs but the highest have as many bits each as lie between two of them.
      let encoding = try #require(keys.layout.encoding(of: value.stored))
      var values = [Int128](repeating: 0, count: table.description.slotsPerChunk)
      for limb in (0..<encoding.limbCount).reversed() {
        let slots = try slots("\(value.name)/value/\(limb)", chunk: chunk, of: table)
        for (slot, part) in slots.enumerated() {
          if limb < encoding.limbCount - 1 {
            #expect((0..<(1 << Int64(encoding.limbBits))).contains(part), sourceLocation: location)
            values[slot] *= 1 << Int128(encoding.limbBits)
          }
          values[slot] += Int128(part)
        }
      }
      expectEqual(values, claims.map { $0.value(of: value.columns) ?? 0 }, value.name, location)
    }
  }

  /// The storage keys that the layout must have.
  private var latticeKeys: [String] {
    TestClaim.digitKeys
      + TestClaim.summed.flatMap { value in
        (0..<keys.layout.limbCount(of: value.stored)).map { "\(value.name)/value/\($0)" }
      }
  }

  /// The slots hold what is expected, and zeros after that.
  private func expectEqual<Number: BinaryInteger>(
    _ slots: [Number], _ expected: [Number], _ name: String, _ location: SourceLocation
  ) {
    let wrong = slots.indices.first {
      slots[$0] != ($0 < expected.count ? expected[$0] : 0)
    }
    #expect(wrong == nil, "\(name): the first wrong slot", sourceLocation: location)
  }

  private func expectClearCells(
    _ table: EncryptedTable, _ chunk: Int, hold claims: [TestClaim], _ location: SourceLocation
  ) throws {
    #expect(table.clearColumns == ["site", "year"], sourceLocation: location)
    let sites = try table.clearCells(column: "site", chunk: chunk)
    let years = try table.clearCells(column: "year", chunk: chunk)
    #expect((0..<sites.count).map { sites[$0] } == claims.map(\.site), sourceLocation: location)
    #expect(
      (0..<years.count).map { years[$0] } == claims.map { $0.year.map(String.init) },
      sourceLocation: location)
  }

  private func expectPaillier(
    _ table: EncryptedTable, _ chunk: Int, holds claims: [TestClaim], _ location: SourceLocation
  ) throws {
    let secret = try #require(keys.paillier)
    let packing = try #require(keys.layout.packing)
    try #require(table.paillierBlocks == Array(0..<packing.blockCount))
    let blocks = try table.paillierBlocks.map { block in
      let records = try table.paillierRecords(chunk: chunk, block: block)
      try #require(records.count == claims.count, sourceLocation: location)
      return records
    }
    for (slot, claim) in claims.enumerated() {
      var plaintexts: [Int: BigInteger] = [:]
      for (block, records) in blocks.enumerated() {
        plaintexts[block] = try secret.decrypt(
          Paillier.Ciphertext(
            serialized: records[slot], key: secret.publicKey, source: "record \(slot)"))
      }
      let totals = try packing.unpack(plaintexts, answering: PackingRequest(sums: [0, 1]))
      #expect(totals.recordCount == 1, sourceLocation: location)
      #expect(
        totals.sums == [0: claim.copay ?? 0, 1: claim.visits], sourceLocation: location)
      #expect(
        totals.counts == [0: claim.copay == nil ? 0 : 1, 1: 1], sourceLocation: location)
    }
  }
}

extension EncryptedTable {
  /// The slots of a stored ciphertext, opened with the secret key.
  func slots(_ key: String, chunk: Int, keys: SecretKeySet) throws -> [Int64] {
    let secret = try #require(keys.lattice)
    let bytes = try ciphertext(column: key, chunk: chunk)
    var reader = BoundedReader(bytes[...], source: key)
    let ciphertext = try BFV.Ciphertext(context: secret.context, from: &reader)
    try reader.finish()
    return try BatchEncoder(secret.context).decode(BFV.Decryptor(secret).decrypt(ciphertext))
  }
}
