import ClaimQuery
import ClaimSchema
import _TestSupport

/// Random conditions over the fixture's filterable columns.
struct PredicateGenerator {
  var random: Choices
  let schema: Schema
  /// The columns that leaves are drawn from.
  var columns = ["t", "k", "a", "e", "x", "y", "c", "d", "n", "m", "b", "v"]

  mutating func predicate(depth: Int) -> Predicate {
    let span = random.beginSpan("predicate")
    defer { random.endSpan(span) }
    guard depth > 0, random.chance(75) else { return leaf() }
    switch random.pick(6) {
    case 0: return .not(predicate(depth: depth - 1))
    case 1: return .isTrue(predicate(depth: depth - 1))
    case 2, 3: return .and(operands(depth: depth - 1))
    default: return .or(operands(depth: depth - 1))
    }
  }

  private mutating func operands(depth: Int) -> [Predicate] {
    (0..<random.integer(in: 2...3)).map { _ in predicate(depth: depth) }
  }

  private mutating func leaf() -> Predicate {
    if random.chance(4) { return .constant(random.element(of: [true, false, nil])) }
    let name = random.element(of: columns)
    guard let column = schema.column(named: name) else { return .constant(nil) }
    let reference = ColumnReference(name: name, position: 0)
    if random.chance(15) || name == "v" { return .isNull(reference) }
    if name == "m" { return bandLeaf(reference) }
    if case .date = column.type, random.chance(40) { return datePart(reference) }
    switch random.pick(6) {
    case 0: return .between(reference, literal(column), literal(column))
    case 1:
      return .isIn(
        reference, (0..<random.integer(in: 1...3)).map { _ in literal(column) })
    case 2:
      guard column.isText else { return .isIn(reference, [literal(column)]) }
      return .like(reference, prefix: literal(column), isExact: random.chance(25))
    default:
      return .comparison(reference, comparison(), literal(column))
    }
  }

  private mutating func comparison() -> Comparison {
    random.element(of: [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual])
  }

  private mutating func datePart(_ reference: ColumnReference) -> Predicate {
    let part = random.element(of: DatePart.allCases)
    let numbers =
      switch part {
      case .year: ["2008", "2009", "2008.5", "0", "1e4"]
      case .quarter: ["1", "4", "2.5", "-1", "5"]
      case .month: ["1", "2", "11", "12", "1.75", "13"]
      case .day: ["1", "15", "20", "31", "30.5", "99"]
      }
    let constant: Literal.Value =
      random.chance(8)
      ? .null
      : random.chance(15)
        ? .string(random.element(of: numbers)) : .number(random.element(of: numbers))
    return .datePart(part, reference, comparison(), Literal(value: constant, position: 0))
  }

  /// Comparisons that fall on the cut points 0, 0.01 and 50.00.
  private mutating func bandLeaf(_ reference: ColumnReference) -> Predicate {
    random.element(of: [
      .comparison(reference, .less, number("0")),
      .comparison(reference, .greaterOrEqual, number("50")),
      .comparison(reference, .lessOrEqual, number("49.99")),
      .comparison(reference, .greater, number("0.005")),
      .comparison(reference, .equal, number("0.00")),
      .comparison(reference, .notEqual, number("0")),
      .between(reference, number("0.01"), number("49.99")),
      .isIn(reference, [number("0"), Literal(value: .null, position: 0)]),
      .comparison(reference, .greater, number("1e9")),
    ])
  }

  private func number(_ text: String) -> Literal { Literal(value: .number(text), position: 0) }

  private mutating func literal(_ column: Column) -> Literal {
    if random.chance(6) { return Literal(value: .null, position: 0) }
    let value: Literal.Value
    switch column.type {
    case .text: value = .string(random.element(of: ["", "a", "ab", "aa", "b", "é", "z"]))
    case .category: value = .string(random.element(of: ["a", "b", "c", "0", "1", "aa", "", "z"]))
    case .code:
      value = .string(random.element(of: ["A", "A0", "B", "B1", "A00", "", "a", "C", "B/"]))
    case .date:
      value = .string(
        random.element(of: [
          "2009-01-15", "20090131", "2009-02-14", "2009-02-28", "2009-03-10", "2008-11-19",
          "2010-01-01", "2009-03-01", "2008-12-31",
        ]))
    case .integer:
      value = .number(random.element(of: ["-51", "-3", "0", "3.5", "7", "42", "50", "99"]))
    case .money:
      value = .number(random.element(of: ["-3.005", "0", "1.5", "9.99", "10", "-10.00"]))
    }
    // PostgreSQL reads a quoted constant as the column's type.
    if case .number(let text) = value, random.chance(20) {
      return Literal(value: .string(text), position: 0)
    }
    return Literal(value: value, position: 0)
  }
}
