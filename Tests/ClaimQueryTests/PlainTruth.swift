import ClaimQuery
import ClaimSchema

import struct Foundation.Decimal

/// SQL's three-valued logic on plain records, written without any of the planner's parts.
struct PlainTruth {
  let schema: Schema
  let record: [String: PlainCell]

  func value(_ predicate: Predicate) -> Bool? {
    switch predicate {
    case .constant(let value): return value
    case .not(let inner): return value(inner).map { !$0 }
    case .isTrue(let inner): return value(inner) == true
    case .and(let operands):
      let values = operands.map(value)
      return values.contains(false) ? false : values.contains(nil) ? nil : true
    case .or(let operands):
      let values = operands.map(value)
      return values.contains(true) ? true : values.contains(nil) ? nil : false
    case .isNull(let column): return record[column.name] == .null
    case .comparison(let column, let comparison, let literal):
      return order(column, literal).map { PlainTruth.holds(comparison, $0) }
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
    case .datePart(let part, let column, let comparison, let literal):
      guard let own = PlainTruth.part(part, of: record[column.name]),
        let other = PlainTruth.decimal(literal)
      else { return nil }
      let value = Decimal(own)
      return PlainTruth.holds(comparison, value == other ? 0 : value < other ? -1 : 1)
    }
  }

  /// What `extract` gives of a date in ISO 8601.
  static func part(_ part: DatePart, of cell: PlainCell?) -> Int? {
    guard case .text(let iso)? = cell else { return nil }
    let fields = iso.split(separator: "-").compactMap { Int($0) }
    guard fields.count == 3 else { return nil }
    switch part {
    case .year: return fields[0]
    case .quarter: return [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4][fields[1] - 1]
    case .month: return fields[1]
    case .day: return fields[2]
    }
  }

  /// What `date_trunc` gives of a date in ISO 8601.
  static func truncated(_ unit: DateUnit, _ cell: PlainCell?) -> String? {
    guard case .text(let iso)? = cell else { return nil }
    switch unit {
    case .day: return iso
    case .month: return iso.prefix(7) + "-01"
    case .quarter:
      let starts = ["01": "01", "02": "01", "03": "01", "11": "10", "12": "10"]
      return iso.prefix(5) + (starts[String(iso.dropFirst(5).prefix(2))] ?? "??") + "-01"
    case .year: return iso.prefix(4) + "-01-01"
    }
  }

  private static func holds(_ comparison: Comparison, _ order: Int) -> Bool {
    switch comparison {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }

  private static func decimal(_ literal: Literal) -> Decimal? {
    switch literal.value {
    case .string(let text), .number(let text): Decimal(string: text)
    case .boolean, .null: nil
    }
  }

  /// The order of the cell against the constant; nil when one is NULL.
  private func order(_ column: ColumnReference, _ literal: Literal) -> Int? {
    switch record[column.name] {
    case .text(let text)?:
      guard case .string(var other) = literal.value else { return nil }
      if case .date? = schema.column(named: column.name)?.type, other.count == 8 {
        other = other.prefix(4) + "-" + other.dropFirst(4).prefix(2) + "-" + other.suffix(2)
      }
      let (a, b) = (Array(text.utf8), Array(other.utf8))
      return a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    case .number(let number)?:
      var scale = 0
      if case .money(let decimals, _, _)? = schema.column(named: column.name)?.type {
        scale = decimals
      }
      let a = Decimal(number)
      guard var b = PlainTruth.decimal(literal) else { return nil }
      for _ in 0..<scale { b *= 10 }
      return a == b ? 0 : a < b ? -1 : 1
    default: return nil
    }
  }
}
