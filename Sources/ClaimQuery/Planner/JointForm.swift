import ClaimSchema

/// The sets of several columns in one product that a joint index turns into a sum.
package struct JointForm {
  /// One sum for the sets of these columns together.
  package struct Form {
    package let columns: [String]
    package let form: LinearForm
  }

  /// In the order of the indexes.
  package private(set) var forms: [Form] = []
  private var covered: Set<String> = []

  /// Takes the indexes that cover the most columns first.
  package init(of sets: [ColumnSet], indexes: [JointIndex]) {
    let byName = Dictionary(sets.map { ($0.column.name, $0) }, uniquingKeysWith: { a, _ in a })
    guard byName.count > 1, byName.count == sets.count else { return }
    func gain(_ index: JointIndex) -> Int {
      index.columns.count { byName[$0] != nil && !covered.contains($0) }
    }
    while let best = indexes.enumerated().max(by: {
      (gain($0.element), $1.offset) < (gain($1.element), $0.offset)
    })?.element, gain(best) > 1 {
      let columns = best.columns.filter { byName[$0] != nil && !covered.contains($0) }
      let chosen = zip(best.columns, best.sizes).map { name, size in
        guard columns.contains(name), let set = byName[name] else { return Array(0..<size) }
        return set.digits(outOf: size)
      }
      forms.append(Form(columns: columns, form: JointForm.sum(best, chosen)))
      covered.formUnion(columns)
    }
  }

  /// Whether the set is part of one of the forms.
  package func covers(_ set: ColumnSet) -> Bool { covered.contains(set.column.name) }

  /// All places together are `occupied`, so more than half of them are cheaper by what is left.
  private static func sum(_ index: JointIndex, _ digits: [[Int]]) -> LinearForm {
    func terms(_ places: some Sequence<Int>, weight: Int64) -> [LinearForm.Term] {
      places.map {
        LinearForm.Term(column: .joint(columns: index.columns, place: $0), weight: weight)
      }
    }
    let places = index.places(of: digits)
    guard places.count * 2 > index.count else {
      return LinearForm(summing: terms(places, weight: 1))
    }
    let chosen = Set(places)
    let rest = terms((0..<index.count).filter { !chosen.contains($0) }, weight: -1)
    return LinearForm(summing: LinearForm(.occupied).terms + rest)
  }
}

extension ColumnSet {
  /// The values of its only digit, NULL being the last of `size` for a nullable column.
  fileprivate func digits(outOf size: Int) -> [Int] {
    let valueCount = column.isNullable ? size - 1 : size
    let values = (0..<valueCount).filter { self.values.contains([$0]) }
    return includesNull ? values + [valueCount] : values
  }
}

extension Condition {
  /// The set, when the condition is one.
  package var columnSet: ColumnSet? {
    if case .encrypted(let set) = self { set } else { nil }
  }
}
