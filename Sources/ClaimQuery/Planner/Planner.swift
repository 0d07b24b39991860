import ClaimSchema

/// Plans queries over tables of one schema.
public struct Planner: Sendable {
  private let schema: Schema

  /// The most totals of all hidden groups together: each is planned, here and by the custodian.
  private static let totalLimit = 1 << 17

  /// A planner for the tables of this schema.
  public init(schema: Schema) {
    self.schema = schema
  }

  /// What is to be computed for the query. It depends on the query and the schema alone, so whoever
  /// has both makes the same plan.
  ///
  /// Hidden grouping columns have their declared values, bands or whole numbers as keys, dates their
  /// years, quarters and months; codes, days and long ranges may be grouped by where a top-level
  /// conjunct of WHERE lists the keys.
  ///
  /// - Throws: `QueryError`, with the place in the query's text where there is one, for everything
  ///   that the schema or the parameters do not admit.
  public func plan(_ query: Query) throws(QueryError) -> Plan {
    guard query.table == schema.table else {
      throw .unknownTable(name: query.table, expected: schema.table)
    }
    let check = QueryCheck(query)
    try check.checkShape()
    try checkLabels(of: query)
    let builder = ConditionBuilder(schema: schema)
    let condition: Condition =
      try query.predicate.map { predicate throws(QueryError) in
        try builder.condition(predicate)
      } ?? .constant(true)
    let list = try TotalList(query.aggregates, builder: builder)
    let grouping = try Grouping(query, condition, builder: builder)
    try checkPaillier(list, condition, grouping)

    var clear = ClearPredicateList()
    let groups =
      list.totals.contains(where: \.isLattice)
      ? try latticeGroups(condition, grouping, list: list, clear: &clear)
      : [HiddenGroup(keys: [], cases: [])]
    let filter: Predicate? =
      switch condition {
      case .constant(true): nil
      case .clear(let predicate): predicate
      default: .constant(false)
      }
    var draft = PlanDraft(
      schema: schema, query: query, grouping: grouping, groups: groups, list: list,
      clearPredicates: clear.predicates,
      paillierFilter: list.totals.contains { !$0.isLattice } ? filter : nil)
    if list.totals.contains(where: \.isLattice) { try draft.chooseForm() }
    let plan = draft.plan
    try check.checkTypes(plan.typing)
    return plan
  }

  /// Refuses a grouping expression's label that is another column's name: in GROUP BY, PostgreSQL would
  /// take it for the column.
  private func checkLabels(of query: Query) throws(QueryError) {
    for item in query.select {
      guard case .key(let index) = item.value, query.groupBy.indices.contains(index),
        schema.column(named: item.label) != nil
      else { continue }
      if case .column(let reference) = query.groupBy[index], reference.name == item.label {
        continue
      }
      throw .unsupported(
        construct: "the label \"\(item.label)\" for a grouping expression, also a column's name",
        position: nil, instead: "Write another label after AS.")
    }
  }

  /// Every combination of the listed keys that a record can have.
  private func latticeGroups(
    _ condition: Condition, _ grouping: Grouping, list: TotalList,
    clear: inout ClearPredicateList
  ) throws(QueryError) -> [HiddenGroup] {
    var combinations: [(keys: [String?], condition: Condition)] = [([], condition)]
    for listed in grouping.listed {
      let count = combinations.count * listed.keys.count
      guard count <= GroupKeys.groupLimit else {
        throw .tooLarge(
          what: "hidden groups", count: count, limit: GroupKeys.groupLimit,
          remedy: "name fewer keys in WHERE, or group by a column with fewer values or bands")
      }
      combinations = combinations.flatMap { combination in
        listed.keys.compactMap { key in
          let both = Condition.all(of: [key.condition, combination.condition])
          return both == .constant(false) ? nil : (combination.keys + [key.label], both)
        }
      }
    }
    let totals = combinations.count * list.totals.count(where: \.isLattice)
    guard totals <= Planner.totalLimit else {
      throw .tooLarge(
        what: "totals of all hidden groups", count: totals, limit: Planner.totalLimit,
        remedy: "ask for fewer aggregates at once, or group by fewer keys")
    }
    var groups: [HiddenGroup] = []
    for combination in combinations {
      var cases: [[MaskedCondition]] = []
      for slice in list.slices {
        cases.append(
          try self.cases(of: .all(of: [combination.condition, slice]), clear: &clear))
      }
      groups.append(HiddenGroup(keys: combination.keys, cases: cases))
    }
    return groups
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

  /// Paillier totals have no hidden filter and no hidden groups.
  private func checkPaillier(
    _ list: TotalList, _ condition: Condition, _ grouping: Grouping
  ) throws(QueryError) {
    for aggregate in list.aggregates {
      let totals = aggregate.totals.map { list.totals[$0] }.filter { !$0.isLattice }
      let filters = [condition] + totals.map { list.slices[$0.slice] }
      guard !totals.isEmpty, let cause = obstacle(filters, grouping) else { continue }
      let column = totals.lazy.compactMap { total -> String? in
        switch total.measure {
        case .records: nil
        case .present(let column): column
        case .value(let value): value.text
        case .personBucket: "person"
        }
      }.first
      throw .columnUse(
        column: column ?? "count(*)",
        position: aggregate.aggregate.position,
        problem: "it is protected as paillier, which cannot be \(cause)",
        remedy: "protect it as encrypted with use sum, and encrypt again")
    }
  }

  /// What Paillier totals cannot take part in; nil when nothing is in their way.
  private func obstacle(_ filters: [Condition], _ grouping: Grouping) -> String? {
    let hidden =
      filters.lazy.compactMap { $0.hiddenColumns.first?.name }.first
      ?? grouping.listed.lazy.compactMap(\.column).first
    if let hidden { return "filtered or grouped by the encrypted column \(hidden)" }
    return grouping.listed.isEmpty ? nil : "grouped by CASE"
  }
}

/// The grouping expressions of a query.
struct Grouping {
  private(set) var columns: [GroupColumn] = []
  /// The keys of those that the plan lists, in the order of GROUP BY.
  private(set) var listed: [GroupKeys] = []

  init(
    _ query: Query, _ condition: Condition, builder: ConditionBuilder
  ) throws(QueryError) {
    for expression in query.groupBy {
      switch expression {
      case .column(let reference):
        let column = try builder.column(reference)
        try builder.checkFilter(column, at: reference)
        if column.protection == .clear {
          addClear(expression, column, column.clearKeyType)
        } else {
          add(
            expression, try builder.keys(of: column, at: reference, predicate: query.predicate),
            condition)
        }
      case .datePart(let part, let reference):
        let column = try builder.dateColumn(reference, for: "extract")
        if column.protection == .clear {
          addClear(expression, column, .integer)
        } else {
          add(expression, builder.keys(of: part, column: column), condition)
        }
      case .truncated(let unit, let reference):
        let column = try builder.dateColumn(reference, for: "date_trunc")
        if column.protection == .clear {
          addClear(expression, column, .date)
        } else {
          add(
            expression,
            try builder.keys(
              of: unit, column: column, at: reference, predicate: query.predicate), condition)
        }
      case .conditional(let cases, let otherwise):
        add(expression, try builder.keys(of: cases, otherwise: otherwise), condition)
      }
    }
  }

  private mutating func addClear(
    _ expression: GroupingExpression, _ column: Column, _ keyType: GroupColumn.KeyType
  ) {
    columns.append(
      GroupColumn(expression: expression, clearColumn: column, keyType: keyType, listedKeys: []))
  }

  private mutating func add(
    _ expression: GroupingExpression, _ keys: GroupKeys, _ condition: Condition
  ) {
    var keys = keys
    keys.keep(meeting: condition)
    columns.append(
      GroupColumn(
        expression: expression, clearColumn: nil, keyType: keys.keyType,
        listedKeys: keys.keys.compactMap(\.label)))
    listed.append(keys)
  }

  /// The hidden columns of the listed keys, the one with the most keys first.
  var hiddenColumns: [String] {
    let ordered = listed.enumerated().sorted {
      ($1.element.keys.count, $0.offset) < ($0.element.keys.count, $1.offset)
    }
    var columns: [String] = []
    for column in ordered.compactMap(\.element.column) where !columns.contains(column) {
      columns.append(column)
    }
    return columns
  }
}

extension Column {
  fileprivate var clearKeyType: GroupColumn.KeyType {
    switch type {
    case .text, .category, .code: .text
    case .date: .date
    case .integer: .integer
    case .money: .numeric
    }
  }
}
