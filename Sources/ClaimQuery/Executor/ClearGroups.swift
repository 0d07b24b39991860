import ClaimSchema
import EncryptedTable

/// The clear side of a plan on a set of tables: the groups by clear keys, and for each chunk which
/// records a mask admits.
struct ClearGroups: Sendable {
  /// The keys of each group, in the order of the clear grouping columns; one empty list when there
  /// is no clear grouping column.
  let keys: [[String?]]
  private let indices: [[String?]: Int]
  private let groupColumns: [String]
  private let predicates: [ClearPredicate]

  /// Groups that the server enumerates at most.
  static let limit = 4096

  /// - Throws: `QueryError.tooLarge` beyond `limit` groups, `TableError`.
  init(_ plan: Plan, tables: TableSet) throws {
    groupColumns = plan.groupColumns.filter(\.isClear).map(\.column.name)
    predicates = try plan.clearPredicates.map {
      try ClearPredicate($0, schema: tables.layout.schema)
    }
    guard !groupColumns.isEmpty else {
      keys = [[]]
      indices = [[]: 0]
      return
    }
    var found: Set<[String?]> = []
    for place in tables.chunks {
      let columns = try groupColumns.map {
        try tables.tables[place.table].clearCells(column: $0, chunk: place.chunk.index)
      }
      for slot in 0..<place.chunk.occupied { found.insert(columns.map { $0[slot] }) }
      guard found.count <= ClearGroups.limit else {
        throw QueryError.tooLarge(
          what: "clear groups", count: found.count, limit: ClearGroups.limit,
          remedy: "group by a column with fewer values")
      }
    }
    keys = found.sorted { ClearGroups.precedes($0, $1) }
    indices = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($0.element, $0.offset) })
  }

  /// A fixed order, so that evaluating twice gives the same; the custodian orders the rows.
  private static func precedes(_ a: [String?], _ b: [String?]) -> Bool {
    for (x, y) in zip(a, b) where x != y {
      guard let x else { return false }
      guard let y else { return true }
      return x.utf8.lexicographicallyPrecedes(y.utf8)
    }
    return false
  }

  /// What a chunk's clear cells say.
  func chunk(_ place: TableSet.Place, of tables: TableSet) throws -> Chunk {
    let table = tables.tables[place.table]
    var cells: [String: ClearCells] = [:]
    for name in Set(groupColumns + predicates.flatMap(\.columns)) {
      cells[name] = try table.clearCells(column: name, chunk: place.chunk.index)
    }
    let truths = predicates.map { predicate in
      let columns = predicate.columns.map { cells[$0] }
      return (0..<place.chunk.occupied).map { slot in
        predicate.isTrue { columns[$0]?[slot] }
      }
    }
    let groupCells = groupColumns.map { cells[$0] }
    let groups = (0..<place.chunk.occupied).map { slot in
      groupColumns.isEmpty ? 0 : indices[groupCells.map { $0?[slot] }] ?? -1
    }
    return Chunk(occupied: place.chunk.occupied, truths: truths, groups: groups)
  }

  /// The records of one chunk by clear predicate and group.
  struct Chunk: Sendable {
    let occupied: Int
    /// By predicate and slot.
    fileprivate let truths: [[Bool]]
    /// The group of each slot.
    let groups: [Int]

    /// Which records a mask admits in a group.
    func selection(_ mask: ClearMask, group: Int) -> Selection {
      var slots = [Int64](repeating: 0, count: occupied)
      var count = 0
      for slot in 0..<occupied
      where groups[slot] == group && mask.required.allSatisfy({ truths[$0][slot] })
        && !mask.excluded.contains(where: { truths[$0][slot] })
      {
        slots[slot] = 1
        count += 1
      }
      if count == 0 { return .nothing }
      return count == occupied ? .everything : .some(slots)
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
