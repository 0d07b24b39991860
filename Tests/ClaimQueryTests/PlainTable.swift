import ClaimQuery
import ClaimSchema
import _TestSupport

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

  init(_ schema: Schema, slots: [[String: PlainCell]?]) {
    self.schema = schema
    self.slots = slots
  }

  init(_ schema: Schema, slots count: Int, _ random: inout Choices) {
    self.schema = schema
    slots = (0..<count).map { _ in
      random.span("slot") { random in
        guard random.chance(85) else { return nil }
        var record: [String: PlainCell] = [:]
        for column in schema.columns where column.protection != .drop {
          record[column.name] = PlainTable.cell(column, &random)
        }
        return record
      }
    }
  }

  /// A clear cell as the table stores it.
  func text(_ column: String, slot: Int) -> String? {
    slots[slot].flatMap { PlainTable.text($0[column], schema.column(named: column)) }
  }

  /// A cell as it is written in tables and answers.
  static func text(_ cell: PlainCell?, _ column: Column?) -> String? {
    switch cell {
    case .null?, nil: return nil
    case .text(let text)?: return text
    case .number(let number)?:
      if case .money(let scale, _, _)? = column?.type {
        return ExactDecimal.text(number, scale: scale)
      }
      return String(number)
    }
  }

  private static func cell(_ column: Column, _ random: inout Choices) -> PlainCell {
    if column.isNullable && random.chance(25) { return .null }
    switch column.type {
    case .text: return .text(random.element(of: ["", "a", "ab", "b", "é"]))
    case .category(let values): return .text(random.element(of: values ?? ["u"]))
    case .code: return .text(random.element(of: ["A", "A0", "A1", "B", "B0", "B1"]))
    case .date:
      return .text(
        random.element(of: [
          "2008-11-20", "2008-12-31", "2009-01-15", "2009-01-31", "2009-02-14", "2009-03-10",
        ]))
    case .integer(let range, _), .money(_, let range, _):
      let edges = [range.lowerBound, 0, 1, 4999, 5000, range.upperBound]
      return .number(
        random.chance(40)
          ? random.element(of: edges.filter(range.contains)) : random.integer(in: range))
    }
  }
}
