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
    writer.append(UInt64(list.slices.count))
    for slice in list.slices { append(slice, to: &writer) }
    writer.append(UInt64(list.aggregates.count))
    for aggregate in list.aggregates { append(aggregate, to: &writer) }
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
    for cases in group.cases {
      writer.append(UInt64(cases.count))
      for item in cases {
        append(item.mask.required, to: &writer)
        append(item.mask.excluded, to: &writer)
        append(item.condition, to: &writer)
      }
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
    let (tag, columns): (UInt8, [String]) =
      switch total.measure {
      case .records: (0, [])
      case .present(let column): (1, [column])
      case .value(.column(let column)): (2, [column])
      case .value(.product(let a, let b)): (3, [a, b])
      case .personBucket(let bucket): (4, [String(bucket)])
      }
    writer.append(total.isLattice)
    writer.append(tag)
    for column in columns { writer.append(string: column) }
    writer.append(UInt64(total.slice))
  }

  /// The aggregate's text is in the canonical text, which comes first.
  private static func append(
    _ aggregate: AggregateSpecification, to writer: inout BoundedWriter
  ) {
    append(aggregate.values, to: &writer)
    append(aggregate.contributors, to: &writer)
    let (tag, keys): (UInt8, [Int]) =
      switch aggregate.kind {
      case .count: (0, [])
      case .distinct(let keys): (1, keys)
      case .sum: (2, [])
      case .mean: (3, [])
      case .dispersion: (4, [])
      case .association: (5, [])
      }
    writer.append(tag)
    append(keys, to: &writer)
    writer.append(UInt64(aggregate.personBuckets.count))
    for bucket in aggregate.personBuckets { append(bucket, to: &writer) }
    let sums = aggregate.linearTotals + (aggregate.silentSquares.map { [$0] } ?? [])
    writer.append(UInt64(sums.count))
    for total in sums {
      writer.append(UInt64(total.terms.count))
      for term in total.terms {
        writer.append(UInt64(term.total))
        writer.append(string: term.coefficient.decimal)
        writer.append(UInt64(term.counted))
        writer.append(term.isCountExact)
      }
      writer.append(UInt64(total.scale))
      writer.append(total.isInteger)
    }
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
    case .datePart(let part, let column, let comparison, let literal):
      append(9, column, [literal])
      writer.append(string: part.rawValue)
      writer.append(string: comparison.rawValue)
    case .isTrue(let inner): append(10, [inner])
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
