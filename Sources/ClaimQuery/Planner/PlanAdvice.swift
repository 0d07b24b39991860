import ClaimSchema

/// What would make a query cheaper, from its plan and the schema.
struct PlanAdvice {
  let plan: Plan
  let schema: Schema

  var sentences: [String] {
    [jointIndexes, prefixes, days, masks].flatMap { $0 }
  }

  /// The conditions that meet in products, those of the first group.
  private var conjunctions: [[ColumnSet]] {
    var conjunctions: [[ColumnSet]] = []
    for item in (plan.hiddenGroups.first?.cases ?? []).joined() {
      let sets = item.condition.conjuncts.compactMap(\.columnSet)
      if !conjunctions.contains(sets) { conjunctions.append(sets) }
    }
    return conjunctions
  }

  /// Columns of one digit that are multiplied with each other.
  private var jointIndexes: [String] {
    for sets in conjunctions {
      let names = sets.filter { $0.column.sizes.count == 1 }.map(\.column.name)
      let indexed = schema.indexes.contains { Set($0.columns).isSuperset(of: names) }
      guard names.count > 1, !indexed else { continue }
      let list = names.prefix(4).joined(separator: ", ")
      return [
        "a joint index (indexes: [[\(list)]]) would make \(names.prefix(4).count) factors one"
      ]
    }
    return []
  }

  /// Codes of which several digits are multiplied.
  private var prefixes: [String] {
    var names: [String] = []
    for set in conjunctions.joined()
    where set.column.sizes.count > 2 && set.expression.factorCount > 2
      && !names.contains(set.column.name)
    {
      names.append(set.column.name)
    }
    return names.map {
      "a prepared flag for the condition on \($0), made before encrypting, would be one factor"
    }
  }

  /// Dates that do not begin and end with a month.
  private var days: [String] {
    var names: [String] = []
    for set in conjunctions.joined() where set.expression.depth > 0 {
      guard case .date? = schema.column(named: set.column.name)?.type,
        !names.contains(set.column.name)
      else { continue }
      names.append(set.column.name)
    }
    return names.map { "a range of whole months of \($0) would spare the product with its day" }
  }

  private var masks: [String] {
    guard plan.demand.masks > 0 else { return [] }
    let names = Set(
      plan.groupColumns.compactMap(\.clearColumn?.name)
        + plan.clearPredicates.flatMap(\.columnNames)
    ).sorted()
    return [
      "cluster_by: [\(names.joined(separator: ", "))] would keep chunks unmixed and spare masks"
    ]
  }
}
