import ClaimSchema

/// The keys of one hidden grouping column.
package struct HiddenKeys {
  package let column: HiddenColumn
  /// In row order, the NULL group last.
  package let keys: [Key]

  /// One key and the records that have it.
  package struct Key {
    /// The key as it appears in the answer; nil for the NULL group.
    package let label: String?
    package let set: ColumnSet
  }

  /// The most hidden groups of a query.
  package static let groupLimit = 4096

  /// The declared values, the bands or the whole numbers of the column, and the NULL group. An
  /// extension for the others (codes, dates, long ranges): when a top-level conjunct of WHERE
  /// compares the column with a list, as `c = …` or `c IN (…)`, those constants are the keys.
  package init(
    _ column: Column, at reference: ColumnReference, predicate: Predicate?,
    builder: ConditionBuilder
  ) throws(QueryError) {
    try builder.checkFilter(column, at: reference)
    let hidden = HiddenColumn(column)
    self.column = hidden
    if let declared = column.groupKeys {
      var keys = declared.map { Key(label: $0.label, set: ColumnSet(hidden, $0.set)) }
      if column.isNullable {
        keys.append(Key(label: nil, set: ColumnSet(hidden, .none, includesNull: true)))
      }
      self.keys = keys
      return
    }
    guard let constants = predicate?.constants(restricting: column.name) else {
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "GROUP BY on an encrypted column needs a known list of keys",
        remedy: "list them in WHERE as \(column.name) IN (…), or declare values or bands")
    }
    var keys: [Key] = []
    for constant in constants {
      let set = try builder.digits(column, .equal, constant)
      guard !set.isEmpty, !keys.contains(where: { $0.set.values == set }),
        let label = constant.label(in: column)
      else { continue }
      keys.append(Key(label: label, set: ColumnSet(hidden, set)))
    }
    // Digits keep the order of the values.
    self.keys = keys.sorted {
      $0.set.values.firstDigits.lexicographicallyPrecedes($1.set.values.firstDigits)
    }
  }

  package init(column: HiddenColumn, keys: [Key]) {
    self.column = column
    self.keys = keys
  }

  /// The keys that can meet one of the conditions.
  package func keeping(_ cases: [MaskedCondition]) -> HiddenKeys {
    let kept = keys.filter { key in
      cases.contains {
        Condition.all(of: [.encrypted(simplifying: key.set), $0.condition]) != .constant(false)
      }
    }
    return HiddenKeys(column: column, keys: kept)
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
