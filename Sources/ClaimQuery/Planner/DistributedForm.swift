import ClaimSchema

/// The distributed form of a condition without clear parts: a weighted sum of products in which no
/// column stands twice, because two sets of one column in a product meet in one.
///
/// It needs no more factors than the condition's columns have digits, and so the least depth.
package struct DistributedForm {
  /// More terms than this are refused.
  package static let termLimit = 4096

  /// More pairs of terms than this are not even multiplied out, whatever would cancel.
  private static let pairLimit = 64 * termLimit

  /// The distributed form has more terms than the limit.
  package struct TooManyTerms: Error {}

  /// The weight of each product; a product's sets are in the order of their columns' names. The
  /// empty product is 1 wherever there is a record.
  private(set) var weights: [[ColumnSet]: Int64]

  private init(_ weights: [[ColumnSet]: Int64]) {
    self.weights = weights
  }

  private static let one = DistributedForm([[]: 1])

  package init(_ condition: Condition) throws(TooManyTerms) {
    switch condition {
    case .constant(let value): self.init(value ? [[]: 1] : [:])
    // Clear parts are split off before.
    case .clear: self.init([:])
    case .encrypted(let set): self.init([[set]: 1])
    case .all(let operands):
      var product = DistributedForm.one
      for operand in operands { product = try product.multiplied(by: DistributedForm(operand)) }
      self = product
    case .any(let operands):
      // What is left by the product of the complements; where operands exclude each other, their
      // products vanish.
      var rest = DistributedForm.one
      for operand in operands {
        rest = try rest.multiplied(by: DistributedForm(excluding: operand))
      }
      self = rest.complement
    }
  }

  private init(excluding condition: Condition) throws(TooManyTerms) {
    if case .encrypted(let set) = condition {
      self.init([[set.complement]: 1])
    } else {
      self = try DistributedForm(condition).complement
    }
  }

  private var complement: DistributedForm {
    var result = weights.mapValues { -$0 }
    result[[], default: 0] += 1
    return DistributedForm(result.filter { $0.value != 0 })
  }

  private func multiplied(by other: DistributedForm) throws(TooManyTerms) -> DistributedForm {
    guard weights.count * other.weights.count <= DistributedForm.pairLimit else {
      throw TooManyTerms()
    }
    var result: [[ColumnSet]: Int64] = [:]
    for (a, aWeight) in weights {
      for (b, bWeight) in other.weights {
        guard let common = DistributedForm.meeting(a, b) else { continue }
        result[common, default: 0] += aWeight * bWeight
        if result.count > DistributedForm.termLimit { throw TooManyTerms() }
      }
    }
    return DistributedForm(result.filter { $0.value != 0 })
  }

  /// The sets of both products, those of one column as one; nil when a column's sets are disjoint.
  private static func meeting(_ a: [ColumnSet], _ b: [ColumnSet]) -> [ColumnSet]? {
    var result: [ColumnSet] = []
    result.reserveCapacity(a.count + b.count)
    var left = a[...]
    var right = b[...]
    while let first = left.first, let second = right.first {
      if first.column.name < second.column.name {
        result.append(left.removeFirst())
      } else if second.column.name < first.column.name {
        result.append(right.removeFirst())
      } else {
        let common = left.removeFirst().intersection(right.removeFirst())
        if common.isEmpty { return nil }
        result.append(common)
      }
    }
    return result + left + right
  }
}

extension DistributedForm {
  /// A weighted product of linear forms, each with the columns that it belongs to.
  package struct Term {
    package let weight: Int64
    package let factors: [(columns: [String], form: LinearForm)]
  }

  /// The sum written out over the columns' digits, in a fixed order.
  package func terms(indexes: [JointIndex]) throws(TooManyTerms) -> [Term] {
    var result: [Term] = []
    for (sets, weight) in weights.sorted(by: { DistributedForm.precedes($0.key, $1.key) }) {
      let joined = JointForm(of: sets, indexes: indexes)
      var partial = [Term(weight: weight, factors: joined.forms.map { ($0.columns, $0.form) })]
      for set in sets where !joined.covers(set) {
        let products = set.products
        if partial.count * products.count + result.count > DistributedForm.termLimit {
          throw TooManyTerms()
        }
        partial = partial.flatMap { term in
          products.map { product in
            Term(
              weight: term.weight * product.weight,
              factors: term.factors + product.factors.map { ([set.column.name], $0) })
          }
        }
      }
      result += partial
    }
    return result
  }

  /// A fixed order of products: fewer columns first, then by the columns' names, then by the sets'
  /// own order.
  private static func precedes(_ a: [ColumnSet], _ b: [ColumnSet]) -> Bool {
    if a.count != b.count { return a.count < b.count }
    for (x, y) in zip(a, b) {
      if x.column.name != y.column.name { return x.column.name < y.column.name }
      if x.includesNull != y.includesNull { return y.includesNull }
      if x.values != y.values { return x.values.precedes(y.values) }
    }
    return false
  }
}
