import ClaimQuery
import ClaimSchema

/// Evaluates a plan's expressions on plain slots as an executor would on ciphertexts: products of
/// exactly two, in the order in which they are nested.
struct SlotEvaluator {
  let plan: Plan
  let table: PlainTable
  /// The deepest product that was evaluated.
  private(set) var deepest = 0
  /// The most products of one total.
  private(set) var products = 0
  private let clear: [ClearPredicate]
  private var memo: [LatticeColumn: [Int64]] = [:]

  init(_ plan: Plan, _ table: PlainTable) throws {
    self.plan = plan
    self.table = table
    var clear: [ClearPredicate] = []
    for predicate in plan.clearPredicates {
      clear.append(try ClearPredicate(predicate, schema: table.schema))
    }
    self.clear = clear
  }

  /// The total over the slots for which `group` holds.
  mutating func total(
    _ total: Int, group: Int, where isInGroup: ([String: PlainCell]) -> Bool = { _ in true }
  ) throws -> Int64 {
    var sum: Int64 = 0
    let terms = try plan.expression(group: group, total: total).terms
    products = max(
      products, terms.count { if case .product = $0.operands { true } else { false } })
    for term in terms {
      let values: [Int64]
      switch term.operands {
      case .linear(let form): values = linear(form)
      case .product(let left, let right):
        let (a, aDepth) = try evaluate(left)
        let (b, bDepth) = try evaluate(right)
        deepest = max(deepest, max(aDepth, bDepth) + 1)
        values = zip(a, b).map { $0 * $1 }
      }
      for (slot, value) in values.enumerated() {
        guard let record = table.slots[slot] else {
          // An empty slot must add nothing even without a mask.
          sum += value
          continue
        }
        if isInGroup(record) && holds(term.mask, slot: slot) { sum += term.weight * value }
      }
    }
    return sum
  }

  private func holds(_ mask: ClearMask, slot: Int) -> Bool {
    func isTrue(_ index: Int) -> Bool {
      clear[index].isTrue { table.text(clear[index].columns[$0], slot: slot) }
    }
    return mask.required.allSatisfy(isTrue) && !mask.excluded.contains(where: isTrue)
  }

  private mutating func evaluate(
    _ expression: IndicatorExpression
  ) throws -> (values: [Int64], depth: Int) {
    switch expression {
    case .linear(let form): return (linear(form), 0)
    case .product(let factors):
      guard factors.count == 2 else { throw PlannerTestFailure.malformedExpression }
      let (a, aDepth) = try evaluate(factors[0])
      let (b, bDepth) = try evaluate(factors[1])
      return (zip(a, b).map { $0 * $1 }, max(aDepth, bDepth) + 1)
    case .sum(let terms):
      var sum = [Int64](repeating: 0, count: table.slots.count)
      var depth = 0
      for term in terms {
        let (values, termDepth) = try evaluate(term.expression)
        depth = max(depth, termDepth)
        for (slot, value) in values.enumerated() { sum[slot] += term.weight * value }
      }
      return (sum, depth)
    }
  }

  private mutating func linear(_ form: LinearForm) -> [Int64] {
    var sum = [Int64](repeating: 0, count: table.slots.count)
    for term in form.terms {
      for (slot, value) in stored(term.column).enumerated() { sum[slot] += term.weight * value }
    }
    return sum
  }

  private mutating func stored(_ column: LatticeColumn) -> [Int64] {
    if let known = memo[column] { return known }
    let values = table.slots.map { $0.map { table.stored(column, $0) } ?? 0 }
    memo[column] = values
    return values
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
