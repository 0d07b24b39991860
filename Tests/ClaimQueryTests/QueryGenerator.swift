import ClaimQuery
import ClaimSchema

/// Random queries of the form that the parser makes, the same ones for the same seed.
struct QueryGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func query() -> Query {
    var groupBy: [ColumnReference] = []
    for _ in 0..<next(below: 3) {
      let column = column()
      if !groupBy.contains(column) { groupBy.append(column) }
    }
    var items: [SelectItem] = []
    for column in groupBy where next(below: 3) > 0 {
      items.append(item(.column(column)))
    }
    for _ in 0...next(below: 3) {
      let isRecordCount = next(below: 3) == 0
      let function = pick(AggregateFunction.allCases)
      items.append(item(isRecordCount ? .countRecords : .aggregate(function, column())))
    }
    let condition = next(below: 5) == 0 ? nil : predicate(depth: 4)
    var order: [OrderTerm] = []
    for _ in 0..<next(below: 3) {
      let key = orderKey(items: items, groupBy: groupBy)
      order.append(
        OrderTerm(key: key, isDescending: next(below: 2) == 0, nullsFirst: next(below: 2) == 0))
    }
    return Query(
      select: items, table: name(), predicate: condition, groupBy: groupBy, orderBy: order)
  }

  /// SplitMix64.
  private mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) >> 1) % bound
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[next(below: elements.count)]
  }

  private mutating func name() -> String {
    pick([
      "sex", "paid", "d", "code_1", "select", "user", "between", "values", "interval", "left",
      "date", "year", "Sex", "größe", "a\"b", "1a", "a b", "count", "true", "extract", "x'y",
    ])
  }

  private mutating func column() -> ColumnReference { ColumnReference(name: name(), position: 0) }

  private mutating func literal() -> Literal {
    let value: Literal.Value =
      switch next(below: 6) {
      case 0: .null
      case 1: .boolean(next(below: 2) == 0)
      case 2, 3: .number(pick(["0", "-3", "7", "25000.01", "-0.50", "99999999999999999999.10"]))
      default: .string(pick(["", "1", "it's", "2009-01-01", "ß", "100%", "a\\", "--", "/*", "$1"]))
      }
    return Literal(value: value, position: 0)
  }

  private mutating func predicate(depth: Int) -> Predicate {
    switch next(below: depth > 0 ? 10 : 6) {
    case 0:
      return .comparison(
        column(), pick([.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]),
        literal())
    case 1: return .between(column(), literal(), literal())
    case 2:
      var constants: [Literal] = []
      for _ in 0...next(below: 4) { constants.append(literal()) }
      return .isIn(column(), constants)
    case 3:
      let prefix = Literal(value: .string(pick(["", "E11", "it's", "ß"])), position: 0)
      return .like(column(), prefix: prefix, isExact: next(below: 2) == 0)
    case 4: return .isNull(column())
    case 5: return .constant(pick([true, false, nil]))
    case 6, 7: return .not(predicate(depth: depth - 1))
    case 8: return .and(operands(depth: depth - 1) { if case .and = $0 { true } else { false } })
    default: return .or(operands(depth: depth - 1) { if case .or = $0 { true } else { false } })
    }
  }

  /// Two to four operands, none of the enclosing kind: the parser flattens.
  private mutating func operands(
    depth: Int, besides isNested: (Predicate) -> Bool
  ) -> [Predicate] {
    let count = 2 + next(below: 3)
    var operands: [Predicate] = []
    while operands.count < count {
      let operand = predicate(depth: depth)
      if !isNested(operand) { operands.append(operand) }
    }
    return operands
  }

  private mutating func item(_ value: SelectValue) -> SelectItem {
    let defaultLabel =
      switch value {
      case .column(let column): column.name
      case .countRecords: "count"
      case .aggregate(let function, _): function.rawValue
      }
    return SelectItem(value: value, label: next(below: 2) == 0 ? defaultLabel : name())
  }

  private mutating func orderKey(items: [SelectItem], groupBy: [ColumnReference]) -> OrderKey {
    let unselected = groupBy.filter { column in !items.contains { $0.value == .column(column) } }
    if !unselected.isEmpty, next(below: 2) == 0 { return .groupColumn(pick(unselected).name) }
    return .output(next(below: items.count))
  }
}
