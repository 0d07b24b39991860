import EncryptedTable

/// The values that a condition can have over the records of a chunk, as far as its statistics tell.
struct ClearOutcomes: OptionSet, Hashable {
  let rawValue: UInt8

  static let isTrue = ClearOutcomes(rawValue: 1)
  static let isFalse = ClearOutcomes(rawValue: 2)
  static let isNull = ClearOutcomes(rawValue: 4)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ value: Bool?) {
    self = value.map { $0 ? .isTrue : .isFalse } ?? .isNull
  }

  /// Whether the condition is TRUE: of all records, of none, or nil of some perhaps.
  var decision: Bool? {
    if self == .isTrue { return true }
    return contains(.isTrue) ? nil : false
  }

  private var values: [Bool?] {
    let all: [(ClearOutcomes, Bool?)] = [(.isTrue, true), (.isFalse, false), (.isNull, nil)]
    return all.filter { contains($0.0) }.map(\.1)
  }

  func mapping(_ transform: (Bool?) -> Bool?) -> ClearOutcomes {
    values.reduce(into: []) { $0.insert(ClearOutcomes(transform($1))) }
  }

  /// What two conditions can give together, whatever one says about the other.
  func combining(
    _ other: ClearOutcomes, _ operation: (Bool?, Bool?) -> Bool?
  ) -> ClearOutcomes {
    var result: ClearOutcomes = []
    for a in values {
      for b in other.values { result.insert(ClearOutcomes(operation(a, b))) }
    }
    return result
  }
}

/// What a column's cells in a chunk can be.
enum ClearRange {
  /// These cells; nil is NULL.
  case cells([String?])
  /// Cells from the least to the greatest, in the column's order, and NULL where it is told.
  case bounds(least: String, greatest: String, hasNull: Bool)
  /// Anything.
  case open

  init(_ statistics: ClearStatistics) {
    let nulls: [String?] = statistics.nullCount > 0 ? [nil] : []
    if let values = statistics.valueCounts {
      self = .cells(values.map(\.value) + nulls)
    } else if let bounds = statistics.bounds {
      self = .bounds(
        least: bounds.least, greatest: bounds.greatest, hasNull: statistics.nullCount > 0)
    } else if statistics.nullCount == statistics.recordCount {
      self = .cells(nulls)
    } else {
      self = .open
    }
  }

  /// What a test of one cell can give. `isMonotone` when, between two cells, it gives no other values
  /// than at them.
  func outcomes(isMonotone: Bool, _ test: (String?) -> Bool?) -> ClearOutcomes {
    switch self {
    case .cells(let cells): return cells.reduce(into: []) { $0.insert(ClearOutcomes(test($1))) }
    case .bounds(let least, let greatest, let hasNull):
      var outcomes: ClearOutcomes = hasNull ? ClearOutcomes(test(nil)) : []
      let ends: ClearOutcomes = [ClearOutcomes(test(least)), ClearOutcomes(test(greatest))]
      outcomes.formUnion(isMonotone ? ends : [.isTrue, .isFalse, .isNull])
      return outcomes
    case .open: return [.isTrue, .isFalse, .isNull]
    }
  }
}
