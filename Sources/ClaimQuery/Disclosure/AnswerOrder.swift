/// A row of an answer while it is put in order.
struct ReleasedRow {
  let keys: [String?]
  /// One cell for each output column.
  let cells: [AnswerCell]
  /// One value for each term of ORDER BY; nil is NULL or withheld.
  let order: [ResultValue?]
}

/// The order of an answer's rows: by ORDER BY, then by the keys, ascending with NULL last.
///
/// Only released values are compared. A withheld one sorts as NULL does: its place among the rows
/// would tell what is withheld.
struct AnswerOrder {
  private let terms: [OrderTerm]
  private let keyOrders: [KeyOrder]

  init(plan: Plan) {
    keyOrders = plan.groupColumns.map(KeyOrder.init)
    terms = plan.query.orderBy
  }

  /// Whether `a` comes before `b`.
  func precedes(_ a: ReleasedRow, _ b: ReleasedRow) -> Bool {
    for (index, term) in terms.enumerated() {
      let difference = compare(
        a.order[index], b.order[index], isDescending: term.isDescending,
        nullsFirst: term.nullsFirst, by: order(of: term))
      if difference != 0 { return difference < 0 }
    }
    for (index, order) in keyOrders.enumerated() {
      let difference = compare(
        a.keys[index], b.keys[index], isDescending: false, nullsFirst: false, by: order.compare)
      if difference != 0 { return difference < 0 }
    }
    return false
  }

  /// Keys have an order of their own where they are declared.
  private func order(of term: OrderTerm) -> (ResultValue, ResultValue) -> Int {
    guard case .expression(.key(let index)) = term.key, keyOrders.indices.contains(index) else {
      return ResultOrder.compare
    }
    let keys = keyOrders[index]
    return { a, b in
      guard let left = a.text(), let right = b.text() else { return ResultOrder.compare(a, b) }
      return keys.compare(left, right)
    }
  }

  private func compare<Value>(
    _ a: Value?, _ b: Value?, isDescending: Bool, nullsFirst: Bool, by order: (Value, Value) -> Int
  ) -> Int {
    switch (a, b) {
    case (nil, nil): 0
    case (nil, _): nullsFirst ? -1 : 1
    case (_, nil): nullsFirst ? 1 : -1
    case (let a?, let b?): isDescending ? -order(a, b) : order(a, b)
    }
  }
}
