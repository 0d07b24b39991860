import ClaimQuery
import ClaimSchema

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
        record[column.name] = PlainTable.cell(column, &random)
      }
      return record
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

  private static func cell(_ column: Column, _ random: inout PlannerRandom) -> PlainCell {
    if column.isNullable && random.chance(25) { return .null }
    switch column.type {
    case .text: return .text(random.pick(["", "a", "ab", "b", "é"]))
    case .category(let values): return .text(random.pick(values ?? ["u"]))
    case .code: return .text(random.pick(["A", "A0", "A1", "B", "B0", "B1"]))
    case .date:
      return .text(
        random.pick([
          "2008-11-20", "2008-12-31", "2009-01-15", "2009-01-31", "2009-02-14", "2009-03-10",
        ]))
    case .integer(let range, _), .money(_, let range, _):
      let edges = [range.lowerBound, 0, 1, 4999, 5000, range.upperBound]
      return .number(
        random.chance(40)
          ? random.pick(edges.filter(range.contains)) : Int64.random(in: range, using: &random))
    }
  }
}
