import BFV
import ClaimKeys
import ClaimPreparation
import ClaimSchema
import Foundation
import Paillier
import SecureMemory
import Wire

/// Encrypts claims files into tables: what a provider does.
public struct TableEncryption: Sendable {
  /// How the tables are stored.
  public let layout: TableLayout
  private let publicKeys: PublicKeySet
  private let encoder: TableEncoder
  private let person: PersonReading?
  private let lattice: LatticeEncryption?
  private let paillier: Paillier.Encryptor?
  private let randomness: EncryptionRandomness

  /// - Throws: `KeyError.schemaMismatch` when the schema is not the keys'.
  public init(schema: Schema, publicKeys: PublicKeySet) throws {
    try self.init(schema: schema, publicKeys: publicKeys, randomness: .system)
  }

  /// With randomness that follows from a seed, one for each table; see `EncryptionRandomness`.
  ///
  /// - Parameter publicKeys: keys without security, so that the tables say that they have none.
  package init(
    schema: Schema, publicKeys: PublicKeySet, insecureForTesting seed: [UInt8]
  ) throws {
    precondition(publicKeys.isTesting)
    try self.init(
      schema: schema, publicKeys: publicKeys, randomness: .insecureForTesting(seed: seed))
  }

  private init(
    schema: Schema, publicKeys: PublicKeySet, randomness: EncryptionRandomness
  ) throws {
    layout = try publicKeys.layout(for: schema)
    self.publicKeys = publicKeys
    encoder = TableEncoder(layout: layout, publicKey: publicKeys.fingerprint)
    person = PersonReading(layout.schema)
    lattice = publicKeys.lattice.map(LatticeEncryption.init)
    paillier = publicKeys.paillier.map { Paillier.Encryptor(publicKey: $0) }
    self.randomness = randomness
  }

  /// Adds the records of a claims file to a table, which is made when it does not exist.
  ///
  /// All records are checked before the first is encrypted. What is added becomes visible in one
  /// transaction at the end; after a kill the same call goes on where the last one stopped.
  ///
  /// - Parameters:
  ///   - source: the path of a claims file, of any format.
  ///   - table: the path of the table.
  ///   - progress: called after each part of the work.
  /// - Throws: `RecordProblem` for the first bad record unless bad records are skipped;
  ///   `ClaimReadError`; `TableError`; `SecureMemoryError` when the rejects file cannot be written;
  ///   `CancellationError`. Then the table is as it was.
  public func encrypt(
    _ source: String, into table: String, options: EncryptionOptions = EncryptionOptions(),
    progress: @Sendable (EncryptionProgress) -> Void = { _ in }
  ) async throws -> EncryptionReport {
    let claims = try PreparedClaims(
      path: source, schema: person?.schema ?? layout.schema, options: options.reading)
    // With `stop` the first bad record ends the first reading, before any work.
    var survey = try SourceSurvey(
      claims.reader(), schema: layout.schema, person: person, policy: options.badRecords,
      rejectsPath: options.rejectsPath)
    let report = survey.report
    let identity = try SourceIdentity(
      contentsOf: source, schema: layout.schema, options: options.reading)
    guard report.accepted <= layout.schema.capacity else {
      throw TableError.overCapacity(
        path: table, capacity: layout.schema.capacity, records: report.accepted)
    }
    let ingest = try Ingest.begin(
      at: table, describing: description, source: identity,
      capacity: layout.schema.capacity, recordCount: report.accepted,
      largestPersonCount: survey.largestPersonCount,
      options: IngestOptions(
        appends: options.appends, again: options.again,
        discardsUnfinished: options.discardsUnfinished))
    if ingest.start != .complete {
      do {
        try await stage(
          claims, clusters: survey.clusters, total: report.accepted, into: ingest,
          progress: progress)
      } catch {
        // What went wrong first is what the caller must hear of.
        try? ingest.abandon()
        throw error
      }
    }
    do {
      try survey.finishRejects()
    } catch {
      try? ingest.abandon()
      throw error
    }
    try ingest.publish()
    return EncryptionReport(
      reading: report, stored: report.accepted, largestPersonCount: survey.largestPersonCount,
      wasResumed: ingest.start != .fresh)
  }

  private var description: TableDescription {
    TableDescription(
      identifier: randomness.tableIdentifier(), keyFingerprint: publicKeys.fingerprint,
      parameterFingerprint: layout.fingerprint,
      schemaText: layout.schema.storedText, slotsPerChunk: slotsPerChunk,
      isTesting: layout.isInsecureForTesting)
  }

  /// Records without ciphertext slots are kept in chunks all the same, so that reading is bounded.
  private var slotsPerChunk: Int { layout.parameters?.degree ?? 4096 }

  /// Stages what is not staged yet. The source is read once for every few batches that are filled side
  /// by side; a table without `cluster_by` needs one reading.
  private func stage(
    _ claims: PreparedClaims, clusters: ClusterCounts, total: Int, into ingest: Ingest,
    progress: @Sendable (EncryptionProgress) -> Void
  ) async throws {
    let plan = try ClusterPlan(
      clusters.counts, open: openChunks(ingest), slotsPerChunk: slotsPerChunk)
    let stagedBefore = ingest.pendingRecordCount
    var staged = stagedBefore
    var done = 0
    progress(EncryptionProgress(recordsDone: staged, recordCount: total))
    for lanes in plan.passes {
      let records = lanes.joined().reduce(0) { $0 + $1.slots.count }
      if done + records <= stagedBefore {
        done += records
        continue
      }
      let reader = try claims.reader()
      var pass = ClusterPass(lanes)
      while !pass.isComplete, let row = try reader.next() {
        guard case .record(let record) = row,
          let (batch, records) = pass.add(record, key: clusters.key(of: record))
        else { continue }
        done += records.count
        if done <= stagedBefore { continue }
        let start = staged
        try await stage(records, as: batch, into: ingest) {
          progress(
            EncryptionProgress(
              recordsDone: start + Int(Double(records.count) * $0), recordCount: total))
        }
        staged += records.count
      }
      guard pass.isComplete else { throw changedSource(reader.source) }
    }
    // A batch counts whole: what is staged ends where one of the plan's does.
    guard staged == total else { throw changedSource(claims.path) }
    progress(EncryptionProgress(recordsDone: total, recordCount: total))
  }

  private func changedSource(_ source: String) -> TableError {
    .cannotRead(
      path: source, reason: "it changed while it was encrypted; run the command again")
  }

  /// The published chunks as far as the plan needs them.
  private func openChunks(_ ingest: Ingest) throws -> [ClusterPlan.OpenChunk] {
    try ingest.publishedChunks.map { chunk in
      var cells: [ClearCell] = []
      for column in layout.schema.clusterBy {
        let statistics = try ingest.clearStatistics(column: column, chunk: chunk.index)
        if let cell = statistics.single { cells.append(cell) }
      }
      return ClusterPlan.OpenChunk(
        index: chunk.index,
        key: cells.count == layout.schema.clusterBy.count ? .cells(cells) : nil,
        freeSlots: chunk.freeSlots(of: slotsPerChunk))
    }
  }

  /// Encrypts one batch column by column, a few columns at a time on all cores, and stages it.
  private func stage(
    _ records: [ClaimRecord], as batch: ClusterPlan.Batch, into ingest: Ingest,
    fraction: (Double) -> Void
  ) async throws {
    let slots = batch.slots
    let chunk = batch.chunk ?? ingest.chunks.count
    let isAppend = batch.chunk != nil
    let encoded = encoder.encode(records)
    let columns = layout.latticeColumns
    // What is left to do is told by encrypted columns; Paillier records count as a tenth each.
    let steps = Double(columns.count + (layout.packing == nil ? 0 : records.count / 10))
    try ingest.beginBatch(chunk: chunk, slots: slots)
    do {
      for (column, cells) in encoder.clearCells(encoded) {
        try ingest.addClearCells(column: column.name, cells: cells, order: column.clearOrder)
      }
      if let lattice {
        let width = 4 * ProcessInfo.processInfo.activeProcessorCount
        for start in stride(from: 0, to: columns.count, by: width) {
          try Task.checkCancellation()
          let group = Array(columns[start..<min(start + width, columns.count)])
          var stored: [LatticeColumn: [UInt8]] = [:]
          if isAppend {
            for column in group {
              stored[column] = try ingest.ciphertext(
                column: column.storageKey, chunk: chunk)
            }
          }
          let blobs = try await encrypt(
            group, encoded, chunk: chunk, slots: slots, with: lattice, addingTo: stored)
          for (column, bytes) in blobs {
            try ingest.addCiphertext(column: column.storageKey, bytes: bytes)
          }
          fraction(Double(start + group.count) / steps)
        }
      }
      try Task.checkCancellation()
      try stagePaillierRecords(records, chunk: chunk, slot: slots.lowerBound, into: ingest)
      try Task.checkCancellation()
      try ingest.commitBatch()
      fraction(1)
    } catch {
      try? ingest.rollBackBatch()
      throw error
    }
  }

  private func encrypt(
    _ columns: [LatticeColumn], _ encoded: EncodedRecords, chunk: Int, slots: Range<Int>,
    with lattice: LatticeEncryption, addingTo stored: [LatticeColumn: [UInt8]]
  ) async throws -> [(LatticeColumn, [UInt8])] {
    try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      for (index, column) in columns.enumerated() {
        group.addTask {
          let padding = [Int64](repeating: 0, count: slots.lowerBound)
          let values = padding + encoder.slotValues(column, encoded)
          let key = column.storageKey
          var source = randomness.source(column: key, chunk: chunk, slot: slots.lowerBound)
          return (
            index,
            try lattice.encrypt(values, addingTo: stored[column], column: key, using: &source)
          )
        }
      }
      var result: [(LatticeColumn, [UInt8])?] = Array(repeating: nil, count: columns.count)
      for try await (index, bytes) in group { result[index] = (columns[index], bytes) }
      return result.compactMap { $0 }
    }
  }

  private func stagePaillierRecords(
    _ records: [ClaimRecord], chunk: Int, slot: Int, into ingest: Ingest
  ) throws {
    guard let paillier, let packing = layout.packing else { return }
    let packed = try records.map { try packing.pack(encoder.measures(of: $0)) }
    for block in 0..<packing.blockCount {
      var source = randomness.source(block: block, chunk: chunk, slot: slot)
      let ciphertexts = try paillier.encrypt(
        packed.map { $0[block] }, insecureForTesting: &source)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(ciphertexts.count * paillier.publicKey.ciphertextByteCount)
      for ciphertext in ciphertexts {
        bytes += try ciphertext.serialized(for: paillier.publicKey)
      }
      try ingest.addPaillierRecords(
        block: block, ciphertextByteCount: paillier.publicKey.ciphertextByteCount, bytes: bytes)
    }
  }
}

/// The lattice half of an encryption.
private struct LatticeEncryption: Sendable {
  let encryptor: BFV.Encryptor
  let encoder: BatchEncoder
  let evaluator: BFV.Evaluator

  init(_ publicKey: BFV.PublicKey) {
    encryptor = BFV.Encryptor(publicKey)
    encoder = BatchEncoder(publicKey.context)
    evaluator = BFV.Evaluator(publicKey.context)
  }

  /// A fresh ciphertext of the slots, added to a stored one if there is one.
  func encrypt(
    _ values: [Int64], addingTo stored: [UInt8]?, column: String,
    using source: inout some RandomSource
  ) throws -> [UInt8] {
    var ciphertext = try encryptor.encrypt(
      encoder.encode(values), insecureForTesting: &source)
    if let stored {
      var reader = BoundedReader(stored[...], source: column)
      let earlier = try BFV.Ciphertext(context: encryptor.context, from: &reader)
      try reader.finish()
      guard earlier.level == ciphertext.level else {
        throw reader.invalid(field: "ciphertext level", problem: "it has too few primes")
      }
      try evaluator.add(earlier, to: &ciphertext)
    }
    var writer = BoundedWriter(
      reservingCapacity: try BFV.Ciphertext.serializedByteCount(
        context: encryptor.context, level: ciphertext.level))
    ciphertext.write(to: &writer)
    return writer.bytes
  }
}
