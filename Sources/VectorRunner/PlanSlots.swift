import ClaimQuery
import ClaimSchema

/// Evaluates a plan's totals on clear slots as an executor does on ciphertexts: products of exactly
/// two, in the order in which they are nested.
package struct PlanSlots {
  /// The deepest product that was evaluated.
  package private(set) var deepest = 0
  /// The most products of one total.
  package private(set) var products = 0
  private let plan: Plan
  private let clear: [ClearPredicate]
  private let stored: (LatticeColumn) -> [Int64]
  private let cell: (String, Int) -> String?
  private var memo: [LatticeColumn: [Int64]] = [:]

  /// - Parameters:
  ///   - stored: One value for each slot of a ciphertext column; 0 where there is no record.
  ///   - cell: The canonical text of a clear column's cell in a slot that holds a record.
  /// - Throws: `QueryError` for clear predicates that are not the schema's.
  package init(
    _ plan: Plan, schema: Schema, stored: @escaping (LatticeColumn) -> [Int64],
    cell: @escaping (_ column: String, _ slot: Int) -> String?
  ) throws(QueryError) {
    self.plan = plan
    self.stored = stored
    self.cell = cell
    var clear: [ClearPredicate] = []
    for predicate in plan.clearPredicates {
      clear.append(try ClearPredicate(predicate, schema: schema))
    }
    self.clear = clear
  }

  /// What each slot adds to a total of a hidden group, modulo 2^64: the ciphertexts' is modulo the
  /// plaintext modulus.
  ///
  /// - Throws: `QueryError`, or ``MalformedExpression``; never for a plan that a `Planner` made.
  package mutating func values(group: Int, total: Int, limb: Int = 0) throws -> [Int64] {
    let occupied = stored(.occupied)
    var sum = Array(repeating: Int64(0), count: occupied.count)
    let terms = try plan.expression(group: group, total: total, limb: limb).terms
    products = max(
      products, terms.count { if case .product = $0.operands { true } else { false } })
    for term in terms {
      let values = try evaluate(term.operands)
      // An empty slot adds nothing, whatever a mask says.
      for slot in sum.indices where occupied[slot] == 0 || holds(term.mask, slot: slot) {
        sum[slot] &+= term.weight &* values[slot]
      }
    }
    return sum
  }

  private func holds(_ mask: ClearMask, slot: Int) -> Bool {
    func isTrue(_ index: Int) -> Bool {
      clear[index].isTrue { cell(clear[index].columns[$0], slot) }
    }
    return mask.required.allSatisfy(isTrue) && !mask.excluded.contains(where: isTrue)
  }

  private mutating func evaluate(_ operands: TotalTerm.Operands) throws -> [Int64] {
    switch operands {
    case .linear(let form): return linear(form)
    case .product(let left, let right):
      let (a, aDepth) = try evaluate(left)
      let (b, bDepth) = try evaluate(right)
      deepest = max(deepest, max(aDepth, bDepth) + 1)
      return zip(a, b).map { $0 &* $1 }
    }
  }

  private mutating func evaluate(
    _ expression: IndicatorExpression
  ) throws -> (values: [Int64], depth: Int) {
    switch expression {
    case .linear(let form): return (linear(form), 0)
    case .product(let factors):
      guard factors.count == 2 else { throw MalformedExpression(factors: factors.count) }
      let (a, aDepth) = try evaluate(factors[0])
      let (b, bDepth) = try evaluate(factors[1])
      return (zip(a, b).map { $0 &* $1 }, max(aDepth, bDepth) + 1)
    case .sum(let terms):
      var sum = linear(.zero)
      var depth = 0
      for term in terms {
        let (values, termDepth) = try evaluate(term.expression)
        depth = max(depth, termDepth)
        for slot in sum.indices { sum[slot] &+= term.weight &* values[slot] }
      }
      return (sum, depth)
    }
  }

  private mutating func linear(_ form: LinearForm) -> [Int64] {
    var sum = Array(repeating: Int64(0), count: values(of: .occupied).count)
    for term in form.terms {
      let values = values(of: term.column)
      for slot in sum.indices { sum[slot] &+= term.weight &* values[slot] }
    }
    return sum
  }

  private mutating func values(of column: LatticeColumn) -> [Int64] {
    if let known = memo[column] { return known }
    let values = stored(column)
    memo[column] = values
    return values
  }
}

/// A product that is not nested as products of two.
package struct MalformedExpression: Error, Hashable, Sendable, CustomStringConvertible {
  package let factors: Int

  /// How many factors there are.
  package var description: String {
    "a product of \(factors) factors, which are not nested in pairs"
  }
}
