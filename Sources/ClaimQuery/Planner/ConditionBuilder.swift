import ClaimSchema

/// Turns a WHERE clause into the condition under which it is TRUE, checking names, uses and
/// constants on the way.
///
/// NOT is pushed to the leaves by asking for a clause to be FALSE instead of TRUE, so three-valued
/// logic needs no third value: a clause that is NULL is neither.
package struct ConditionBuilder {
  package let schema: Schema

  package init(schema: Schema) {
    self.schema = schema
  }

  /// The column of that name, or an error that names the ones that there are.
  package func column(_ reference: ColumnReference) throws(QueryError) -> Column {
    guard let column = schema.column(named: reference.name) else {
      let known = schema.columns.filter { $0.protection != .drop }.map(\.name)
      throw .unknownColumn(name: reference.name, position: reference.position, known: known)
    }
    return column
  }

  /// What must hold for the predicate to be TRUE (or FALSE, when `truth` is false).
  package func condition(
    _ predicate: Predicate, is truth: Bool = true
  ) throws(QueryError) -> Condition {
    switch predicate {
    case .constant(let value): return .constant(value == truth)
    case .not(let inner): return try condition(inner, is: !truth)
    case .and(let operands):
      let conditions = try conditions(operands, are: truth)
      return truth ? .all(of: conditions) : .any(of: conditions)
    case .or(let operands):
      let conditions = try conditions(operands, are: truth)
      return truth ? .any(of: conditions) : .all(of: conditions)
    case .isNull(let reference): return try nullity(reference, is: truth)
    case .isTrue(let inner):
      let condition = try condition(inner)
      return truth ? condition : condition.complement
    case .datePart(let part, let reference, let comparison, let literal):
      return try datePartCondition(part, reference, comparison, literal, is: truth)
    case .comparison(let reference, let comparison, let literal):
      let column = try column(reference)
      try checkFilter(column, at: reference)
      guard try hasValue(literal, column) else { return .constant(false) }
      return try comparisonCondition(reference, column, comparison, literal, is: truth)
    case .between(let reference, let low, let high):
      // As in SQL: two comparisons, so that one of them decides when the other constant is NULL.
      return try condition(
        .and([
          .comparison(reference, .greaterOrEqual, low), .comparison(reference, .lessOrEqual, high),
        ]), is: truth)
    case .isIn(let reference, let literals):
      return try membership(reference, literals, is: truth)
    case .like(let reference, let prefix, let isExact):
      return try likeness(reference, prefix, isExact: isExact, is: truth)
    }
  }

  private func conditions(
    _ predicates: [Predicate], are truth: Bool
  ) throws(QueryError) -> [Condition] {
    var result: [Condition] = []
    for predicate in predicates { result.append(try condition(predicate, is: truth)) }
    return result
  }
}

// MARK: - Leaves

extension ConditionBuilder {
  private func nullity(
    _ reference: ColumnReference, is truth: Bool
  ) throws(QueryError) -> Condition {
    let column = try column(reference)
    guard column.isNullable else { return .constant(!truth) }
    switch column.protection {
    case .encrypted:
      return .encrypted(
        ColumnSet(HiddenColumn(column), truth ? .none : .all, includesNull: truth))
    case .clear:
      let predicate = Predicate.isNull(reference)
      return .clear(truth ? predicate : .not(predicate))
    case .paillier, .drop:
      try checkFilter(column, at: reference)
      return .constant(false)
    }
  }

  private func comparisonCondition(
    _ reference: ColumnReference, _ column: Column, _ comparison: Comparison, _ literal: Literal,
    is truth: Bool
  ) throws(QueryError) -> Condition {
    guard column.protection == .encrypted else {
      let constant = try ClearConstant(literal, column: column).literal
      let predicate = Predicate.comparison(reference, comparison, constant)
      return .clear(truth ? predicate : .not(predicate))
    }
    return hidden(column, try digits(column, comparison, literal), is: truth)
  }

  private func datePartCondition(
    _ part: DatePart, _ reference: ColumnReference, _ comparison: Comparison, _ literal: Literal,
    is truth: Bool
  ) throws(QueryError) -> Condition {
    let column = try dateColumn(reference, for: "extract")
    guard let constant = try partConstant(literal, of: part, column) else {
      return .constant(false)
    }
    guard column.protection == .encrypted else {
      let predicate = Predicate.datePart(part, reference, comparison, constant.literal)
      return .clear(truth ? predicate : .not(predicate))
    }
    let days = column.digitSet(of: part) { comparison.holds(constant.order(of: $0)) }
    return hidden(column, days, is: truth)
  }

  /// What a part of a date is compared with; nil for NULL.
  func partConstant(
    _ literal: Literal, of part: DatePart, _ column: Column
  ) throws(QueryError) -> PartConstant? {
    switch literal.value {
    case .null: return nil
    case .number(let text), .string(let text):
      guard let value = PartConstant(text) else { fallthrough }
      return value
    case .boolean:
      throw .literal(
        column: column.name, position: literal.position,
        expected: "a number, as the \(part.rawValue) of a date is")
    }
  }

  /// A date column that conditions can be evaluated on.
  func dateColumn(
    _ reference: ColumnReference, for function: String
  ) throws(QueryError) -> Column {
    let column = try column(reference)
    try checkFilter(column, at: reference)
    guard case .date = column.type else {
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "\(function) takes a date, and its type is another",
        remedy: "declare it as type date, or compare the column itself")
    }
    return column
  }

  private func membership(
    _ reference: ColumnReference, _ literals: [Literal], is truth: Bool
  ) throws(QueryError) -> Condition {
    let column = try column(reference)
    try checkFilter(column, at: reference)
    var known: [Literal] = []
    for literal in literals where try hasValue(literal, column) { known.append(literal) }
    // NULL in the list: never FALSE, and TRUE where another constant matches.
    if !truth && known.count < literals.count { return .constant(false) }
    if known.isEmpty { return .constant(!truth) }
    guard column.protection == .encrypted else {
      var constants: [Literal] = []
      for literal in known {
        let constant = try ClearConstant(literal, column: column).literal
        if !constants.contains(constant) { constants.append(constant) }
      }
      let predicate = Predicate.isIn(reference, constants)
      return .clear(truth ? predicate : .not(predicate))
    }
    var set = DigitSet.none
    for literal in known { set = set.union(try digits(column, .equal, literal)) }
    return hidden(column, set, is: truth)
  }

  private func likeness(
    _ reference: ColumnReference, _ prefix: Literal, isExact: Bool, is truth: Bool
  ) throws(QueryError) -> Condition {
    let column = try column(reference)
    try checkFilter(column, at: reference)
    guard column.isText else {
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "LIKE compares text, and its type is another",
        remedy: "compare it with =, <, > or BETWEEN")
    }
    guard try hasValue(prefix, column), case .string(let text) = prefix.value else {
      return .constant(false)
    }
    if isExact {
      return try comparisonCondition(reference, column, .equal, prefix, is: truth)
    }
    guard column.protection == .encrypted else {
      let predicate = Predicate.like(reference, prefix: prefix, isExact: false)
      return .clear(truth ? predicate : .not(predicate))
    }
    do throws(LiteralProblem) {
      return hidden(column, try column.digitSet(prefix: text), is: truth)
    } catch {
      throw error.queryError(column: column, position: prefix.position)
    }
  }

  /// TRUE where the value is in the set, FALSE where it is another value, neither where it is NULL.
  private func hidden(_ column: Column, _ values: DigitSet, is truth: Bool) -> Condition {
    .encrypted(
      simplifying: ColumnSet(HiddenColumn(column), truth ? values : values.complement()))
  }

  /// The digits of the values that compare so with the constant.
  package func digits(
    _ column: Column, _ comparison: Comparison, _ literal: Literal
  ) throws(QueryError) -> DigitSet {
    let text =
      switch literal.value {
      case .string(let text), .number(let text): text
      case .boolean, .null: ""
      }
    do throws(LiteralProblem) {
      return try column.digitSet(comparing: comparison.columnOperator, to: text)
    } catch {
      throw error.queryError(column: column, position: literal.position)
    }
  }
}

// MARK: - Checks

extension ConditionBuilder {
  /// Whether the constant is not NULL; an error when it is of another kind than the column.
  private func hasValue(_ literal: Literal, _ column: Column) throws(QueryError) -> Bool {
    switch literal.value {
    case .null: return false
    case .string: return true
    case .number where column.isNumber: return true
    case .number, .boolean:
      throw .literal(
        column: column.name, position: literal.position, expected: column.expectedConstant)
    }
  }

  /// Refuses a column that no condition can be evaluated on.
  package func checkFilter(
    _ column: Column, at reference: ColumnReference
  ) throws(QueryError) {
    switch column.protection {
    case .clear: return
    case .encrypted where column.uses.contains(.filter): return
    case .encrypted:
      let bands = column.isNumber ? ", with bands at the amounts to compare with," : ""
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "it is encrypted for sums, not for WHERE or GROUP BY",
        remedy: "add filter to its use\(bands) in the schema and encrypt again")
    case .paillier, .drop:
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "it is protected as paillier, which can only be summed and counted",
        remedy: "protect it as encrypted with use filter and encrypt again")
    }
  }
}

extension Column {
  /// Whether constants may be written without quotes.
  package var isNumber: Bool {
    switch type {
    case .integer, .money: true
    case .text, .category, .code, .date: false
    }
  }

  /// Whether LIKE applies.
  package var isText: Bool {
    switch type {
    case .text, .category, .code: true
    case .integer, .money, .date: false
    }
  }

  package var expectedConstant: String {
    switch type {
    case .text, .category, .code: "quoted text such as 'A1'"
    case .date: "a date such as '2009-01-31'"
    case .integer: "a whole number such as 3"
    case .money(let scale, _, _):
      "an amount such as \(ExactDecimal.text(2_500_000, scale: scale))"
    }
  }
}

extension Comparison {
  fileprivate var columnOperator: ComparisonOperator {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }
}

extension LiteralProblem {
  fileprivate func queryError(column: Column, position: Int) -> QueryError {
    switch self {
    case .expected(let form):
      .literal(column: column.name, position: position, expected: form)
    case .notACutPoint(let nearest):
      .notACutPoint(column: column.name, position: position, nearest: nearest)
    case .notIndexed, .notText:
      .columnUse(
        column: column.name, position: position, problem: description,
        remedy: "declare it with use: [filter] in the schema and encrypt again")
    }
  }
}
