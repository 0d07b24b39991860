import ClaimKeys
import EncryptedTable
import Foundation
import Paillier
import SecureMemory

/// Adds up the Paillier records of a plan by clear group, over all chunks of the tables.
struct PaillierScan: Sendable {
  let plan: Plan
  let tables: TableSet
  let clearGroups: ClearGroups
  let publicKey: Paillier.PublicKey
  let packing: RecordPacking

  /// What all clear groups send, in their order: for each request its blocks, masked and re-randomized.
  ///
  /// - Parameter source: in the blocks' order it gives the mask and, for a block that no record
  ///   contributes to, an encryption of zero; in the end what `rerandomize` takes.
  /// - Throws: `PaillierError`, `TableError`.
  func run(
    digest: inout EvaluationDigest, using source: inout some RandomSource
  ) async throws -> [[UInt8]] {
    let evaluator = Paillier.Evaluator(publicKey: publicKey)
    var totals: [Paillier.Ciphertext] = []
    try await scan { sum, block in
      try digest.add(sum, key: publicKey)
      let hidden = packing.hiddenFields(inBlock: block.number, answering: block.request.fields)
      let mask = packing.mask(hiding: hidden, inBlock: block.number, using: &source)
      let sum = sum ?? evaluator.zero(insecureForTesting: &source)
      totals.append(try evaluator.add(sum, plaintext: mask))
    }
    guard !totals.isEmpty else { return [] }
    return try evaluator.rerandomize(totals, insecureForTesting: &source)
      .map { try $0.serialized(for: publicKey) }
  }

  /// Adds what all clear groups send to a digest, without masks.
  ///
  /// - Throws: `PaillierError`, `TableError`.
  func add(to digest: inout EvaluationDigest) async throws {
    try await scan { sum, _ in try digest.add(sum, key: publicKey) }
  }

  /// Gives the sums by clear group and block, in order; nil for one of no record.
  private func scan(each: (Paillier.Ciphertext?, Block) throws -> Void) async throws {
    let blocks = try Block.all(of: PaillierRequest.all(of: plan, layout: tables.layout), packing)
    guard !blocks.isEmpty else { return }
    let sums = try await gather(blocks)
    for group in clearGroups.keys.indices {
      for (place, block) in blocks.enumerated() {
        let index = group * blocks.count + place
        let sum =
          sums.counts[index] > 0 ? try sums.total(of: index, source: "Paillier records") : nil
        try each(sum, block)
      }
    }
  }

  /// A block of the packing that a request is answered from.
  private struct Block: Sendable {
    let request: PaillierRequest
    let number: Int

    static func all(
      of requests: [PaillierRequest], _ packing: RecordPacking
    ) throws(PackingError) -> [Block] {
      var blocks: [Block] = []
      for request in requests {
        blocks += try request.blocks(packing).map { Block(request: request, number: $0) }
      }
      return blocks
    }
  }

  /// A sum for each clear group and block, the blocks of one group side by side.
  private func gather(_ blocks: [Block]) async throws -> GroupedSum {
    let lanes = max(
      1, min(ProcessInfo.processInfo.activeProcessorCount, tables.chunks.count))
    let empty = GroupedSum(
      publicKey: publicKey, groupCount: clearGroups.keys.count * blocks.count)
    return try await withThrowingTaskGroup(of: GroupedSum.self) { group in
      for lane in 0..<lanes {
        group.addTask {
          var sums = empty
          for index in stride(from: lane, to: tables.chunks.count, by: lanes) {
            try Task.checkCancellation()
            try add(tables.chunks[index], blocks, to: &sums)
          }
          return sums
        }
      }
      var total = empty
      for try await sums in group { try total.add(sums) }
      return total
    }
  }

  private func add(
    _ place: TableSet.Place, _ blocks: [Block], to sums: inout GroupedSum
  ) throws {
    let table = tables.tables[place.table]
    let groups = try clearGroups.chunk(place, of: tables).groups
    for (index, block) in blocks.enumerated() {
      let admitted = try admittedSlots(block.request, place, table)
      let records = try table.paillierRecords(chunk: place.chunk.index, block: block.number)
      guard records.count == place.chunk.occupied,
        records.ciphertextByteCount == publicKey.ciphertextByteCount
      else {
        throw TableError.damaged(
          path: table.path, part: "chunk \(place.chunk.index), Paillier block \(block.number)",
          reason: "it does not hold a ciphertext for each record")
      }
      for slot in 0..<records.count where admitted[slot] && groups[slot] >= 0 {
        try sums.add(
          serialized: records[slot], to: groups[slot] * blocks.count + index, source: table.path)
      }
    }
  }

  private func admittedSlots(
    _ request: PaillierRequest, _ place: TableSet.Place, _ table: EncryptedTable
  ) throws -> [Bool] {
    let schema = tables.layout.schema
    let predicates = try [plan.paillierFilter, request.condition].compactMap { $0 }.map {
      try ClearPredicate($0, schema: schema)
    }
    let cells = try predicates.map { predicate in
      try predicate.columns.map {
        try table.clearCells(column: $0, chunk: place.chunk.index)
      }
    }
    return (0..<place.chunk.occupied).map { slot in
      zip(predicates, cells).allSatisfy { predicate, columns in
        predicate.isTrue { columns[$0][slot] }
      }
    }
  }
}

/// Paillier totals that come from the same records: the fields that are asked of them.
struct PaillierRequest: Sendable {
  /// The fields that are not masked.
  let fields: PackingRequest
  /// A further clear condition on the records; nil for all that the query admits.
  let condition: Predicate?
  /// The totals of the plan that it gives.
  let totals: [Int]

  func blocks(_ packing: RecordPacking) throws(PackingError) -> [Int] {
    try packing.blocks(answering: fields)
  }

  /// The requests of a plan, one for each slice that Paillier totals are taken over, in the slices'
  /// order.
  static func all(of plan: Plan, layout: TableLayout) throws(AnswerError) -> [PaillierRequest] {
    var requests: [PaillierRequest] = []
    for (slice, condition) in plan.slices.enumerated() {
      var sums: Set<Int> = []
      var counts: Set<Int> = []
      var totals: [Int] = []
      for (index, total) in plan.totals.enumerated()
      where !total.isLattice && total.slice == slice {
        totals.append(index)
        switch total.measure {
        case .records: continue
        case .value(.column(let column)):
          sums.insert(try PaillierRequest.measure(column, layout))
        case .present(let column): counts.insert(try PaillierRequest.measure(column, layout))
        case .value(.product), .personBucket: throw .malformed(part: "plan")
        }
      }
      guard !totals.isEmpty else { continue }
      let predicate: Predicate?
      switch condition {
      case .constant(true): predicate = nil
      case .clear(let clear): predicate = clear
      case .constant(false), .encrypted, .all, .any: throw .malformed(part: "plan")
      }
      requests.append(
        PaillierRequest(
          fields: PackingRequest(sums: sums, counts: counts), condition: predicate,
          totals: totals))
    }
    return requests
  }

  private static func measure(
    _ column: String, _ layout: TableLayout
  ) throws(AnswerError) -> Int {
    guard let measure = layout.measureIndex(of: column) else { throw .malformed(part: "plan") }
    return measure
  }
}
