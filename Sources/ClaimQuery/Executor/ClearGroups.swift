import ClaimSchema
import EncryptedTable

/// The clear side of a plan on a set of tables: the groups by clear keys, and for each chunk which
/// records a mask admits.
struct ClearGroups: Sendable {
  /// The keys of each group, in the order of the clear grouping columns; one empty list when there
  /// is no clear grouping column.
  let keys: [[String?]]
  /// Whether there is a clear grouping column, so that every term is under a mask.
  var hasGroupColumns: Bool { !groupColumns.isEmpty }
  private let indices: [GroupKeyBytes: Int]
  private let groupColumns: [GroupColumn]
  private let predicates: [ClearPredicate]

  /// Groups that the server enumerates at most.
  static let limit = 4096

  /// - Throws: `QueryError.tooLarge` beyond `limit` groups, `TableError`.
  init(_ plan: Plan, tables: TableSet) throws {
    groupColumns = plan.groupColumns.filter(\.isClear)
    predicates = try plan.clearPredicates.map {
      try ClearPredicate($0, schema: tables.layout.schema)
    }
    guard !groupColumns.isEmpty else {
      keys = [[]]
      indices = [GroupKeyBytes([]): 0]
      return
    }
    // Only groups of which the clear part of the WHERE clause admits a record are named.
    let masks = Set(plan.hiddenGroups.flatMap { $0.cases.joined() }.map(\.mask))
    let filter =
      try plan.totals.contains(where: { !$0.isLattice })
      ? plan.paillierFilter.map { try ClearPredicate($0, schema: tables.layout.schema) } : nil
    let countsAll = plan.paillierFilter == nil && plan.totals.contains(where: { !$0.isLattice })
    var found: [GroupKeyBytes: [String?]] = [:]
    for place in tables.chunks {
      let facts = try ClearFacts(
        predicates + (filter.map { [$0] } ?? []), groupColumns, of: place, tables)
      for slot in facts.distinctSlots {
        let truths = predicates.indices.map { facts.isTrue($0, slot: slot) }
        let isAdmitted =
          countsAll || masks.contains { $0.admits(truths) }
          || (filter != nil && facts.isTrue(predicates.count, slot: slot))
        guard isAdmitted else { continue }
        let key = facts.key(slot: slot)
        found[GroupKeyBytes(key)] = key
      }
      guard found.count <= ClearGroups.limit else {
        throw QueryError.tooLarge(
          what: "clear groups", count: found.count, limit: ClearGroups.limit,
          remedy: "group by a column with fewer values")
      }
    }
    keys = found.values.sorted { ClearGroups.precedes($0, $1) }
    indices = Dictionary(
      uniqueKeysWithValues: keys.enumerated().map { (GroupKeyBytes($0.element), $0.offset) })
  }

  /// A fixed order, so that evaluating twice gives the same; the custodian orders the rows.
  private static func precedes(_ a: [String?], _ b: [String?]) -> Bool {
    for (x, y) in zip(a, b) {
      guard let x else {
        if y == nil { continue }
        return false
      }
      guard let y else { return true }
      if !x.utf8.elementsEqual(y.utf8) { return x.utf8.lexicographicallyPrecedes(y.utf8) }
    }
    return false
  }

  /// What a chunk's clear cells say.
  func chunk(_ place: TableSet.Place, of tables: TableSet) throws -> Chunk {
    let facts = try ClearFacts(predicates, groupColumns, of: place, tables)
    return Chunk(
      facts: facts, occupied: place.chunk.occupied,
      groupOfKey: { groupColumns.isEmpty ? 0 : indices[GroupKeyBytes($0)] ?? -1 })
  }

  /// The records of one chunk by clear predicate and group.
  struct Chunk {
    private let facts: ClearFacts
    private let occupied: Int
    /// The group of each slot; -1 in none, which is where deleted records are.
    let groups: [Int]
    /// The slots of each group that is there.
    private let slotsByGroup: [Int: [Int]]
    private var selections: [Request: Selection] = [:]

    private struct Request: Hashable {
      let mask: ClearMask
      let group: Int
    }

    fileprivate init(facts: ClearFacts, occupied: Int, groupOfKey: ([String?]) -> Int) {
      self.facts = facts
      self.occupied = occupied
      var groups = [Int](repeating: -1, count: occupied)
      if facts.hasOneKey {
        let group = facts.distinctSlots.first.map { groupOfKey(facts.key(slot: $0)) } ?? -1
        for slot in 0..<occupied where !facts.isDeleted(slot) { groups[slot] = group }
      } else {
        for slot in 0..<occupied where !facts.isDeleted(slot) {
          groups[slot] = groupOfKey(facts.key(slot: slot))
        }
      }
      self.groups = groups
      slotsByGroup = Dictionary(grouping: groups.indices, by: { groups[$0] })
    }

    /// Which records a mask admits in a group.
    mutating func selection(_ mask: ClearMask, group: Int) -> Selection {
      guard group >= 0, let slots = slotsByGroup[group] else { return .nothing }
      let request = Request(mask: mask, group: group)
      if let known = selections[request] { return known }
      let admitted = slots.filter { slot in mask.admits { facts.isTrue($0, slot: slot) } }
      let selection: Selection
      if admitted.isEmpty {
        selection = .nothing
      } else if admitted.count == occupied {
        selection = .everything
      } else {
        var values = [Int64](repeating: 0, count: occupied)
        for slot in admitted { values[slot] = 1 }
        selection = .some(values)
      }
      selections[request] = selection
      return selection
    }
  }

  /// A mask on one chunk.
  enum Selection: Hashable, Sendable {
    case nothing
    case everything
    /// 1 for each slot that is admitted.
    case some([Int64])
  }
}

extension ClearMask {
  /// Whether a record is admitted, given which clear predicates are TRUE of it.
  fileprivate func admits(_ isTrue: (Int) -> Bool) -> Bool {
    required.allSatisfy(isTrue) && !excluded.contains(where: isTrue)
  }

  fileprivate func admits(_ truths: [Bool]) -> Bool { admits { truths[$0] } }
}
