import ClaimSchema

/// A WHERE clause as a two-valued formula without negation: what must hold for the clause to be
/// TRUE in SQL's three-valued logic.
///
/// `all(of:)` and `any(of:)` keep it simplified: no constant inside, no nested `all` in `all`, at
/// most one clear part and one set for each column among the operands of either, and no operand that
/// its neighbours already decide.
package indirect enum Condition: Hashable, Sendable {
  case constant(Bool)
  /// The clear predicate is TRUE.
  case clear(Predicate)
  /// The column's cell is in the set.
  case encrypted(ColumnSet)
  case all([Condition])
  case any([Condition])
}

extension Condition {
  package static func encrypted(simplifying set: ColumnSet) -> Condition {
    if set.isEmpty { return .constant(false) }
    if set.isEverything { return .constant(true) }
    return .encrypted(set)
  }

  package static func all(of operands: [Condition]) -> Condition {
    combining(operands, isAll: true)
  }

  package static func any(of operands: [Condition]) -> Condition {
    combining(operands, isAll: false)
  }

  /// AND and OR are each other's mirror: the neutral constant is dropped, the other decides, sets
  /// of one column meet or join, and every operand may take the others as given (as true in an AND,
  /// as false in an OR).
  private static func combining(_ operands: [Condition], isAll: Bool) -> Condition {
    var parts = Parts(isAll: isAll)
    parts.add(operands)
    // Simplifying one operand may turn it into a literal, which then simplifies the others.
    while parts.decided == nil, parts.simplifyComposites() {}
    return parts.decided.map { .constant($0) } ?? parts.condition
  }

  /// The condition, when it is known that the record's cell is in `set`.
  package func assuming(_ set: ColumnSet) -> Condition {
    switch self {
    case .constant, .clear: return self
    case .encrypted(let own):
      guard own.column == set.column else { return self }
      let common = own.intersection(set)
      if common.isEmpty { return .constant(false) }
      return common == set ? .constant(true) : self
    case .all, .any: return mappingOperands { $0.assuming(set) }
    }
  }

  /// The condition, when it is known whether the clear predicate is TRUE.
  package func assuming(_ predicate: Predicate, is value: Bool) -> Condition {
    switch self {
    case .constant, .encrypted: return self
    case .clear(let own):
      if own == predicate { return .constant(value) }
      if own == predicate.exclusion { return .constant(!value) }
      return value && own.excludes(predicate) ? .constant(false) : self
    case .all, .any: return mappingOperands { $0.assuming(predicate, is: value) }
    }
  }

  /// An AND or OR is simplified again only where an operand changed: simplifying at every level
  /// whatever came of it would take time exponential in the nesting.
  private func mappingOperands(_ transform: (Condition) -> Condition) -> Condition {
    switch self {
    case .constant, .clear, .encrypted: return self
    case .all(let operands):
      let mapped = operands.map(transform)
      return mapped == operands ? self : .all(of: mapped)
    case .any(let operands):
      let mapped = operands.map(transform)
      return mapped == operands ? self : .any(of: mapped)
    }
  }

  /// What holds where the condition does not.
  package var complement: Condition {
    switch self {
    case .constant(let value): .constant(!value)
    case .clear(let predicate): .clear(predicate.exclusion)
    case .encrypted(let set): .encrypted(simplifying: set.complement)
    case .all(let operands): .any(of: operands.map(\.complement))
    case .any(let operands): .all(of: operands.map(\.complement))
    }
  }

  /// The first clear predicate in reading order.
  package var firstClearPredicate: Predicate? {
    switch self {
    case .constant, .encrypted: return nil
    case .clear(let predicate): return predicate
    case .all(let operands), .any(let operands):
      for operand in operands {
        if let predicate = operand.firstClearPredicate { return predicate }
      }
      return nil
    }
  }

  /// The operands of a top-level AND, or the condition alone; none for TRUE.
  package var conjuncts: [Condition] {
    switch self {
    case .constant(true): []
    case .all(let operands): operands
    default: [self]
    }
  }

  /// The encrypted columns that it reads, in reading order, repetitions included.
  package var hiddenColumns: [HiddenColumn] {
    switch self {
    case .constant, .clear: []
    case .encrypted(let set): [set.column]
    case .all(let operands), .any(let operands): operands.flatMap(\.hiddenColumns)
    }
  }
}

/// The operands of one AND or OR while they are brought together.
private struct Parts {
  let isAll: Bool
  /// The constant that the whole has become.
  var decided: Bool?
  var clear: [Predicate] = []
  /// One set for each column, by the column's name.
  var sets: [String: ColumnSet] = [:]
  var composites: [Condition] = []

  init(isAll: Bool) {
    self.isAll = isAll
  }

  private mutating func add(_ operand: Condition) {
    switch operand {
    case .constant(let value):
      if value != isAll { decided = value }
    case .clear(let predicate): add(clear: predicate)
    case .encrypted(let set): add(set)
    case .all(let operands):
      if isAll { add(operands) } else { add(composite: operand) }
    case .any(let operands):
      if isAll { add(composite: operand) } else { add(operands) }
    }
  }

  mutating func add(_ operands: [Condition]) {
    for operand in operands { add(operand) }
  }

  private mutating func add(clear predicate: Predicate) {
    switch (predicate, isAll) {
    case (.and(let inner), true), (.or(let inner), false):
      for operand in inner { add(clear: operand) }
    default:
      if isAll, clear.contains(where: { $0.excludes(predicate) }) { decided = false }
      if clear.contains(predicate.exclusion) { decided = !isAll }
      if !clear.contains(predicate) { clear.append(predicate) }
    }
  }

  private mutating func add(_ set: ColumnSet) {
    let name = set.column.name
    let merged = sets[name].map { isAll ? $0.intersection(set) : $0.union(set) } ?? set
    if isAll ? merged.isEmpty : merged.isEverything { decided = !isAll }
    sets[name] = merged
  }

  private mutating func add(composite: Condition) {
    if !composites.contains(composite) { composites.append(composite) }
  }

  /// Tells every composite operand what the literals decide; true when one changed.
  mutating func simplifyComposites() -> Bool {
    let before = composites
    composites = []
    for composite in before {
      var simplified = composite
      for set in orderedSets {
        simplified = simplified.assuming(isAll ? set : set.complement)
      }
      for predicate in clear {
        simplified = simplified.assuming(predicate, is: isAll)
      }
      add(simplified)
    }
    return composites != before
  }

  private var orderedSets: [ColumnSet] {
    sets.values.sorted { $0.column.name < $1.column.name }
  }

  var condition: Condition {
    var operands: [Condition] = []
    if let first = clear.first {
      operands.append(.clear(clear.count == 1 ? first : isAll ? .and(clear) : .or(clear)))
    }
    for set in orderedSets {
      // The neutral set says nothing.
      if isAll ? !set.isEverything : !set.isEmpty { operands.append(.encrypted(set)) }
    }
    operands += composites
    guard let first = operands.first else { return .constant(isAll) }
    if operands.count == 1 { return first }
    return isAll ? .all(operands) : .any(operands)
  }
}

extension Predicate {
  /// TRUE exactly where this predicate is not.
  fileprivate var exclusion: Predicate {
    if case .not(.isTrue(let inner)) = self { inner } else { .not(.isTrue(self)) }
  }

  /// True when this predicate and `other` cannot both be TRUE: equalities of one column to
  /// different constants. Constants are compared as text, so they must be in canonical form.
  fileprivate func excludes(_ other: Predicate) -> Bool {
    guard let own = equalityConstants, let others = other.equalityConstants,
      own.column == others.column
    else { return false }
    return own.values.isDisjoint(with: others.values)
  }

  private var equalityConstants: (column: String, values: Set<Literal>)? {
    switch self {
    case .comparison(let column, .equal, let literal): (column.name, [literal])
    case .isIn(let column, let literals): (column.name, Set(literals))
    default: nil
    }
  }
}
