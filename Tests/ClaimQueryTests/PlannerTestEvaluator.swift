import ClaimQuery
import ClaimSchema

/// Evaluates a plan's expressions on plain slots as an executor would on ciphertexts: products of
/// exactly two, in the order in which they are nested.
struct SlotEvaluator {
  let plan: Plan
  let table: PlainTable
  private(set) var deepest = 0
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
    for term in try plan.expression(group: group, total: total).terms {
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

  /// What the ciphertext column holds.
  private mutating func stored(_ column: LatticeColumn) -> [Int64] {
    if let known = memo[column] { return known }
    let values = table.slots.map { record -> Int64 in
      guard let record else { return 0 }
      switch column {
      case .occupied: return 1
      case .personBucket: return 0
      case .present(let name): return record[name] == .null ? 0 : 1
      case .value(let name, _):
        if case .number(let number)? = record[name] { return number }
        return 0
      case .indicator(let name, let digit, let value):
        guard let digits = digits(name, record[name] ?? .null) else { return 0 }
        return digits[digit] == value ? 1 : 0
      }
    }
    memo[column] = values
    return values
  }

  private func digits(_ name: String, _ cell: PlainCell) -> [Int]? {
    guard let column = table.schema.column(named: name), let layout = column.digitLayout else {
      return nil
    }
    switch (cell, column.type) {
    case (.text(let text), .category(let values)):
      return values?.firstIndex(of: text).flatMap { layout.digits(of: .category($0)) }
    case (.text(let text), .code): return layout.digits(of: .code(text))
    case (.text(let text), .date):
      return CalendarDay(iso: text).flatMap { layout.digits(of: .date($0)) }
    case (.number(let number), _): return layout.digits(of: .number(number))
    default: return nil
    }
  }
}
