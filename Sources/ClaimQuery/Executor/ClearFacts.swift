import ClaimSchema
import EncryptedTable

/// What the clear columns of one chunk say about its records. Where the chunk's statistics decide, its
/// cells are not read.
struct ClearFacts {
  /// Whether a predicate is TRUE.
  private enum Truth {
    case all(Bool)
    case each([Bool])
  }

  /// A grouping column's keys.
  private enum Keys {
    case all(String?)
    case each([String?])
  }

  private let truths: [Truth]
  private let keys: [Keys]
  private let deleted: DeletedSlots?
  private let occupied: Int

  init(
    _ predicates: [ClearPredicate], _ groupColumns: [GroupColumn], of place: TableSet.Place,
    _ tables: TableSet
  ) throws {
    let table = tables.tables[place.table]
    let chunk = place.chunk.index
    deleted = table.deletedSlots(chunk: chunk)
    occupied = place.chunk.occupied
    var known: [String: ClearCells] = [:]
    func cells(_ column: String) throws -> ClearCells {
      if let cells = known[column] { return cells }
      let cells = try table.clearCells(column: column, chunk: chunk)
      known[column] = cells
      return cells
    }
    var statistics: [String: ClearStatistics] = [:]
    for column in Set(predicates.flatMap(\.columns) + groupColumns.compactMap(\.clearColumn?.name))
    {
      statistics[column] = try table.clearStatistics(column: column, chunk: chunk)
    }
    var truths: [Truth] = []
    for predicate in predicates {
      let outcomes = predicate.outcomes { index in
        statistics[predicate.columns[index]].map(ClearRange.init) ?? .open
      }
      if let decision = outcomes.decision {
        truths.append(.all(decision))
        continue
      }
      let columns = try predicate.columns.map(cells)
      truths.append(
        .each((0..<occupied).map { slot in predicate.isTrue { columns[$0][slot] } }))
    }
    self.truths = truths
    var keys: [Keys] = []
    for column in groupColumns {
      guard let name = column.clearColumn?.name else { continue }
      if let statistics = statistics[name], case .cells(let cells) = ClearRange(statistics),
        let cell = cells.first, cells.count == 1
      {
        keys.append(.all(column.key(ofCell: cell)))
        continue
      }
      let cells = try cells(name)
      keys.append(.each((0..<occupied).map { column.key(ofCell: cells[$0]) }))
    }
    self.keys = keys
  }

  func isTrue(_ predicate: Int, slot: Int) -> Bool {
    switch truths[predicate] {
    case .all(let truth): truth
    case .each(let truths): truths[slot]
    }
  }

  func key(slot: Int) -> [String?] {
    keys.map { key in
      switch key {
      case .all(let key): key
      case .each(let keys): keys[slot]
      }
    }
  }

  func isDeleted(_ slot: Int) -> Bool { deleted?.contains(slot) ?? false }

  /// Whether all records have the same keys.
  var hasOneKey: Bool {
    keys.allSatisfy { if case .all = $0 { true } else { false } }
  }

  /// The slots of live records that have to be looked at to know all: one where all are alike.
  var distinctSlots: [Int] {
    let isUniform =
      hasOneKey && truths.allSatisfy { if case .all = $0 { true } else { false } }
    let live = (0..<occupied).lazy.filter { !isDeleted($0) }
    return isUniform ? Array(live.prefix(1)) : Array(live)
  }
}
