import ClaimSchema

extension Plan {
  /// What is added up over all slots of all chunks for a lattice total of a hidden group; no term
  /// for a Paillier total. A sum has one expression for each limb of its column's value.
  ///
  /// Equal parts of different totals and groups are equal values, so an evaluator can keep what it
  /// has computed for a chunk by expression.
  ///
  /// - Parameters:
  ///   - group: An index into `hiddenGroups`.
  ///   - total: An index into `totals`.
  ///   - limb: The limb of the value of a sum, from 0.
  /// - Throws: `QueryError.tooDeep` or `.tooLarge`; never for a plan that a `Planner` made.
  public func expression(
    group: Int, total: Int, limb: Int = 0
  ) throws(QueryError) -> TotalExpression {
    guard let builder, totals[total].isLattice else { return TotalExpression(terms: []) }
    return try builder.expression(
      of: hiddenGroups[group].cases, total: totals[total], limb: limb,
      countConditions: countConditions, clearPredicates: clearPredicates)
  }
}

extension TotalBuilder {
  /// The terms of one total over the records of the cases.
  package func expression(
    of cases: [MaskedCondition], total: TotalSpecification, limb: Int,
    countConditions: [String: Condition], clearPredicates: [Predicate]
  ) throws(QueryError) -> TotalExpression {
    do throws(Failure) {
      switch total {
      case .latticeRecordCount: return try expression(of: cases, value: nil)
      case .latticeSum(let column):
        return try expression(of: cases, value: .value(column: column, limb: limb))
      case .latticeCount(let column):
        let counted = cases.compactMap {
          $0.narrowed(by: countConditions[column], clearPredicates: clearPredicates)
        }
        return try expression(of: counted, value: nil)
      case .paillierRecordCount, .paillierCount, .paillierSum, .paillierClearCount:
        return TotalExpression(terms: [])
      }
    } catch {
      throw error.queryError(depth: depth)
    }
  }
}

extension TotalBuilder.Failure {
  package func queryError(depth: Int) -> QueryError {
    switch self {
    case .tooDeep(let factors): .tooDeep(factors: factors, depth: depth)
    case .tooManyTerms:
      .tooLarge(
        what: "products in the distributed WHERE clause", count: DistributedForm.termLimit + 1,
        limit: DistributedForm.termLimit,
        remedy: "ask with fewer alternatives, or encrypt for more depth")
    }
  }
}

extension MaskedCondition {
  /// The case with one more condition, which is clear or of one encrypted column; nil when it
  /// excludes the case.
  fileprivate func narrowed(
    by extra: Condition?, clearPredicates: [Predicate]
  ) -> MaskedCondition? {
    guard let extra else { return self }
    if case .clear(let predicate) = extra {
      guard let index = clearPredicates.firstIndex(of: predicate) else { return nil }
      return MaskedCondition(mask: mask.requiring(index), condition: condition)
    }
    let both = Condition.all(of: [condition, extra])
    return both == .constant(false) ? nil : MaskedCondition(mask: mask, condition: both)
  }
}
