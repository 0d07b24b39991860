import ClaimSchema
import SecureMemory
import Wire

/// Writes what decides a plan's meaning in one fixed form. Positions in the query text take no part,
/// nor does the form in which the same totals are computed.
enum PlanDigest {
  static func of(
    canonicalText: String, schema: Schema, groups: [HiddenGroup], list: TotalList,
    clearPredicates: [Predicate], paillierFilter: Predicate?
  ) -> Digest {
    var writer = BoundedWriter()
    writer.append(string: canonicalText)
    writer.append(schema.fingerprint)
    writer.append(UInt64(groups.count))
    for group in groups { append(group, to: &writer) }
    writer.append(UInt64(list.totals.count))
    for total in list.totals { append(total, to: &writer) }
    writer.append(UInt64(list.recordCountTotal))
    writer.append(UInt64(list.cells.count))
    for cell in list.cells { append(cell, to: &writer) }
    writer.append(UInt64(list.countConditions.count))
    for (column, condition) in list.countConditions.sorted(by: { $0.key < $1.key }) {
      writer.append(string: column)
      append(condition, to: &writer)
    }
    writer.append(UInt64(clearPredicates.count))
    for predicate in clearPredicates { append(predicate, to: &writer) }
    writer.append(paillierFilter != nil)
    if let paillierFilter { append(paillierFilter, to: &writer) }
    return Digest.of(writer.bytes, domain: "Cryptally plan")
  }

  private static func append(_ group: HiddenGroup, to writer: inout BoundedWriter) {
    writer.append(UInt64(group.keys.count))
    for key in group.keys {
      writer.append(key != nil)
      writer.append(string: key ?? "")
    }
    writer.append(UInt64(group.cases.count))
    for item in group.cases {
      append(item.mask.required, to: &writer)
      append(item.mask.excluded, to: &writer)
      append(item.condition, to: &writer)
    }
  }

  private static func append(_ indices: [Int], to writer: inout BoundedWriter) {
    writer.append(UInt64(indices.count))
    for index in indices { writer.append(UInt64(index)) }
  }

  private static func append(_ condition: Condition, to writer: inout BoundedWriter) {
    switch condition {
    case .constant(let value):
      writer.append(UInt8(0))
      writer.append(value)
    case .clear(let predicate):
      writer.append(UInt8(1))
      append(predicate, to: &writer)
    case .encrypted(let set):
      writer.append(UInt8(2))
      writer.append(string: set.column.name)
      writer.append(set.includesNull)
      append(set.values, to: &writer)
    case .all(let operands):
      writer.append(UInt8(3))
      writer.append(UInt64(operands.count))
      for operand in operands { append(operand, to: &writer) }
    case .any(let operands):
      writer.append(UInt8(4))
      writer.append(UInt64(operands.count))
      for operand in operands { append(operand, to: &writer) }
    }
  }

  private static func append(_ set: DigitSet, to writer: inout BoundedWriter) {
    switch set {
    case .none: writer.append(UInt8(0))
    case .all: writer.append(UInt8(1))
    case .split(let children):
      writer.append(UInt8(2))
      writer.append(UInt64(children.count))
      for child in children { append(child, to: &writer) }
    }
  }

  private static func append(_ total: TotalSpecification, to writer: inout BoundedWriter) {
    let (tag, column): (UInt8, String) =
      switch total {
      case .latticeRecordCount: (0, "")
      case .latticeCount(let column): (1, column)
      case .latticeSum(let column): (2, column)
      case .paillierRecordCount: (3, "")
      case .paillierCount(let column): (4, column)
      case .paillierSum(let column): (5, column)
      case .paillierClearCount(let column): (6, column)
      }
    writer.append(tag)
    writer.append(string: column)
  }

  private static func append(_ cell: CellSpecification, to writer: inout BoundedWriter) {
    let (tag, numbers): (UInt8, [Int]) =
      switch cell {
      case .groupKey(let index): (0, [index])
      case .count(let total): (1, [total])
      case .sum(let total, let contributors, let scale): (2, [total, contributors, scale])
      case .average(let total, let contributors, let scale): (3, [total, contributors, scale])
      }
    writer.append(tag)
    append(numbers, to: &writer)
  }

  private static func append(_ predicate: Predicate, to writer: inout BoundedWriter) {
    func append(_ tag: UInt8, _ column: ColumnReference, _ literals: [Literal]) {
      writer.append(tag)
      writer.append(string: column.name)
      writer.append(UInt64(literals.count))
      for literal in literals { PlanDigest.append(literal, to: &writer) }
    }
    func append(_ tag: UInt8, _ operands: [Predicate]) {
      writer.append(tag)
      writer.append(UInt64(operands.count))
      for operand in operands { PlanDigest.append(operand, to: &writer) }
    }
    switch predicate {
    case .comparison(let column, let comparison, let literal):
      append(0, column, [literal])
      writer.append(string: comparison.rawValue)
    case .between(let column, let low, let high): append(1, column, [low, high])
    case .isIn(let column, let literals): append(2, column, literals)
    case .like(let column, let prefix, let isExact):
      append(3, column, [prefix])
      writer.append(isExact)
    case .isNull(let column): append(4, column, [])
    case .not(let inner): append(5, [inner])
    case .and(let operands): append(6, operands)
    case .or(let operands): append(7, operands)
    case .constant(let value):
      writer.append(UInt8(8))
      writer.append(value.map { $0 ? UInt8(1) : 0 } ?? 2)
    }
  }

  private static func append(_ literal: Literal, to writer: inout BoundedWriter) {
    let (tag, text): (UInt8, String) =
      switch literal.value {
      case .string(let text): (0, text)
      case .number(let text): (1, text)
      case .boolean(let value): (2, value ? "t" : "f")
      case .null: (3, "")
      }
    writer.append(tag)
    writer.append(string: text)
  }
}
