import ClaimSchema

/// A group with its released cells.
struct ReleasedRow {
  let keys: [String?]
  let cells: [AnswerCell]
}

/// The order of an answer's rows: by ORDER BY, then by the keys, ascending with NULL last.
///
/// Only released cells are compared. A withheld cell sorts as NULL does: its place among the rows
/// would tell what is withheld.
struct AnswerOrder {
  /// What a term of ORDER BY compares.
  private enum Subject {
    case key(Int)
    case cell(Int)
  }

  private struct Term {
    let subject: Subject
    let isDescending: Bool
    let nullsFirst: Bool
  }

  private let terms: [Term]
  private let keyOrders: [KeyOrder]

  init(plan: Plan) {
    keyOrders = plan.groupColumns.map(KeyOrder.init)
    let byOrderClause = plan.query.orderBy.compactMap { term -> Term? in
      guard let subject = AnswerOrder.subject(of: term.key, plan: plan) else { return nil }
      return Term(
        subject: subject, isDescending: term.isDescending, nullsFirst: term.nullsFirst)
    }
    let byKeys = plan.groupColumns.indices.map {
      Term(subject: .key($0), isDescending: false, nullsFirst: false)
    }
    terms = byOrderClause + byKeys
  }

  private static func subject(of key: OrderKey, plan: Plan) -> Subject? {
    switch key {
    case .groupColumn(let name):
      return plan.groupColumns.firstIndex { $0.column.name == name }.map(Subject.key)
    case .output(let index):
      guard plan.cells.indices.contains(index) else { return nil }
      if case .groupKey(let column) = plan.cells[index] { return .key(column) }
      return .cell(index)
    }
  }

  /// Whether `a` comes before `b`.
  func precedes(_ a: ReleasedRow, _ b: ReleasedRow) -> Bool {
    for term in terms {
      let difference =
        switch term.subject {
        case .key(let index):
          compare(a.keys[index], b.keys[index], term: term, by: keyOrders[index].compare)
        case .cell(let index):
          compare(
            Ratio(a.cells[index]), Ratio(b.cells[index]), term: term, by: Ratio.compare)
        }
      if difference != 0 { return difference < 0 }
    }
    return false
  }

  private func compare<Value>(
    _ a: Value?, _ b: Value?, term: Term, by order: (Value, Value) -> Int
  ) -> Int {
    switch (a, b) {
    case (nil, nil): 0
    case (nil, _): term.nullsFirst ? -1 : 1
    case (_, nil): term.nullsFirst ? 1 : -1
    case (let a?, let b?): term.isDescending ? -order(a, b) : order(a, b)
    }
  }
}

/// A released number as a fraction, compared without rounding. The scale is left out: it is the
/// same in all cells of a column.
private struct Ratio {
  let numerator: Int64
  let denominator: Int64

  /// Nil for what has no value: NULL and withheld.
  init?(_ cell: AnswerCell) {
    switch cell {
    case .count(let count): (numerator, denominator) = (count, 1)
    case .amount(let minorUnits, _): (numerator, denominator) = (minorUnits, 1)
    case .average(let sum, let count, _): (numerator, denominator) = (sum, count)
    case .key, .null, .withheld: return nil
    }
  }

  static func compare(_ a: Ratio, _ b: Ratio) -> Int {
    let left = Int128(a.numerator) * Int128(b.denominator)
    let right = Int128(b.numerator) * Int128(a.denominator)
    return left == right ? 0 : left < right ? -1 : 1
  }
}
