import ClaimSchema

/// Turns released aggregates into an answer's rows: HAVING, the expressions of SELECT, ORDER BY,
/// OFFSET and LIMIT, on released values only.
struct AnswerRows {
  let plan: Plan

  /// A group whose aggregates the policy has judged.
  struct Judged {
    let keys: [String?]
    /// In the order of `Plan.aggregates`; nil is withheld.
    let values: [ResultValue?]
  }

  /// - Throws: `QueryError.evaluation` for what PostgreSQL refuses to calculate, such as a division
  ///   by zero.
  func cells(of groups: [Judged]) throws(QueryError) -> [[AnswerCell]] {
    do {
      let rows = try groups.compactMap(row).sorted(by: AnswerOrder(plan: plan).precedes)
      let shown = rows.dropFirst(plan.query.offset)
      return (plan.query.limit.map { shown.prefix($0) } ?? shown).map(\.cells)
    } catch let error as ResultError {
      throw .evaluation(error.description)
    } catch let error as QueryError {
      throw error
    } catch {
      throw .evaluation("\(error)")
    }
  }

  /// Nil for a group that HAVING leaves out.
  private func row(_ group: Judged) throws -> ReleasedRow? {
    let keys = zip(plan.groupColumns, group.keys).map { column, key in column.value(ofKey: key) }
    let named = zip(plan.aggregates.map(\.aggregate), group.values).map { ($0, $1) }
    let evaluation = ResultEvaluation(
      typing: plan.typing, keys: keys,
      aggregates: Dictionary(named, uniquingKeysWith: { first, _ in first }))
    if let having = plan.query.having, try !evaluation.isTrue(having) { return nil }
    let values = try plan.query.select.map { try evaluation.value(of: $0.value) }
    let order = try plan.query.orderBy.map { term -> ResultValue? in
      let value: ResultValue? =
        switch term.key {
        case .output(let index): values[index]
        case .expression(let expression): try evaluation.value(of: expression)
        }
      return value.flatMap { $0.isNull ? nil : $0 }
    }
    return ReleasedRow(
      keys: group.keys, cells: values.map { $0.map(AnswerCell.value) ?? .withheld }, order: order)
  }
}

extension Plan {
  /// The types of the query's expressions.
  package var typing: ResultTyping {
    ResultTyping(
      keys: groupColumns.map(\.keyType.resultType),
      aggregates: Dictionary(
        aggregates.map { ($0.aggregate, $0.resultType) }, uniquingKeysWith: { first, _ in first }))
  }
}

extension GroupColumn.KeyType {
  fileprivate var resultType: ResultType {
    switch self {
    case .text: .text
    case .date: .date
    case .integer: .integer
    case .numeric: .numeric
    }
  }
}

extension GroupColumn {
  /// A key as a value of its type.
  fileprivate func value(ofKey key: String?) -> ResultValue {
    guard let key else { return .null }
    switch keyType {
    case .text: return .text(key)
    case .date: return .date(key)
    case .integer, .numeric:
      let isNegative = key.hasPrefix("-")
      let number = try? ResultValue.number(isNegative ? String(key.dropFirst()) : key)
      let signed = isNegative ? try? number?.negated() : number
      // What is no number is shown as it is.
      return signed ?? .text(key)
    }
  }
}
