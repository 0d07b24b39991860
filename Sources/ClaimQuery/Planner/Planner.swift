import ClaimSchema

/// Plans queries over tables of one schema.
public struct Planner: Sendable {
  private let schema: Schema

  /// A planner for the tables of this schema.
  public init(schema: Schema) {
    self.schema = schema
  }

  /// What is to be computed for the query. It depends on the query and the schema alone, so whoever
  /// has both makes the same plan.
  ///
  /// Hidden grouping columns have their declared values, bands or whole numbers as keys; codes,
  /// dates and long ranges may be grouped by where a top-level conjunct of WHERE lists the keys.
  ///
  /// - Throws: `QueryError`, with the place in the query's text where there is one, for everything
  ///   that the schema or the parameters do not admit.
  public func plan(_ query: Query) throws(QueryError) -> Plan {
    guard query.table == schema.table else {
      throw .unknownTable(name: query.table, expected: schema.table)
    }
    let builder = ConditionBuilder(schema: schema)
    let groupColumns = try groupColumns(query.groupBy, builder: builder)
    try checkOrder(query, groupColumns)
    let condition: Condition =
      try query.predicate.map { predicate throws(QueryError) in
        try builder.condition(predicate)
      } ?? .constant(true)
    let list = try TotalList(query.select, groupColumns: groupColumns, builder: builder)

    var clear = ClearPredicateList()
    let lattice = list.totals.contains(where: \.isLattice)
    let groups =
      lattice
      ? try latticeGroups(query, condition, groupColumns, builder: builder, clear: &clear)
      : Groups.single
    if lattice {
      for (_, counted) in list.countConditions.sorted(by: { $0.key < $1.key }) {
        if case .clear(let predicate) = counted { _ = clear.index(of: predicate) }
      }
    }
    let filter = try paillierFilter(query, condition, groupColumns, totals: list.totals)
    var draft = PlanDraft(
      schema: schema, query: query, groupColumns: groupColumns, groups: groups, list: list,
      clearPredicates: clear.predicates, paillierFilter: filter)
    if lattice { try draft.chooseForm() }
    return draft.plan
  }

  private func groupColumns(
    _ references: [ColumnReference], builder: ConditionBuilder
  ) throws(QueryError) -> [GroupColumn] {
    var columns: [GroupColumn] = []
    for reference in references {
      let column = GroupColumn(column: try builder.column(reference))
      try builder.checkFilter(column.column, at: reference)
      if !columns.contains(column) { columns.append(column) }
    }
    guard columns.count <= 2 else {
      throw .unsupported(
        construct: "GROUP BY of \(columns.count) columns", position: references.last?.position,
        instead: "Group by at most two columns.")
    }
    return columns
  }

  private func checkOrder(_ query: Query, _ groupColumns: [GroupColumn]) throws(QueryError) {
    for term in query.orderBy {
      let isKnown =
        switch term.key {
        case .output(let index): query.select.indices.contains(index)
        case .groupColumn(let name): groupColumns.contains { $0.column.name == name }
        }
      guard isKnown else {
        throw .unsupported(
          construct: "ORDER BY of something that is neither selected nor grouped by",
          position: nil, instead: "Order by an output column or a grouping column.")
      }
    }
  }
}

// MARK: - Groups

extension Planner {
  /// The hidden groups with the order of their columns.
  struct Groups {
    var groups: [HiddenGroup]
    /// The hidden grouping columns, the one with the most keys first.
    var columns: [String]

    /// No hidden grouping column and no lattice total.
    static let single = Groups(groups: [HiddenGroup(keys: [], cases: [])], columns: [])
  }

  private func latticeGroups(
    _ query: Query, _ condition: Condition, _ groupColumns: [GroupColumn],
    builder: ConditionBuilder, clear: inout ClearPredicateList
  ) throws(QueryError) -> Groups {
    let cases = try cases(of: condition, clear: &clear)
    var hidden: [HiddenKeys] = []
    for column in groupColumns where !column.isClear {
      let reference =
        query.groupBy.first { $0.name == column.column.name }
        ?? ColumnReference(name: column.column.name, position: 0)
      let keys = try HiddenKeys(
        column.column, at: reference, predicate: query.predicate, builder: builder)
      hidden.append(keys.keeping(cases))
    }
    let count = hidden.reduce(1) { $0 * $1.keys.count }
    guard count <= HiddenKeys.groupLimit else {
      throw .tooLarge(
        what: "hidden groups", count: count, limit: HiddenKeys.groupLimit,
        remedy: "name fewer keys in WHERE, or group by a column with fewer values or bands")
    }
    guard !hidden.isEmpty else {
      return Groups(groups: [HiddenGroup(keys: [], cases: cases)], columns: [])
    }
    var groups = [HiddenGroup(keys: [], cases: cases)]
    for column in hidden {
      groups = groups.flatMap { group in
        column.keys.compactMap { key in group.divided(by: key) }
      }
    }
    let columns = hidden.enumerated()
      .sorted { ($1.element.keys.count, $0.offset) < ($0.element.keys.count, $1.offset) }
      .map(\.element.column.name)
    return Groups(groups: groups, columns: columns)
  }

  private func cases(
    of condition: Condition, clear: inout ClearPredicateList
  ) throws(QueryError) -> [MaskedCondition] {
    do throws(ClearPredicateList.TooManyCases) {
      return try clear.cases(of: condition, limit: DistributedForm.termLimit)
    } catch {
      throw .tooLarge(
        what: "cases of the clear columns in WHERE", count: DistributedForm.termLimit + 1,
        limit: DistributedForm.termLimit,
        remedy: "combine clear and encrypted columns in fewer alternatives")
    }
  }
}

extension HiddenGroup {
  /// The part of the group with this key; nil when no record can be in it.
  fileprivate func divided(by key: HiddenKeys.Key) -> HiddenGroup? {
    let divided = cases.compactMap { item -> MaskedCondition? in
      let condition = Condition.all(of: [.encrypted(simplifying: key.set), item.condition])
      return condition == .constant(false)
        ? nil : MaskedCondition(mask: item.mask, condition: condition)
    }
    return divided.isEmpty ? nil : HiddenGroup(keys: keys + [key.label], cases: divided)
  }
}

// MARK: - Paillier

extension Planner {
  /// The WHERE clause of Paillier totals, which must be wholly clear, as GROUP BY must.
  private func paillierFilter(
    _ query: Query, _ condition: Condition, _ groupColumns: [GroupColumn],
    totals: [TotalSpecification]
  ) throws(QueryError) -> Predicate? {
    guard totals.contains(where: { !$0.isLattice }) else { return nil }
    let hidden =
      groupColumns.first { !$0.isClear }?.column.name ?? condition.hiddenColumns.first?.name
    if let hidden {
      let reference = query.select.compactMap { item -> ColumnReference? in
        guard case .aggregate(_, let reference) = item.value,
          schema.column(named: reference.name)?.protection == .paillier
        else { return nil }
        return reference
      }.first
      throw .columnUse(
        column: reference?.name ?? hidden, position: reference?.position ?? 0,
        problem: "it is protected as paillier, which cannot be filtered or grouped by the "
          + "encrypted column \(hidden)",
        remedy: "protect it as encrypted with use sum, and encrypt again")
    }
    switch condition {
    case .constant(true): return nil
    case .clear(let predicate): return predicate
    default: return .constant(false)
    }
  }
}
