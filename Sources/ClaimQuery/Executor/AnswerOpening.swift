import BFV
import BigInteger
import ClaimKeys
import ClaimSchema
import Paillier

/// The totals of an answer, laid against its plan.
struct AnswerOpening {
  private let plan: Plan
  private let answer: EncryptedAnswer
  private let keys: SecretKeySet
  private let requests: [PaillierRequest]
  private let records: Int
  /// Lattice totals of one hidden group, limbs included.
  private let limbsPerGroup: Int

  /// Checks everything about the answer that needs no secret.
  init(plan: Plan, answer: EncryptedAnswer, keys: SecretKeySet) throws(AnswerError) {
    self.plan = plan
    self.answer = answer
    self.keys = keys
    var records = 0
    for table in answer.tables { records += table.recordCount }
    self.records = records
    guard !answer.tables.isEmpty,
      Set(answer.tables.map(\.identifier)).count == answer.tables.count
    else { throw .malformed(part: "list of tables") }
    guard records <= keys.layout.schema.capacity else {
      throw .overCapacity(records: records, capacity: keys.layout.schema.capacity)
    }
    let clearColumns = plan.groupColumns.filter(\.isClear)
    guard answer.clearGroups.allSatisfy({ $0.count == clearColumns.count }),
      Set(answer.clearGroups.map(GroupKeyBytes.init)).count == answer.clearGroups.count,
      answer.clearGroups.count <= max(records, 1),
      answer.clearGroups.count * plan.hiddenGroups.count <= ClearGroups.limit,
      !clearColumns.isEmpty || answer.clearGroups.count == 1
    else { throw .malformed(part: "list of groups") }
    for keys in answer.clearGroups {
      for (column, key) in zip(clearColumns, keys) where !column.canHold(key) {
        throw .malformed(part: "list of groups")
      }
    }
    limbsPerGroup = plan.totals.reduce(0) { $0 + AnswerOpening.limbCount($1, keys.layout) }
    let latticeCount =
      answer.clearGroups.count * plan.hiddenGroups.count * limbsPerGroup
    guard answer.latticeTotals.reduce(0, { $0 + $1.count }) == latticeCount else {
      throw .malformed(part: "number of totals")
    }
    requests = try PaillierRequest.all(of: plan, layout: keys.layout)
    guard requests.isEmpty || keys.layout.packing != nil,
      answer.paillierTotals.count
        == answer.clearGroups.count * AnswerOpening.blockCount(requests, keys.layout)
    else { throw .malformed(part: "number of Paillier totals") }
  }

  private static func limbCount(_ total: TotalSpecification, _ layout: TableLayout) -> Int {
    guard total.isLattice else { return 0 }
    return total.summedValue.map(layout.limbCount(of:)) ?? 1
  }

  private static func blockCount(_ requests: [PaillierRequest], _ layout: TableLayout) -> Int {
    guard let packing = layout.packing else { return 0 }
    return requests.reduce(0) { $0 + ((try? $1.blocks(packing).count) ?? 0) }
  }

  /// Decrypts and checks that every total is possible. Any error means refusal.
  func groups() throws -> [OpenedGroup] {
    let lattice = try latticeValues()
    var groups: [OpenedGroup] = []
    var next = 0
    var recordsLeft = Int64(records)
    for (index, clearKeys) in answer.clearGroups.enumerated() {
      let paillier = try paillierValues(clearGroup: index)
      for hidden in plan.hiddenGroups {
        var totals: [BigInteger] = []
        for (position, total) in plan.totals.enumerated() {
          let limbs = AnswerOpening.limbCount(total, keys.layout)
          if limbs == 0 {
            guard let value = paillier.values[position] else { throw AnswerError.refused }
            totals.append(value)
            continue
          }
          let parts = Array(lattice[next..<next + limbs])
          next += limbs
          totals.append(try value(of: total, limbs: parts))
        }
        try check(totals)
        guard let count = Int64(exactly: totals[plan.recordCountTotal]) else {
          throw AnswerError.refused
        }
        // What the Paillier sums were taken over is in them: it must be the group's records.
        guard paillier.recordCount == nil || paillier.recordCount == count else {
          throw AnswerError.refused
        }
        // Groups are disjoint.
        recordsLeft -= count
        guard recordsLeft >= 0 else { throw AnswerError.refused }
        groups.append(OpenedGroup(keys: groupKeys(clearKeys, hidden.keys), totals: totals))
      }
    }
    return groups
  }

  private func latticeValues() throws -> [Int64] {
    guard !answer.latticeTotals.isEmpty else { return [] }
    guard let secretKey = keys.lattice else { throw AnswerError.refused }
    let decryptor = BFV.Decryptor(secretKey)
    return try answer.latticeTotals.flatMap { try decryptor.decrypt($0) }
  }

  private func value(of total: TotalSpecification, limbs: [Int64]) throws -> BigInteger {
    guard let value = total.summedValue else { return BigInteger(limbs[0]) }
    guard let encoding = keys.layout.encoding(of: value) else { throw AnswerError.refused }
    return encoding.value(ofLimbSums: limbs)
  }

  /// The Paillier totals of a clear group by their place in the plan, and the records that those
  /// without a further condition were taken over.
  private func paillierValues(
    clearGroup: Int
  ) throws -> (values: [Int: BigInteger], recordCount: Int64?) {
    guard !requests.isEmpty, let packing = keys.layout.packing else { return ([:], nil) }
    guard let privateKey = keys.paillier else { throw AnswerError.refused }
    var next = clearGroup * AnswerOpening.blockCount(requests, keys.layout)
    var values: [Int: BigInteger] = [:]
    var recordCount: Int64?
    for request in requests {
      var sums: [Int: BigInteger] = [:]
      for block in try request.blocks(packing) {
        let ciphertext = try Paillier.Ciphertext(
          serialized: answer.paillierTotals[next][...], key: privateKey.publicKey,
          source: "answer")
        sums[block] = try privateKey.decrypt(ciphertext)
        next += 1
      }
      let totals = try packing.unpack(sums, answering: request.fields)
      if request.condition == nil { recordCount = Int64(totals.recordCount) }
      for position in request.totals {
        values[position] = try value(of: plan.totals[position], totals)
      }
    }
    return (values, recordCount)
  }

  private func value(of total: TotalSpecification, _ totals: PackedTotals) throws -> BigInteger {
    switch total.measure {
    case .records: return BigInteger(totals.recordCount)
    case .value(.column(let column)):
      guard let measure = keys.layout.measureIndex(of: column), let sum = totals.sums[measure]
      else { throw AnswerError.refused }
      return BigInteger(sum)
    case .present(let column):
      guard let measure = keys.layout.measureIndex(of: column),
        let count = totals.counts[measure]
      else { throw AnswerError.refused }
      return BigInteger(count)
    case .value(.product), .personBucket: throw AnswerError.refused
    }
  }

  /// Every count lies in [0, records] and does not exceed its group's record count, every total in
  /// [count · min, count · max].
  private func check(_ totals: [BigInteger]) throws {
    let count = totals[plan.recordCountTotal]
    guard count <= BigInteger(records) else { throw AnswerError.refused }
    for (total, value) in zip(plan.totals, totals) where total.summedValue == nil {
      guard value.signum >= 0, value <= count else { throw AnswerError.refused }
    }
    for term in plan.aggregates.flatMap({ aggregate in
      (aggregate.linearTotals + (aggregate.silentSquares.map { [$0] } ?? [])).flatMap(\.terms)
    }) {
      guard let value = plan.totals[term.total].summedValue else { continue }
      guard let range = range(of: value) else { throw AnswerError.refused }
      let counted = totals[term.counted]
      // Where the count is of more records than the total is over, the others add 0 to it.
      let low = term.isCountExact ? range.low : min(range.low, 0)
      let high = term.isCountExact ? range.high : max(range.high, 0)
      guard totals[term.total] >= counted * low, totals[term.total] <= counted * high else {
        throw AnswerError.refused
      }
    }
  }

  /// The least and the greatest value of what is summed.
  private func range(of value: SummedValue) -> (low: BigInteger, high: BigInteger)? {
    func range(_ name: String) -> (low: BigInteger, high: BigInteger)? {
      keys.layout.schema.column(named: name)?.numberRange.map {
        (BigInteger($0.lowerBound), BigInteger($0.upperBound))
      }
    }
    switch value {
    case .column(let name): return range(name)
    case .product(let a, let b):
      guard let x = range(a), let y = range(b) else { return nil }
      let ends = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high].sorted()
      // A square is not negative, whatever the range.
      return (a == b ? max(ends[0], 0) : ends[0], ends[3])
    }
  }

  /// The keys in the order of GROUP BY.
  private func groupKeys(_ clear: [String?], _ hidden: [String?]) -> [String?] {
    var clear = clear[...]
    var hidden = hidden[...]
    return plan.groupColumns.map { column in
      (column.isClear ? clear.popFirst() : hidden.popFirst()) ?? nil
    }
  }
}
