import ClaimSchema

/// The atoms of several cohorts: the classes of records that are in the same cohorts.
///
/// Conditions on one encrypted column are compared exactly, by the sets of values that they admit. Clear
/// predicates are not looked into: each is true or false on its own. So two different ones about the same
/// column are given up on, because one may imply the other.
struct CohortAtoms {
  /// By cohort, then by atom: whether the cohort has it.
  let memberships: [[Bool]]
  let atomCount: Int

  /// Nil when there are more atoms than `limit`, or they cannot be told apart.
  init?(_ cohorts: [CohortSet], limit: Int = DerivableCells.atomLimit) {
    var leaves = Leaves(limit: limit)
    for part in cohorts.flatMap(\.parts) {
      leaves.add(part.condition)
      if let column = part.presentColumn { leaves.addFact(.present(column)) }
      guard leaves.count <= limit else { return nil }
    }
    guard !leaves.hasOverlap else { return nil }
    var seen: Set<[Bool]> = []
    let atoms = leaves.atoms.map { atom in cohorts.map(atom.isIn) }
      .filter { $0.contains(true) && seen.insert($0).inserted }
    atomCount = atoms.count
    memberships = cohorts.indices.map { cohort in atoms.map { $0[cohort] } }
  }
}

/// What is either true or false of a record and not looked into.
private enum Fact: Hashable {
  case clear(Predicate)
  case present(String)
}

/// What the conditions are made of.
private struct Leaves {
  /// By encrypted column: the classes into which its sets part the cells.
  private var classes: [String: [ColumnSet]] = [:]
  private var facts: [Fact] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// How many atoms there are; far above the limit where that is passed.
  var count: Int {
    let sizes = classes.values.map(\.count) + facts.map { _ in 2 }
    return sizes.reduce(1) { min($0 * $1, limit * 64) }
  }

  /// Whether two clear predicates are about one column.
  var hasOverlap: Bool {
    var seen: Set<String> = []
    for case .clear(let predicate) in facts {
      for column in Set(predicate.columnNames) where !seen.insert(column).inserted { return true }
    }
    return false
  }

  mutating func addFact(_ fact: Fact) {
    if !facts.contains(fact) { facts.append(fact) }
  }

  mutating func add(_ condition: Condition) {
    // Every further set could double the classes.
    guard count <= limit else { return }
    switch condition {
    case .constant: break
    case .clear(let predicate): addFact(.clear(predicate.fact.predicate))
    case .encrypted(let set):
      let everything = ColumnSet(set.column, .all, includesNull: true)
      classes[set.column.name] = classes[set.column.name, default: [everything]].flatMap { part in
        [part.intersection(set), part.intersection(set.complement)].filter { !$0.isEmpty }
      }
    case .all(let operands), .any(let operands):
      for operand in operands { add(operand) }
    }
  }

  var atoms: [Atom] {
    var atoms = [Atom()]
    for (column, parts) in classes {
      atoms = atoms.flatMap { atom in
        parts.map { part in
          var next = atom
          next.cells[column] = part
          return next
        }
      }
    }
    for fact in facts {
      atoms = atoms.flatMap { atom in
        var next = atom
        next.facts.insert(fact)
        return [atom, next]
      }
    }
    return atoms
  }
}

/// Records that meet the same conditions.
private struct Atom {
  var cells: [String: ColumnSet] = [:]
  var facts: Set<Fact> = []

  func holds(_ fact: Fact) -> Bool { facts.contains(fact) }

  func isIn(_ cohort: CohortSet) -> Bool {
    cohort.parts.contains { part in
      meets(part.condition) && (part.presentColumn.map { holds(.present($0)) } ?? true)
    }
  }

  func meets(_ condition: Condition) -> Bool {
    switch condition {
    case .constant(let value): return value
    case .clear(let predicate):
      let (inner, isNegated) = predicate.fact
      return holds(.clear(inner)) != isNegated
    case .encrypted(let set):
      guard let cell = cells[set.column.name] else { return false }
      return !cell.intersection(set).isEmpty
    case .all(let operands): return operands.allSatisfy(meets)
    case .any(let operands): return operands.contains(where: meets)
    }
  }
}

extension Predicate {
  /// What is true or false of a record, and whether this predicate says the opposite.
  fileprivate var fact: (predicate: Predicate, isNegated: Bool) {
    if case .not(.isTrue(let inner)) = self { (inner, true) } else { (self, false) }
  }
}
