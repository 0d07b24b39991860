import ClaimSchema

/// How the indicators of a plan are written.
package enum PlanForm: UInt8, Hashable, Sendable {
  /// Products of sums: few multiplications.
  case factored = 0
  /// Sums of products: least depth.
  case distributed = 1
}

/// Writes one total of one group as terms that are ready to be evaluated.
package struct TotalBuilder: Hashable, Sendable {
  package let form: PlanForm
  /// The depth that the parameters admit.
  package let depth: Int
  /// The hidden grouping column with the most keys.
  package let leadingColumn: String?
  /// The other hidden grouping columns.
  package let groupingColumns: Set<String>
  /// The schema's joint indexes.
  package let indexes: [JointIndex]

  package enum Failure: Error {
    /// A product of so many factors.
    case tooDeep(factors: Int)
    /// The distributed form has more terms than its limit.
    case tooManyTerms
  }

  /// Σ over the cases of (the condition's indicator, times `value` when there is one).
  package func expression(
    of cases: [MaskedCondition], value: LatticeColumn?
  ) throws(Failure) -> TotalExpression {
    var sum = TermSum()
    var tooMany = 0
    for item in cases {
      for (weight, groups) in try products(of: item.condition, value: value) {
        do throws(Failure) {
          try add(groups, weight: weight, mask: item.mask, to: &sum)
        } catch {
          // The longest product decides what depth would do.
          guard case .tooDeep(let factors) = error else { throw error }
          tooMany = max(tooMany, factors)
        }
      }
    }
    if tooMany > 0 { throw .tooDeep(factors: tooMany) }
    return TotalExpression(terms: sum.terms)
  }

  private func products(
    of condition: Condition, value: LatticeColumn?
  ) throws(Failure) -> [(weight: Int64, groups: FactorGroups)] {
    let values = value.map { [IndicatorExpression.linear(LinearForm($0))] } ?? []
    switch form {
    case .factored:
      var groups = FactorGroups(value: values)
      let sets = condition.conjuncts.compactMap(\.columnSet)
      let joined = JointForm(of: sets, indexes: indexes)
      for form in joined.forms { append([.linear(form.form)], of: form.columns, to: &groups) }
      for conjunct in condition.conjuncts {
        if let set = conjunct.columnSet, joined.covers(set) { continue }
        guard let factors = FactoredForm(indexes: indexes).factors(of: conjunct) else { return [] }
        append(factors, of: conjunct.columnSet.map { [$0.column.name] } ?? [], to: &groups)
      }
      return [(1, groups)]
    case .distributed:
      do throws(DistributedForm.TooManyTerms) {
        return try DistributedForm(condition).terms(indexes: indexes).map { term in
          var groups = FactorGroups(value: values)
          for factor in term.factors {
            append([.linear(factor.form)], of: factor.columns, to: &groups)
          }
          return (term.weight, groups)
        }
      } catch {
        throw .tooManyTerms
      }
    }
  }

  private func append(
    _ factors: [IndicatorExpression], of columns: [String], to groups: inout FactorGroups
  ) {
    if columns.contains(where: { $0 == leadingColumn }) {
      groups.leading += factors
    } else if columns.contains(where: groupingColumns.contains) {
      groups.grouping += factors
    } else {
      groups.filter += factors
    }
  }

  private func add(
    _ groups: FactorGroups, weight: Int64, mask: ClearMask, to sum: inout TermSum
  ) throws(Failure) {
    let factors = groups.all
    if factors.count > 1 {
      guard let (left, right) = groups.operands(depth: depth) else {
        throw .tooDeep(factors: factors.reduce(0) { $0 + $1.factorCount })
      }
      sum.add(left, right, weight: weight, mask: mask)
      return
    }
    switch factors.first ?? .occupied {
    case .linear(let form): sum.add(form.scaled(by: weight), mask: mask)
    case .sum(let terms):
      // The sum over the slots takes the terms one by one, which spares the relinearization of
      // their products.
      for term in terms {
        try add(
          FactorGroups(filter: term.expression.factors), weight: weight * term.weight, mask: mask,
          to: &sum)
      }
    case .product(let inner):
      try add(FactorGroups(filter: inner), weight: weight, mask: mask, to: &sum)
    }
  }
}

/// The terms of a total while they are collected: terms with a mask and an operand in common become
/// one, which spares products.
private struct TermSum {
  private struct Product {
    let mask: ClearMask
    var left: [IndicatorExpression.WeightedTerm]
    var right: IndicatorExpression
  }

  private var linear: [(mask: ClearMask, form: LinearForm)] = []
  private var linearPlaces: [ClearMask: Int] = [:]
  private var products: [Product] = []
  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    let mask: ClearMask
    let right: IndicatorExpression
  }

  mutating func add(_ form: LinearForm, mask: ClearMask) {
    if let index = linearPlaces[mask] {
      linear[index].form = linear[index].form + form
    } else {
      linearPlaces[mask] = linear.count
      linear.append((mask, form))
    }
  }

  mutating func add(
    _ left: IndicatorExpression, _ right: IndicatorExpression, weight: Int64, mask: ClearMask
  ) {
    let term = IndicatorExpression.WeightedTerm(weight: weight, expression: left)
    let key = Key(mask: mask, right: right)
    if let index = places[key] {
      products[index].left.append(term)
    } else {
      places[key] = products.count
      products.append(Product(mask: mask, left: [term], right: right))
    }
  }

  var terms: [TotalTerm] {
    linear.filter { $0.form != .zero }
      .map { TotalTerm(weight: 1, mask: $0.mask, operands: .linear($0.form)) }
      + products.compactMap { product in
        if let only = product.left.first, product.left.count == 1 {
          return TotalTerm(
            weight: only.weight, mask: product.mask,
            operands: .product(only.expression, product.right))
        }
        let left = IndicatorExpression.adding(product.left)
        guard left.linearForm != .zero else { return nil }
        return TotalTerm(
          weight: 1, mask: product.mask, operands: .product(left, product.right))
      }
  }
}
