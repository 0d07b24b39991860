import ClaimQuery
import ClaimSchema

import struct Foundation.Decimal

/// Small repeatable random numbers (SplitMix64) for generated tables and predicates.
struct PlannerRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
}

/// A schema with a column of every kind, and tables of plain records under it.
enum PlannerFixture {
  static func schema(depth: Int) throws -> Schema {
    let days = try days()
    let date = ColumnType.date(range: days)
    return Schema(
      table: "claims", capacity: 1000, depth: depth, disclosure: DisclosureSettings(),
      columns: [
        column("secret", .text, .drop, []),
        column("t", .text, .clear, []),
        column("k", .integer(range: -50...50, bands: nil), .clear, []),
        column("a", .money(scale: 2, range: -1000...1000, bands: nil), .clear, [], nullable: false),
        column("e", date, .clear, []),
        column("x", .category(values: ["b", "a", "c"]), .encrypted, [.filter]),
        column("y", .category(values: ["0", "1"]), .encrypted, [.filter], nullable: false),
        column("c", .code(alphabets: [["A", "B"], ["0", "1"]]), .encrypted, [.filter]),
        column("d", date, .encrypted, [.filter]),
        column("n", .integer(range: 0...99, bands: nil), .encrypted, [.filter, .sum]),
        column(
          "m", .money(scale: 2, range: -10000...10000, bands: [0, 1, 5000]), .encrypted,
          [.filter, .sum]),
        column("v", .integer(range: -5...5, bands: nil), .encrypted, [.sum]),
        column(
          "w", .money(scale: 2, range: 0...999, bands: nil), .encrypted, [.sum], nullable: false),
        column("p", .money(scale: 2, range: 0...999, bands: nil), .paillier, [.sum]),
        column("q", .integer(range: 0...9, bands: nil), .paillier, [.sum], nullable: false),
      ])
  }

  static func days() throws -> ClosedRange<CalendarDay> {
    guard let lower = CalendarDay(year: 2009, month: 1, day: 15),
      let upper = CalendarDay(year: 2009, month: 3, day: 10)
    else { throw PlannerTestFailure.fixture }
    return lower...upper
  }

  static func column(
    _ name: String, _ type: ColumnType, _ protection: Protection, _ uses: Set<ColumnUse>,
    nullable: Bool = true
  ) -> Column {
    Column(
      sourceName: name.uppercased(), name: name, type: type, protection: protection, uses: uses,
      isNullable: nullable)
  }

  /// A cell of a table's column, in the form that `PlainCell` keeps.
  static func cell(_ column: Column, _ random: inout PlannerRandom) -> PlainCell {
    if column.isNullable && random.chance(25) { return .null }
    switch column.type {
    case .text: return .text(random.pick(["", "a", "ab", "b", "é"]))
    case .category(let values): return .text(random.pick(values ?? ["u"]))
    case .code: return .text(random.pick(["A", "A0", "A1", "B", "B0", "B1"]))
    case .date:
      return .text(random.pick(["2009-01-15", "2009-01-31", "2009-02-14", "2009-03-10"]))
    case .integer(let range, _), .money(_, let range, _):
      let edges = [range.lowerBound, 0, 1, 4999, 5000, range.upperBound]
      return .number(
        random.chance(40)
          ? random.pick(edges.filter(range.contains)) : Int64.random(in: range, using: &random))
    }
  }
}

enum PlannerTestFailure: Error {
  case fixture
  case malformedExpression
}

/// A cell in clear: text and dates as text, numbers in units of the column's scale.
enum PlainCell: Hashable {
  case null
  case text(String)
  case number(Int64)
}

/// Plain records in slots, some of which are empty.
struct PlainTable {
  let schema: Schema
  let slots: [[String: PlainCell]?]

  init(_ schema: Schema, slots count: Int, _ random: inout PlannerRandom) {
    self.schema = schema
    slots = (0..<count).map { _ in
      if random.chance(15) { return nil }
      var record: [String: PlainCell] = [:]
      for column in schema.columns where column.protection != .drop {
        record[column.name] = PlannerFixture.cell(column, &random)
      }
      return record
    }
  }

  /// A clear cell as the table stores it.
  func text(_ column: String, slot: Int) -> String? {
    guard let cell = slots[slot]?[column], let column = schema.column(named: column) else {
      return nil
    }
    switch cell {
    case .null: return nil
    case .text(let text): return text
    case .number(let number):
      if case .money(let scale, _, _) = column.type {
        return ExactDecimal.text(number, scale: scale)
      }
      return String(number)
    }
  }
}

/// SQL's three-valued logic on plain records, written without any of the planner's parts.
struct PlainTruth {
  let schema: Schema
  let record: [String: PlainCell]

  func value(_ predicate: Predicate) -> Bool? {
    switch predicate {
    case .constant(let value): return value
    case .not(let inner): return value(inner).map { !$0 }
    case .and(let operands):
      let values = operands.map(value)
      return values.contains(false) ? false : values.contains(nil) ? nil : true
    case .or(let operands):
      let values = operands.map(value)
      return values.contains(true) ? true : values.contains(nil) ? nil : false
    case .isNull(let column): return record[column.name] == .null
    case .comparison(let column, let comparison, let literal):
      return order(column, literal).map { order in
        switch comparison {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
      }
    case .between(let column, let low, let high):
      return value(
        .and([
          .comparison(column, .greaterOrEqual, low), .comparison(column, .lessOrEqual, high),
        ]))
    case .isIn(let column, let literals):
      return value(.or(literals.map { .comparison(column, .equal, $0) }))
    case .like(let column, let prefix, let isExact):
      if isExact { return value(.comparison(column, .equal, prefix)) }
      guard case .text(let text)? = record[column.name], case .string(let start) = prefix.value
      else { return nil }
      return Array(text.utf8).starts(with: Array(start.utf8))
    }
  }

  /// The order of the cell against the constant; nil when one is NULL.
  private func order(_ column: ColumnReference, _ literal: Literal) -> Int? {
    let constant: String
    switch literal.value {
    case .string(let text), .number(let text): constant = text
    case .boolean, .null: return nil
    }
    switch record[column.name] {
    case .text(let text)?:
      var other = constant
      if case .date? = schema.column(named: column.name)?.type, constant.count == 8 {
        other =
          constant.prefix(4) + "-" + constant.dropFirst(4).prefix(2) + "-"
          + constant.suffix(2)
      }
      let (a, b) = (Array(text.utf8), Array(other.utf8))
      return a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    case .number(let number)?:
      var scale = 0
      if case .money(let decimals, _, _)? = schema.column(named: column.name)?.type {
        scale = decimals
      }
      let a = Decimal(number)
      guard var b = Decimal(string: constant) else { return nil }
      for _ in 0..<scale { b *= 10 }
      return a == b ? 0 : a < b ? -1 : 1
    default: return nil
    }
  }
}

/// Short forms of queries, positions counted on purpose where a test looks at them.
enum PlannerQuery {
  static func reference(_ name: String, at position: Int = 0) -> ColumnReference {
    ColumnReference(name: name, position: position)
  }

  static func text(_ text: String, at position: Int = 0) -> Literal {
    Literal(value: .string(text), position: position)
  }

  static func number(_ text: String, at position: Int = 0) -> Literal {
    Literal(value: .number(text), position: position)
  }

  static func equals(_ column: String, _ text: String) -> Predicate {
    .comparison(reference(column), .equal, self.text(text))
  }

  static func make(
    _ select: [SelectValue] = [.countRecords], where predicate: Predicate? = nil,
    by keys: [String] = []
  ) -> Query {
    Query(
      select: select.enumerated().map { SelectItem(value: $0.element, label: "c\($0.offset)") },
      table: "claims", predicate: predicate, groupBy: keys.map { reference($0) }, orderBy: [])
  }
}
