import ClaimQuery
import ClaimSchema
import _TestSupport

/// Random queries of the form that the parser makes.
struct QueryGenerator {
  private var choices: Choices
  /// The grouping expressions of the query that is being made.
  private var keys: [GroupingExpression] = []

  private init(_ choices: Choices) { self.choices = choices }

  static func query(_ choices: inout Choices) -> Query {
    var generator = QueryGenerator(choices)
    defer { choices = generator.choices }
    return generator.query()
  }

  private mutating func query() -> Query {
    for _ in 0..<next(below: 4) {
      let key = grouping()
      if !keys.contains(key) { keys.append(key) }
    }
    var items: [SelectItem] = []
    for key in keys.indices where next(below: 3) > 0 { items.append(item(.key(key))) }
    for _ in 0..<next(below: 3) { items.append(item(result(depth: 3))) }
    items.append(item(.aggregate(aggregate())))
    var order: [OrderTerm] = []
    for _ in 0..<next(below: 3) {
      order.append(
        OrderTerm(
          key: orderKey(items), isDescending: next(below: 2) == 0, nullsFirst: next(below: 2) == 0))
    }
    return Query(
      select: items, table: name(), predicate: next(below: 5) == 0 ? nil : predicate(depth: 4),
      groupBy: keys, having: next(below: 2) == 0 ? nil : condition(depth: 3), orderBy: order,
      limit: next(below: 2) == 0 ? nil : next(below: 50), offset: max(0, next(below: 9) - 4))
  }

  // MARK: Choices

  private mutating func next(below bound: Int) -> Int { choices.pick(bound) }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[next(below: elements.count)]
  }

  /// One value, or up to `count` of them, none twice.
  private mutating func distinct<Value: Equatable>(
    upTo count: Int, _ make: (inout Self) -> Value
  ) -> [Value] {
    var values: [Value] = []
    for _ in 0..<count {
      let value = make(&self)
      if !values.contains(value) { values.append(value) }
    }
    return values
  }

  private mutating func name() -> String {
    pick([
      "sex", "paid", "d", "code_1", "select", "user", "between", "values", "interval", "left",
      "date", "year", "Sex", "größe", "a\"b", "1a", "a b", "count", "true", "extract", "x'y",
      "case",
      "?column?", "bigint",
    ])
  }

  private mutating func column() -> ColumnReference { ColumnReference(name: name(), position: 0) }

  // MARK: Constants

  private mutating func number() -> Literal {
    let digits = pick(["0", "-3", "7", "25000.01", "-0.50", "99999999999999999999.10", "1.5e3"])
    return Literal(value: .number(digits), position: 0)
  }

  private mutating func text() -> Literal {
    let text = pick(["", "1", "it's", "2009-01-01", "ß", "100%", "a\\", "--", "/*", "$1"])
    return Literal(value: .string(text), position: 0)
  }

  private mutating func literal() -> Literal {
    switch next(below: 6) {
    case 0: Literal(value: .null, position: 0)
    case 1: Literal(value: .boolean(next(below: 2) == 0), position: 0)
    case 2, 3: number()
    default: text()
    }
  }

  // MARK: Records

  private mutating func predicate(depth: Int) -> Predicate {
    let span = choices.beginSpan("predicate")
    defer { choices.endSpan(span) }
    switch next(below: depth > 0 ? 12 : 7) {
    case 0: return .comparison(column(), comparison(), literal())
    case 1: return .between(column(), literal(), literal())
    case 2: return .isIn(column(), distinct(upTo: 1 + next(below: 4)) { $0.literal() })
    case 3:
      let prefix = Literal(value: .string(pick(["", "E11", "it's", "ß"])), position: 0)
      return .like(column(), prefix: prefix, isExact: next(below: 2) == 0)
    case 4: return .isNull(column())
    case 5: return .constant(pick([true, false, nil]))
    case 6:
      let constant = next(below: 5) == 0 ? Literal(value: .null, position: 0) : number()
      return .datePart(pick(DatePart.allCases), column(), comparison(), constant)
    case 7, 8: return .not(predicate(depth: depth - 1))
    case 9: return .isTrue(predicate(depth: depth - 1))
    case 10:
      return .and(
        operands(
          { $0.predicate(depth: depth - 1) },
          besides: { if case .and = $0 { true } else { false } },
          negate: { .not($0) }))
    default:
      return .or(
        operands(
          { $0.predicate(depth: depth - 1) }, besides: { if case .or = $0 { true } else { false } },
          negate: { .not($0) })
      )
    }
  }

  private mutating func comparison() -> Comparison {
    pick([.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual])
  }

  /// Two to four operands. One of the enclosing kind is negated: the parser flattens.
  private mutating func operands<Operand>(
    _ make: (inout Self) -> Operand, besides isNested: (Operand) -> Bool,
    negate: (Operand) -> Operand
  ) -> [Operand] {
    (0..<2 + next(below: 3)).map { _ in
      let operand = make(&self)
      return isNested(operand) ? negate(operand) : operand
    }
  }

  private mutating func grouping() -> GroupingExpression {
    switch next(below: 6) {
    case 0: return .datePart(pick(DatePart.allCases), column())
    case 1: return .truncated(pick(DateUnit.allCases), column())
    case 2:
      let isText = next(below: 2) == 0
      let null = Literal(value: .null, position: 0)
      var branches: [GroupingBranch] = []
      for _ in 0...next(below: 3) {
        let label = next(below: 5) == 0 ? null : isText ? text() : number()
        branches.append(GroupingBranch(condition: predicate(depth: 2), label: label))
      }
      let otherwise = next(below: 2) == 0 ? nil : isText ? text() : number()
      return .conditional(branches, otherwise: otherwise)
    default: return .column(column())
    }
  }

  private mutating func aggregate() -> Aggregate {
    let filter = next(below: 4) == 0 ? predicate(depth: 2) : nil
    let function = pick(AggregateFunction.allCases)
    switch function {
    case .count where next(below: 2) == 0: return Aggregate(.count, filter: filter)
    case .count where next(below: 3) == 0:
      return Aggregate(.count, of: [.column(column())], isDistinct: true, filter: filter)
    case .count where next(below: 2) == 0:
      return Aggregate(.count, of: [.literal(literal())], filter: filter)
    case .covariancePopulation, .correlation:
      return Aggregate(function, of: [value(depth: 3), value(depth: 3)], filter: filter)
    default: return Aggregate(function, of: [value(depth: 4)], filter: filter)
    }
  }

  private mutating func value(depth: Int) -> ValueExpression {
    let span = choices.beginSpan("value")
    defer { choices.endSpan(span) }
    switch next(below: depth > 0 ? 9 : 4) {
    case 0: return .literal(next(below: 6) == 0 ? Literal(value: .null, position: 0) : number())
    case 1: return .whole(column())
    case 2, 3: return .column(column())
    case 4:
      let operand = value(depth: depth - 1)
      if case .literal = operand { return operand }
      return .negated(operand)
    case 5, 6, 7:
      return .arithmetic(
        pick([.add, .subtract, .multiply]), value(depth: depth - 1), value(depth: depth - 1))
    default:
      var branches: [ValueBranch] = []
      for _ in 0...next(below: 2) {
        branches.append(
          ValueBranch(condition: predicate(depth: 2), value: value(depth: depth - 1)))
      }
      let otherwise = next(below: 2) == 0 ? nil : value(depth: depth - 1)
      if case .literal(let literal)? = otherwise, literal.value == .null {
        return .conditional(branches, otherwise: nil)
      }
      return .conditional(branches, otherwise: otherwise)
    }
  }

  // MARK: Released values

  private mutating func result(depth: Int) -> ResultExpression {
    switch next(below: 4) {
    case 0: condition(depth: depth)
    case 1: text(depth: depth)
    default: quantity(depth: depth)
    }
  }

  /// A number, or a key that may be one.
  private mutating func quantity(depth: Int) -> ResultExpression {
    let span = choices.beginSpan("quantity")
    defer { choices.endSpan(span) }
    switch next(below: depth > 0 ? 9 : 3) {
    case 0: return .literal(number())
    case 1: return keys.isEmpty ? .aggregate(aggregate()) : .key(next(below: keys.count))
    case 2: return .aggregate(aggregate())
    case 3:
      let operand = quantity(depth: depth - 1)
      if case .literal = operand { return operand }
      return .negated(operand)
    case 4, 5:
      return .arithmetic(
        pick([.add, .subtract, .multiply, .divide, .remainder, .power]),
        quantity(depth: depth - 1), quantity(depth: depth - 1))
    case 6: return call(depth: depth)
    case 7:
      return .cast(
        result(depth: depth - 1),
        pick([
          .bigint, .double, .numeric, .decimal(precision: 12, scale: 0),
          .decimal(precision: 12, scale: 3),
        ]))
    default: return choice(depth: depth) { $0.quantity(depth: depth - 1) }
    }
  }

  private mutating func call(depth: Int) -> ResultExpression {
    let function = pick(ResultFunction.allCases)
    let count =
      switch function {
      case .ceil, .floor, .abs, .sqrt, .ln, .exp: 1
      case .power, .nullif, .mod: 2
      case .round, .trunc: 1 + next(below: 2)
      case .coalesce, .greatest, .least: 1 + next(below: 3)
      }
    var arguments: [ResultExpression] = []
    for _ in 0..<count { arguments.append(quantity(depth: depth - 1)) }
    return .call(function, arguments)
  }

  private mutating func choice(
    depth: Int, of make: (inout Self) -> ResultExpression
  ) -> ResultExpression {
    var branches: [ResultBranch] = []
    for _ in 0...next(below: 2) {
      branches.append(ResultBranch(condition: condition(depth: depth - 1), value: make(&self)))
    }
    let otherwise = next(below: 2) == 0 ? nil : make(&self)
    return .conditional(branches, otherwise: otherwise)
  }

  private mutating func text(depth: Int) -> ResultExpression {
    switch next(below: depth > 0 ? 4 : 1) {
    case 1: .cast(result(depth: depth - 1), .text)
    case 2: choice(depth: depth) { $0.text(depth: depth - 1) }
    default: .literal(text())
    }
  }

  private mutating func condition(depth: Int) -> ResultExpression {
    let span = choices.beginSpan("condition")
    defer { choices.endSpan(span) }
    switch next(below: depth > 0 ? 7 : 2) {
    case 0: return .comparison(comparison(), quantity(depth: 0), quantity(depth: 0))
    case 1: return .isNull(quantity(depth: 0))
    case 2: return .comparison(comparison(), text(depth: depth - 1), text(depth: depth - 1))
    case 3: return .isNull(result(depth: depth - 1))
    case 4: return .not(condition(depth: depth - 1))
    case 5:
      return .and(
        operands(
          { $0.condition(depth: depth - 1) },
          besides: { if case .and = $0 { true } else { false } },
          negate: { .not($0) }))
    default:
      return .or(
        operands(
          { $0.condition(depth: depth - 1) }, besides: { if case .or = $0 { true } else { false } },
          negate: { .not($0) })
      )
    }
  }

  private mutating func item(_ value: ResultExpression) -> SelectItem {
    let defaultLabel: String =
      switch value {
      case .aggregate(let aggregate): aggregate.function.rawValue
      case .call(let function, _): function.rawValue
      case .key(let index):
        switch keys[index] {
        case .column(let column): column.name
        case .datePart: "extract"
        case .truncated: "date_trunc"
        case .conditional: "case"
        }
      default: "?column?"
      }
    return SelectItem(value: value, label: next(below: 2) == 0 ? defaultLabel : name())
  }

  private mutating func orderKey(_ items: [SelectItem]) -> OrderKey {
    let value = result(depth: 2)
    if case .literal = value { return .output(next(below: items.count)) }
    if next(below: 2) == 0 || items.contains(where: { $0.value == value }) {
      return .output(next(below: items.count))
    }
    return .expression(value)
  }
}
