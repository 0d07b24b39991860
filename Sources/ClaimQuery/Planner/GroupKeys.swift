import ClaimSchema

/// The listed keys of one grouping expression: those of a hidden column, or the labels of a CASE.
package struct GroupKeys {
  /// The hidden column that alone decides the keys; nil where several or none do.
  let column: String?
  let keyType: GroupColumn.KeyType
  /// In ascending order, the NULL group last.
  private(set) var keys: [Key]

  /// One key and the records that have it.
  package struct Key {
    /// The key as it appears in the answer; nil for the NULL group.
    let label: String?
    let condition: Condition
  }

  /// The most listed groups of a query.
  package static let groupLimit = 4096

  /// Keeps the keys that can meet the condition.
  mutating func keep(meeting condition: Condition) {
    keys = keys.filter { Condition.all(of: [$0.condition, condition]) != .constant(false) }
  }
}

extension ConditionBuilder {
  /// The keys of a hidden column: its declared values, bands or whole numbers. For the others (codes,
  /// dates, long ranges) a top-level conjunct of WHERE has to list them, as `c = …` or `c IN (…)`.
  func keys(
    of column: Column, at reference: ColumnReference, predicate: Predicate?
  ) throws(QueryError) -> GroupKeys {
    let hidden = HiddenColumn(column)
    let keyType: GroupColumn.KeyType =
      switch column.type {
      case .text, .category, .code: .text
      case .date: .date
      // Bands are shown as intervals.
      case .integer(_, let bands): bands == nil ? .integer : .text
      case .money(_, _, let bands): bands == nil ? .numeric : .text
      }
    if let declared = column.groupKeys {
      let keys = declared.map {
        GroupKeys.Key(label: $0.label, condition: .encrypted(ColumnSet(hidden, $0.set)))
      }
      return GroupKeys(column: column.name, keyType: keyType, keys: keys + nullKey(of: column))
    }
    guard let constants = predicate?.constants(restricting: column.name) else {
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "GROUP BY on an encrypted column needs a known list of keys",
        remedy: "list them in WHERE as \(column.name) IN (…), declare values or bands, or group a "
          + "date by extract or date_trunc")
    }
    var sets: [(label: String, set: DigitSet)] = []
    for constant in constants {
      let set = try digits(column, .equal, constant)
      guard !set.isEmpty, !sets.contains(where: { $0.set == set }),
        let label = constant.label(in: column)
      else { continue }
      sets.append((label, set))
    }
    // Digits keep the order of the values.
    let keys = sets.sorted { $0.set.firstDigits.lexicographicallyPrecedes($1.set.firstDigits) }
      .map { GroupKeys.Key(label: $0.label, condition: .encrypted(ColumnSet(hidden, $0.set))) }
    return GroupKeys(column: column.name, keyType: keyType, keys: keys)
  }

  /// The keys of `extract` over a hidden date.
  func keys(of part: DatePart, column: Column) -> GroupKeys {
    let hidden = HiddenColumn(column)
    var keys: [GroupKeys.Key] = []
    for value in column.values(of: part) {
      let set = ColumnSet(hidden, column.digitSet(of: part) { $0 == value })
      guard !set.isEmpty else { continue }
      keys.append(
        GroupKeys.Key(label: String(value), condition: .encrypted(simplifying: set)))
    }
    return GroupKeys(column: column.name, keyType: .integer, keys: keys + nullKey(of: column))
  }

  /// The keys of `date_trunc` over a hidden date, by its first days.
  func keys(
    of unit: DateUnit, column: Column, at reference: ColumnReference, predicate: Predicate?
  ) throws(QueryError) -> GroupKeys {
    guard unit != .day else { return try keys(of: column, at: reference, predicate: predicate) }
    let hidden = HiddenColumn(column)
    var starts: [CalendarDay] = []
    for month in column.months {
      let start = month.truncated(to: unit)
      if starts.last != start { starts.append(start) }
    }
    let keys = starts.map { start in
      let set = column.digitSet(months: { $0.truncated(to: unit) == start })
      return GroupKeys.Key(
        label: start.description, condition: .encrypted(simplifying: ColumnSet(hidden, set)))
    }
    return GroupKeys(column: column.name, keyType: .date, keys: keys + nullKey(of: column))
  }

  /// The keys of CASE: each label once, with the records for which one of its branches decides.
  func keys(
    of cases: [GroupingBranch], otherwise: Literal?
  ) throws(QueryError) -> GroupKeys {
    var labels: [String?] = []
    var conditions: [[Condition]] = []
    var isText = false
    var isWhole = true
    func add(_ literal: Literal?, where condition: Condition) throws(QueryError) {
      var label: String?
      switch literal?.value {
      case nil, .null?: break
      case .string(let text)?: (label, isText) = (text, true)
      case .number(let text)?:
        label = text
        if literal?.resultType != .integer { isWhole = false }
      case .boolean?:
        throw .unsupported(
          construct: "a truth value as a group's label", position: literal?.position,
          instead: "Write a quoted text or a number.")
      }
      guard condition != .constant(false) else { return }
      if let known = labels.firstIndex(where: { isOneGroup($0, label) }) {
        conditions[known].append(condition)
      } else {
        labels.append(label)
        conditions.append([condition])
      }
    }
    // Numbers are one group by their value: 1 and 1.0.
    func isOneGroup(_ a: String?, _ b: String?) -> Bool {
      guard !isText, let a, let b else { return a == b }
      return KeyOrder(.numeric, listed: []).compare(a, b) == 0
    }
    var rest = Condition.constant(true)
    for item in cases {
      let condition = try self.condition(item.condition)
      try add(item.label, where: .all(of: [rest, condition]))
      rest = .all(of: [rest, condition.complement])
    }
    try add(otherwise, where: rest)
    let type: GroupColumn.KeyType = isText ? .text : isWhole ? .integer : .numeric
    let order = KeyOrder(type, listed: [])
    let keys = zip(labels, conditions).map {
      GroupKeys.Key(label: $0, condition: .any(of: $1))
    }.sorted { a, b in
      guard let left = a.label else { return false }
      return b.label.map { order.compare(left, $0) < 0 } ?? true
    }
    let columns = Set(keys.flatMap { $0.condition.hiddenColumns.map(\.name) })
    return GroupKeys(
      column: columns.count == 1 ? columns.first : nil, keyType: type, keys: keys)
  }

  private func nullKey(of column: Column) -> [GroupKeys.Key] {
    guard column.isNullable else { return [] }
    let set = ColumnSet(HiddenColumn(column), .none, includesNull: true)
    return [GroupKeys.Key(label: nil, condition: .encrypted(set))]
  }
}

extension Column {
  /// The first days of the months of an indexed date's range.
  fileprivate var months: [CalendarDay] {
    guard case .date(let range) = type else { return [] }
    return (range.lowerBound.monthNumber...range.upperBound.monthNumber).compactMap {
      CalendarDay(year: $0 / 12, month: $0 % 12 + 1, day: 1)
    }
  }

  /// The values that a part of an indexed date can have, ascending.
  fileprivate func values(of part: DatePart) -> [Int] {
    part == .day ? Array(1...31) : Set(months.map { $0.value(of: part) }).sorted()
  }
}

extension Predicate {
  /// The constants other than NULL that a top-level conjunct allows for the column; nil when none
  /// lists them.
  fileprivate func constants(restricting column: String) -> [Literal]? {
    switch self {
    case .and(let operands):
      for operand in operands {
        if let constants = operand.constants(restricting: column) { return constants }
      }
      return nil
    case .comparison(let reference, .equal, let literal) where reference.name == column:
      return [literal].filter { $0.value != .null }
    case .isIn(let reference, let literals) where reference.name == column:
      return literals.filter { $0.value != .null }
    default: return nil
    }
  }
}

extension Literal {
  /// The constant as the column's values are written in answers.
  fileprivate func label(in column: Column) -> String? {
    do throws(QueryError) {
      let constant = try ClearConstant(self, column: column)
      switch constant.literal.value {
      case .string(let text), .number(let text): return text
      case .boolean, .null: return nil
      }
    } catch {
      return nil
    }
  }
}

extension DigitSet {
  /// The digits of the first value in the set, as far as they matter.
  fileprivate var firstDigits: [Int] {
    guard case .split(let children) = self,
      let first = children.firstIndex(where: { $0 != .none })
    else { return [] }
    return [first] + children[first].firstDigits
  }
}
