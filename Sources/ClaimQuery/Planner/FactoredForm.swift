import ClaimSchema

/// The factored form of a condition without clear parts: AND is a product, OR a sum where the
/// operands exclude each other and otherwise what is left by the product of the complements.
package struct FactoredForm {
  /// The schema's joint indexes.
  let indexes: [JointIndex]

  package init(indexes: [JointIndex]) {
    self.indexes = indexes
  }

  /// The factors whose product is 1 where the condition holds; none for TRUE, nil for FALSE.
  package func factors(of condition: Condition) -> [IndicatorExpression]? {
    switch condition {
    case .constant(let value): return value ? [] : nil
    // Clear parts are split off before.
    case .clear: return nil
    case .encrypted(let set): return set.factors
    case .all(let operands):
      let joined = JointForm(of: operands.compactMap(\.columnSet), indexes: indexes)
      var factors = joined.forms.map { IndicatorExpression.linear($0.form) }
      for operand in operands {
        if let set = operand.columnSet, joined.covers(set) { continue }
        guard let inner = self.factors(of: operand) else { return nil }
        factors += inner
      }
      return factors
    case .any(let operands): return disjunction(operands).factors
    }
  }

  private func disjunction(_ operands: [Condition]) -> IndicatorExpression {
    if pairwiseExclusive(operands) {
      return .adding(operands.map { .init(weight: 1, expression: expression(of: $0)) })
    }
    return .subtracting(.multiplying(operands.flatMap(complementFactors)), from: .occupied)
  }

  private func expression(of condition: Condition) -> IndicatorExpression {
    guard let factors = factors(of: condition) else { return .linear(.zero) }
    return .multiplying(factors)
  }

  private func complementFactors(of condition: Condition) -> [IndicatorExpression] {
    if case .encrypted(let set) = condition { return set.complement.factors }
    return [.subtracting(expression(of: condition), from: .occupied)]
  }

  /// True when no record can meet two of the operands, because they need disjoint sets of a column.
  private func pairwiseExclusive(_ operands: [Condition]) -> Bool {
    let needs = operands.map { operand in
      operand.conjuncts.compactMap { conjunct -> ColumnSet? in
        if case .encrypted(let set) = conjunct { set } else { nil }
      }
    }
    for (index, first) in needs.enumerated() {
      for second in needs.dropFirst(index + 1) {
        let exclude = first.contains { a in
          second.contains { $0.column == a.column && $0.intersection(a).isEmpty }
        }
        if !exclude { return false }
      }
    }
    return true
  }
}
