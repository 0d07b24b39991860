import BFV
import BigInteger
import ClaimKeys
import ClaimSchema
import Paillier

extension SecretKeySet {
  /// Opens an answer and releases what the disclosure policy admits: what the custodian does.
  ///
  /// Before a secret is touched everything is compared: the pinned server and its signature, the plan
  /// made again from the query's text over the sealed schema, the number of totals. After that, any
  /// fault gives `AnswerError.refused` and nothing else.
  ///
  /// - Throws: `AnswerError`; `QueryError.refusedByPolicy`.
  public func open(_ answer: EncryptedAnswer) throws -> Answer {
    let plan = try plan(of: answer)
    let policy = DisclosurePolicy(settings: disclosure)
    try policy.checkAggregates(of: plan.query)
    let opening = try AnswerOpening(plan: plan, answer: answer, keys: self)
    let groups: [OpenedGroup]
    do {
      groups = try opening.groups()
    } catch {
      throw AnswerError.refused
    }
    return try policy.release(plan: plan, groups: groups)
  }

  private func plan(of answer: EncryptedAnswer) throws -> Plan {
    guard answer.keyFingerprint == publicKeys.fingerprint else {
      throw AnswerError.otherKey(
        expected: publicKeys.fingerprint, found: answer.keyFingerprint)
    }
    guard answer.layoutFingerprint == layout.fingerprint else {
      throw AnswerError.otherLayout(
        expected: layout.fingerprint, found: answer.layoutFingerprint)
    }
    guard pinnedServers.contains(answer.server) else {
      throw AnswerError.serverNotPinned(answer.server.fingerprint)
    }
    guard answer.hasValidSignature else { throw AnswerError.badSignature }
    let plan = try Planner(schema: layout.schema).plan(SQLParser.parse(answer.canonicalText))
    guard plan.canonicalText == answer.canonicalText, plan.digest == answer.planDigest else {
      throw AnswerError.planMismatch
    }
    return plan
  }
}

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
      for (column, key) in zip(clearColumns, keys) where !column.column.canHold(key) {
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
    switch total {
    case .latticeRecordCount, .latticeCount: 1
    case .latticeSum(let column): layout.limbCount(of: column)
    case .paillierRecordCount, .paillierCount, .paillierSum, .paillierClearCount: 0
    }
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
        var totals: [Int64] = []
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
        let count = totals[plan.recordCountTotal]
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

  private func value(of total: TotalSpecification, limbs: [Int64]) throws -> Int64 {
    guard case .latticeSum(let column) = total else { return limbs[0] }
    guard let value = keys.layout.encoding(of: column)?.value(ofLimbSums: limbs) else {
      throw AnswerError.refused
    }
    return value
  }

  /// The Paillier totals of a clear group by their place in the plan, and the records that they were
  /// taken over.
  private func paillierValues(
    clearGroup: Int
  ) throws -> (values: [Int: Int64], recordCount: Int64?) {
    guard !requests.isEmpty, let packing = keys.layout.packing else { return ([:], nil) }
    guard let privateKey = keys.paillier else { throw AnswerError.refused }
    var next = clearGroup * AnswerOpening.blockCount(requests, keys.layout)
    var values: [Int: Int64] = [:]
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

  private func value(of total: TotalSpecification, _ totals: PackedTotals) throws -> Int64 {
    switch total {
    case .paillierRecordCount, .paillierClearCount: return Int64(totals.recordCount)
    case .paillierSum(let column):
      guard let measure = keys.layout.measureIndex(of: column), let sum = totals.sums[measure]
      else { throw AnswerError.refused }
      return sum
    case .paillierCount(let column):
      guard let measure = keys.layout.measureIndex(of: column),
        let count = totals.counts[measure]
      else { throw AnswerError.refused }
      return Int64(count)
    case .latticeRecordCount, .latticeCount, .latticeSum: throw AnswerError.refused
    }
  }

  /// Every count lies in [0, records] and does not exceed its group's record count, every total in
  /// [count · min, count · max].
  private func check(_ totals: [Int64]) throws {
    for (position, total) in plan.totals.enumerated() {
      switch total {
      case .latticeRecordCount, .latticeCount, .paillierRecordCount, .paillierCount,
        .paillierClearCount:
        guard (0...Int64(records)).contains(totals[position]),
          totals[position] <= totals[plan.recordCountTotal]
        else { throw AnswerError.refused }
      case .latticeSum, .paillierSum: continue
      }
    }
    for cell in plan.cells {
      guard let (sum, contributors) = cell.sumAndContributors else { continue }
      guard let range = range(of: plan.totals[sum]) else { throw AnswerError.refused }
      let (low, lowOverflow) = totals[contributors].multipliedReportingOverflow(
        by: range.lowerBound)
      let (high, highOverflow) = totals[contributors].multipliedReportingOverflow(
        by: range.upperBound)
      guard !lowOverflow, !highOverflow, totals[sum] >= low, totals[sum] <= high else {
        throw AnswerError.refused
      }
    }
  }

  private func range(of total: TotalSpecification) -> ClosedRange<Int64>? {
    switch total {
    case .latticeSum(let name), .paillierSum(let name):
      keys.layout.schema.column(named: name)?.numberRange
    case .latticeRecordCount, .latticeCount, .paillierRecordCount, .paillierCount,
      .paillierClearCount:
      nil
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

extension ClaimSchema.Column {
  /// Whether a text can be the clear cell of the column, in canonical form; nil is NULL.
  fileprivate func canHold(_ text: String?) -> Bool {
    guard let text else { return isNullable }
    guard
      case .text(let canonical)? = try? CellParser(canonical: self).value(of: Array(text.utf8)[...])
    else { return false }
    return canonical.utf8.elementsEqual(text.utf8)
  }
}

extension CellSpecification {
  /// The totals of a sum or a mean.
  fileprivate var sumAndContributors: (sum: Int, contributors: Int)? {
    switch self {
    case .sum(let total, let contributors, _), .average(let total, let contributors, _):
      (total, contributors)
    case .groupKey, .count: nil
    }
  }
}
