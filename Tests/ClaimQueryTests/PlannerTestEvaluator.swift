import ClaimQuery
import ClaimSchema
import VectorRunner

/// Evaluates a plan's totals on a plain table.
struct SlotEvaluator {
  private let table: PlainTable
  private var slots: PlanSlots

  init(_ plan: Plan, _ table: PlainTable) throws {
    self.table = table
    slots = try PlanSlots(
      plan, schema: table.schema,
      stored: { column in table.slots.map { $0.map { table.stored(column, $0) } ?? 0 } },
      cell: { table.text($0, slot: $1) })
  }

  /// The deepest product that was evaluated.
  var deepest: Int { slots.deepest }

  /// The most products of one total.
  var products: Int { slots.products }

  /// The total over the slots for which `group` holds.
  mutating func total(
    _ total: Int, group: Int, where isInGroup: ([String: PlainCell]) -> Bool = { _ in true }
  ) throws -> Int64 {
    let values = try slots.values(group: group, total: total)
    return zip(values, table.slots).reduce(0) { sum, slot in
      // An empty slot must add nothing.
      slot.1.map(isInGroup) ?? true ? sum + slot.0 : sum
    }
  }
}

extension PlainTable {
  /// What the ciphertext column holds for a record.
  fileprivate func stored(_ column: LatticeColumn, _ record: [String: PlainCell]) -> Int64 {
    switch column {
    case .occupied: return 1
    case .personBucket: return 0
    case .present(let name): return record[name] == .null ? 0 : 1
    case .value(.column(let name), _): return number(name, record) ?? 0
    case .value(.product(let a, let b), _):
      guard let x = number(a, record), let y = number(b, record) else { return 0 }
      return x * y
    case .indicator(let name, let digit, let value):
      guard let digits = digits(name, record) else { return 0 }
      return digits[digit] == value ? 1 : 0
    case .joint(let names, let place):
      var own = 0
      for name in names {
        guard let column = schema.column(named: name), let layout = column.digitLayout else {
          return 0
        }
        // NULL is one more value, the last.
        own *= layout.sizes[0] + (column.isNullable ? 1 : 0)
        own += digits(name, record)?[0] ?? layout.sizes[0]
      }
      return own == place ? 1 : 0
    }
  }

  private func number(_ name: String, _ record: [String: PlainCell]) -> Int64? {
    if case .number(let number)? = record[name] { number } else { nil }
  }

  /// Whether a record meets a condition, by its definition.
  func holds(_ condition: Condition, _ record: PlainTruth) -> Bool {
    switch condition {
    case .constant(let value): return value
    case .clear(let predicate): return record.value(predicate) == true
    case .all(let operands): return operands.allSatisfy { holds($0, record) }
    case .any(let operands): return operands.contains { holds($0, record) }
    case .encrypted(let set):
      guard record.record[set.column.name] != .null else { return set.includesNull }
      // A column without an index knows only whether there is a value.
      guard let digits = digits(set.column.name, record.record) else { return set.values == .all }
      return set.values.contains(digits)
    }
  }

  /// The digits of an indexed cell; nil for NULL.
  func digits(_ name: String, _ record: [String: PlainCell]) -> [Int]? {
    guard let column = schema.column(named: name), let layout = column.digitLayout else {
      return nil
    }
    switch (record[name], column.type) {
    case (.text(let text)?, .category(let values)):
      return values?.firstIndex(of: text).flatMap { layout.digits(of: .category($0)) }
    case (.text(let text)?, .code): return layout.digits(of: .code(text))
    case (.text(let text)?, .date):
      return CalendarDay(iso: text).flatMap { layout.digits(of: .date($0)) }
    case (.number(let number)?, _): return layout.digits(of: .number(number))
    default: return nil
    }
  }
}
